# %% [markdown]
# # Four agents, one of them hard: what EF21 pays for the quadratic mean
#
# The example of the paper: n = 4 agents with smoothness constants 1, 1, 1, 100. The step of EF21 was first bounded by
# 1/(L + Q xi) with the quadratic mean Q; with the arithmetic mean A it is almost twice as long if xi is large. Cloning
# the last agent (four copies of a quarter of it) gets about half of that gain; weights get all of it.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem
from eftheory.proofkit.expression import wrap

theorem = Theorem(
    "reloaded_example",
    "Smoothness constants 1, 1, 1, 100: their means, their clones, and the steps these allow",
    source="[RichtarikGasanovBurlachenko2024]",
)

L = theorem.parameter("L", above=0, at_most=Fraction(103, 4))
xi = theorem.parameter("xi", at_least=20, latex=r"\xi")
Q = theorem.parameter("Q", above=0)
Q_clones = theorem.parameter("Q_clones", above=0, latex=r"Q_{\mathrm{clones}}")

# %% [markdown]
# ## Hypotheses
# What Q is, and the same quadratic mean after cloning: N_i copies of the i-th agent, each with N/(n N_i) times its
# constant, N = 1 + 1 + 1 + 4. L, the constant of the mean, is at most the mean of the constants. xi >= 20 means alpha
# below 1/10, as xi < 2/alpha - 1.

# %%
one, hundred = wrap(1), wrap(100)
A = (one + one + one + hundred) / 4
N = one + one + one + 4
clone, hard_clone = N / 4 * one, N / (4 * wrap(4)) * hundred
Q_squared = (one**2 + one**2 + one**2 + hundred**2) / 4
cloned_Q_squared = (3 * clone**2 + 4 * hard_clone**2) / N
quadratic = theorem.given("Q", (Q**2).equals(Q_squared))
cloned = theorem.given("Q after cloning", (Q_clones**2).equals(cloned_Q_squared))

# %% [markdown]
# ## Claims
# The arithmetic mean 25.75; the variance of the constants, 1837.6875; Q is 50.01, rounded. 1 and 4 are L_i/A, rounded
# up; after cloning there are fewer than 2n agents, the arithmetic mean is as before, and the quadratic one is 33.09.
# Last, the steps: the one with A is at least 1.89 times, and less than 1.943 times that with Q; the one with clones at
# least 1.49 times.

# %%
step, step_A, step_clones = 1 / (L + Q * xi), 1 / (L + A * xi), 1 / (L + Q_clones * xi)
claims = {
    "A": A.equals(Fraction("25.75")),
    "variance": (Q**2 - A**2).equals(Fraction("1837.6875")),
    "Q above": Fraction("50.007") < Q,
    "Q below": Q < Fraction("50.008"),
    "easy, up": one / A <= 1,
    "easy, no more": 1 < one / A + 1,
    "hard, up": hundred / A <= 4,
    "hard, no more": 4 < hundred / A + 1,
    "clones": N < 2 * wrap(4),
    "A after cloning": ((3 * clone + 4 * hard_clone) / N).equals(A),
    "Q after cloning above": Fraction("33.09") < Q_clones,
    "Q after cloning below": Q_clones < Fraction("33.1"),
    "longer step": Fraction("1.89") * step <= step_A,
    "not longer": step_A < Fraction("1.943") * step,
    "longer step, clones": Fraction("1.49") * step <= step_clones,
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# Squares decide what Q is.

# %%
for name in ("A", "A after cloning"):
    theorem.identity(name, claims[name])
theorem.combine("variance of the constants", claims["variance"], [quadratic])
for name in ("easy, up", "easy, no more", "hard, up", "hard, no more", "clones"):
    theorem.positive(name, claims[name])
for name, symbol, equation, value in (
    ("Q", Q, quadratic, Q_squared),
    ("Q after cloning", Q_clones, cloned, cloned_Q_squared),
):
    low, high = claims[f"{name} above"].left, claims[f"{name} below"].right
    lower = theorem.positive(f"{name} above, number", low**2 < value)
    upper = theorem.positive(f"{name} below, number", value < high**2)
    above = theorem.combine(f"{name} above, squared", low**2 < symbol**2, [lower, (-1, equation)])
    below = theorem.combine(f"{name} below, squared", symbol**2 < high**2, [upper, equation])
    theorem.root(f"{name} above", claims[f"{name} above"], above)
    theorem.root(f"{name} below", claims[f"{name} below"], below)

# %% [markdown]
# The steps are compared by their inverses.

# %%
room = theorem.positive("room", Fraction("0.89") * L <= (Fraction("50.007") - Fraction("1.89") * A) * xi)
inverse = theorem.combine("inverse", Fraction("1.89") * (L + A * xi) <= L + Q * xi, [room, (xi, "Q above")])
limit = theorem.positive("limit", L + Fraction("50.008") * xi < Fraction("1.943") * (L + A * xi))
inverse_limit = theorem.combine(
    "inverse, limit", L + Q * xi < Fraction("1.943") * (L + A * xi), [limit, (xi, "Q below")]
)
room_clones = theorem.positive(
    "room, clones", Fraction("0.49") * L <= (Fraction("50.007") - Fraction("1.49") * Fraction("33.1")) * xi
)
inverse_clones = theorem.combine(
    "inverse, clones",
    Fraction("1.49") * (L + Q_clones * xi) <= L + Q * xi,
    [room_clones, (xi, "Q above"), (Fraction("1.49") * xi, "Q after cloning below")],
)
theorem.cancel("longer step", claims["longer step"], inverse, (L + A * xi) * (L + Q * xi))
theorem.cancel("not longer", claims["not longer"], inverse_limit, (L + A * xi) * (L + Q * xi))
theorem.cancel("longer step, clones", claims["longer step, clones"], inverse_clones, (L + Q_clones * xi) * (L + Q * xi))
theorem.qed(*("variance of the constants" if name == "variance" else name for name in claims))

# %%
theorem.survivors = {
    "the lower bound of L not strict": "holds at the end of the range, too",
    "the lower bound of Q* not strict": "its square is not zero",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
