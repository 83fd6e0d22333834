# %% [markdown]
# # No analysis of EF or EF21 can show less: quadratics and the compressor C(v) = (1 + s) v
#
# On f = (h/2) ||x||^2, with the compressor that overshoots by a factor 1 + s, both methods are linear, and one state is
# multiplied by z = r or z = -r at every step. Here step h = (1 - z)(z + s)/((1 + s) z), which says that
# z - s/z = (1 - s) - (1 + s) step h. So for every step size, h = mu gives the number r of the first condition of
# `tight_rate` and, with z = -r, h = L that of the second. n agents with this function and state move together: the
# bound is the same for every n.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem(
    "tight_lower_bound",
    "On a quadratic with an overshooting compressor, the states of EF and EF21 are multiplied by r or -r at every step",
    source="[ThomsenTaylorDieuleveut2026], Theorems 3.1 and 3.2",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0)
h = theorem.parameter("h", above=0)
mu = theorem.parameter("mu", above=0, at_most=h, latex=r"\mu")
L = theorem.parameter("L", at_least=h)
u, p = theorem.vector("u"), theorem.vector("p")


# %% [markdown]
# ## The methods
# With the gradient h x.


# %%
def overshoot(vector):
    """The compressor."""
    return (1 + s) * vector


def ef21(x, d, step):
    """One step from the point x with the estimate d."""
    x_after = x - step * d
    return x_after, d + overshoot(h * x_after - d)


def ef(y, e, step):
    """One step from x = x* + y with the error e."""
    v = e + step * h * y
    return y - overshoot(v), v - overshoot(v)


# %% [markdown]
# ## Claims
# The compressor and the function belong to their classes, the compressor with equality. Then, for z = r and z = -r: the
# step that belongs to z, and the states that it multiplies by z, in any direction u.

# %%
claims = [
    square(u - overshoot(u)).equals(s**2 * square(u)),
    inner(h * p - mu * p, L * p - h * p) >= 0,
]
for z in (r, -r):
    times_step = (1 - z) * (z + s) / ((1 + s) * r * h) * (1 if z is r else -1)
    claims.append(((1 - s) - (1 + s) * times_step * h).equals(r - s / r if z is r else s / r - r))
    x, d = (z + s) * u, (1 + s) * h * z * u
    x_after, d_after = ef21(x, d, times_step)
    claims += [x_after.equals(z * x), d_after.equals(z * d)]
    y, e = (1 + s) * z * u, s * (z - 1) * u
    y_after, e_after = ef(y, e, times_step)
    claims += [y_after.equals(z * y), e_after.equals(z * e)]
    for before, after in (
        (square(h * x - d) + s * square(h * x), square(h * x_after - d_after) + s * square(h * x_after)),
        (square(y - e) + square(e) / s, square(y_after - e_after) + square(e_after) / s),
    ):
        claims.append(after.equals(r**2 * before))
theorem.claim(*claims)

# %% [markdown]
# ## Proof
# All but one are identities.

# %%
names = ["compressor", "function"]
for sign in ("r", "-r"):
    names += [f"{what}, z = {sign}" for what in ("step", "EF21 x", "EF21 d", "EF y", "EF e", "EF21 V", "EF V")]
for name, claim in zip(names, claims):
    squares = [((h - mu) * (L - h), p)] if name == "function" else []
    theorem.combine(name, claim, squares=squares)
theorem.qed(*names)

# %%
theorem.survivors = {
    "the upper bound of s *": "not needed; it says where the statement is meant",
    "the lower bound of mu *": "not needed: the mode is one for every curvature",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
