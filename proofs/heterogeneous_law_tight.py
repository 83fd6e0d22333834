# %% [markdown]
# # The law for agents that differ is exact for its V
#
# In the scaled vectors of `weighted_law`: if rho is a root of the cubic, there are states and functions for which V is
# multiplied by exactly rho. All agents have curvature L_i (r_i = p), or all mu_i (r_i = -p), and the compressors leave
# errors of size s ||v_i||, as C(v) = (1 + s) v does. So no larger rho is needed, and no smaller one holds for this V.
# (Another V may do better: see reports/findings.)

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("heterogeneous_law_tight", "The root of the cubic is the exact one-step factor of its V")

s = theorem.parameter("s", above=0, below=1)
rho = theorem.parameter("rho", above=s, below=1, latex=r"\rho")
m = theorem.parameter("m", above=0)
w = theorem.parameter("w", above=0, indexed=True)
k = theorem.parameter("k", at_least=0, indexed=True)
p = theorem.vector("p")

# %% [markdown]
# ## Hypotheses

# %%
contraction = (1 - s) ** 2 / (1 + s)
K = mean(w * k**2)
weights = theorem.given("weights", mean(w).equals(1))
first_moment = theorem.given("first moment", mean(w * k).equals(m))
law = theorem.given(
    "law",
    K.equals(
        ((rho - s) * (rho**2 - (s + s**2) * rho + s**3) - contraction * m**2 * rho * (rho - s**3))
        / ((rho - s) * rho * contraction * s)
    ),
)

# %% [markdown]
# ## Claims
# For either sign: gamma belongs to the move p, the gradients change as they do in `weighted_law`, and V is multiplied
# by rho. (V is not zero: the move would be, too.) The states U_i, multiples of p, are those for which all that
# `weighted_law` leaves over vanishes.

# %%
step = 2 * (1 - s) / (1 + s)
a = theorem.scalar("a")
b = theorem.scalar("b")
error = theorem.given("a", a.equals(s**2 / (2 * (rho - s**2))))
cross = theorem.given("b", b.equals(s * m * (rho - s**3) / (2 * (rho - s) * (rho - s**2)) - s * m * a))
claims, names = [], []
theorem.positive("rho above s^2", rho > s**2)
for name, sign in (("L", 1), ("mu", -1)):
    z = (sign * b + s / step) / (1 + s)
    r = sign * p
    U = (sign * a * k + z) * p
    gamma = (sign * a * m + z - 1 / step) * p
    after = s**2 * mean(w * square(U + p / 2 + k * r / 2)) + s * square(gamma + (1 + sign * m) / 2 * p)
    V = mean(w * square(U)) + s * square(gamma)
    lines = {
        f"move, curvature {name}": square(gamma - mean(w * U) + p / step).equals(0),
        f"gradients, curvature {name}": square((1 + sign * m) / 2 * p - mean(w * (p + k * r)) / 2).equals(0),
        f"exact, curvature {name}": after.equals(rho * V),
    }
    for line, relation in lines.items():
        modulo = [weights, first_moment] + ([law, cross, error] if line.startswith("exact") else [])
        names.append(theorem.identity(line, relation, modulo=modulo))
    claims += lines.values()
theorem.claim(*claims)
theorem.qed(*names)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
