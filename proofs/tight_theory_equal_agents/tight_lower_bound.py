# %% [markdown]
# # Quadratics with the compressor C(v) = (1 + s) v, on which EF and EF21 are as slow as `tight_rate` allows
#
# On f = (h/2) ||x||^2, with the compressor that overshoots by a factor 1 + s, both methods are linear, and one state is
# multiplied by z = r or z = -r at every step. Here step h = (1 - z)(z + s)/((1 + s) z), which says that
# z - s/z = (1 - s) - (1 + s) step h. So for every step size, h = mu gives the number r of the first condition of
# `tight_rate` and, with z = -r, h = L that of the second (r - s/r runs through all numbers as r does through the
# positive ones). So no analysis can show a better rate than r^2. n agents with this function and state move
# together: the bound is the same for every n.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Theorem, inner, square

theorem = Theorem(
    "tight_lower_bound",
    "On a quadratic with an overshooting compressor, a state of EF and of EF21 is multiplied by r or -r at every step",
    source="[ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0)
h = theorem.parameter("h", above=0)
mu = theorem.parameter("mu", above=0, at_most=h, latex=r"\mu")
L = theorem.parameter("L", at_least=h)
u, p = theorem.vector("u"), theorem.vector("p")


# %% [markdown]
# ## Symbols
# - `h`: the curvature of the quadratic f = (h/2) ||x||^2
# - `r`: what one round multiplies a state by, up to the sign
# - `u`: any direction
# - `p`: any move
# - `s`: the root of 1 - alpha: a compressor errs by at most s times the length of what it is given

# %% [markdown]
# ## The methods
# With the gradient h x.


# %%
def overshoot(vector):
    """The compressor."""
    return (1 + s) * vector


def ef21(x, d, step):
    """One step from the point x with the estimate d."""
    new = OneStep(EF21, {"step_size": step}, {"x": x, "d": d}, gradient=lambda x: h * x, compress=overshoot)
    return new.x, new.d


def ef(y, e, step):
    """One step from x = x* + y with the error e."""
    new = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=lambda y: h * y, compress=overshoot)
    return new.x, new.e


# %% [markdown]
# ## The modes
# Number 1 is for z = r, number 2 for z = -r: the step gamma that belongs to z, the states x, d of EF21 and x* + y, e of
# EF in any direction u, one step of each, and V and W before and after it.


# %%
def V(x, d):
    """The Lyapunov function of EF21."""
    return square(h * x - d) + s * square(h * x)


def W(y, e):
    """The Lyapunov function of EF."""
    return square(y - e) + square(e) / s


gamma_1, gamma_2 = (1 - r) * (r + s) / ((1 + s) * r * h), (1 + r) * (r - s) / ((1 + s) * r * h)
x_1, x_2, d = (r + s) * u, (r - s) * u, (1 + s) * h * r * u
x_1_next, d_1_next = ef21(x_1, d, gamma_1)
x_2_next, d_2_next = ef21(x_2, d, gamma_2)
e_1, e_2, y = -s * (1 - r) * u, s * (1 + r) * u, (1 + s) * r * u
y_1_next, e_1_next = ef(y, e_1, gamma_1)
y_2_next, e_2_next = ef(y, e_2, gamma_2)
V_1, V_1_next = V(x_1, d), V(x_1_next, d_1_next)
V_2, V_2_next = V(x_2, d), V(x_2_next, d_2_next)
W_1, W_1_next = W(y, e_1), W(y_1_next, e_1_next)
W_2, W_2_next = W(y, e_2), W(y_2_next, e_2_next)

# %% [markdown]
# ## Claims
# The compressor and the function belong to their classes, the compressor with equality. Then, for each mode, the step,
# and what it multiplies.

# %%
claims = {
    "compressor": square(u - overshoot(u)).equals(s**2 * square(u)),
    "function": inner(h * p - mu * p, L * p - h * p) >= 0,
    "step, z = r": ((1 - s) - (1 + s) * gamma_1 * h).equals(r - s / r),
    "EF21 x, z = r": x_1_next.equals(r * x_1),
    "EF21 d, z = r": d_1_next.equals(r * d),
    "EF y, z = r": y_1_next.equals(r * y),
    "EF e, z = r": e_1_next.equals(r * e_1),
    "EF21 V, z = r": V_1_next.equals(r**2 * V_1),
    "EF V, z = r": W_1_next.equals(r**2 * W_1),
    "step, z = -r": ((1 - s) - (1 + s) * gamma_2 * h).equals(s / r - r),
    "EF21 x, z = -r": x_2_next.equals(-r * x_2),
    "EF21 d, z = -r": d_2_next.equals(-r * d),
    "EF y, z = -r": y_2_next.equals(-r * y),
    "EF e, z = -r": e_2_next.equals(-r * e_2),
    "EF21 V, z = -r": V_2_next.equals(r**2 * V_2),
    "EF V, z = -r": W_2_next.equals(r**2 * W_2),
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# All but one are identities.

# %%
IDEAS = {
    "compressor": "Overshooting by s is the largest error that the class allows.",
    "function": "A quadratic of curvature h is in the class if h lies between mu and L.",
    "step": "The step that belongs to this mode.",
    "V": "So V and W, which are squares, are multiplied by r^2.",
    "part": "One round multiplies each part of the state by the same number.",
}
for name, claim in claims.items():
    kind = name.split(", ")[0].removeprefix("EF21 ").removeprefix("EF ")
    squares = [((h - mu) * (L - h), p)] if name == "function" else []
    theorem.combine(name, claim, squares=squares, prose=IDEAS.get(kind, IDEAS["part"]))
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the upper bound of s *": "not needed; it says where the statement is meant",
    "the lower bound of mu *": "not needed: the mode is one for every curvature",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
