# %% [markdown]
# # What two points of a smooth strongly convex function say of its gradients
#
# The sum of the two interpolation inequalities between x and y does not know the values of f any more: the change of
# the gradient lies in a ball about (sigma/2) (y - x) of radius (delta/2) ||y - x||, where sigma = L + mu and
# delta = L - mu.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem, inner, square

theorem = Theorem(
    "two_point",
    "The change of the gradient lies in a ball",
    source="[TaylorHendrickxGlineur2017], Theorem 4",
)

mu = theorem.parameter("mu", indexed=True, latex=r"\mu")
L = theorem.parameter("L", above=mu, indexed=True)
x, y = theorem.vector("x", indexed=True), theorem.vector("y", indexed=True)
g_x, g_y = theorem.vector("gx", indexed=True, latex="g^x"), theorem.vector("gy", indexed=True, latex="g^y")
f_x, f_y, f_z = (theorem.scalar(f"f{at}", indexed=True, latex=f"f^{at}") for at in "xyz")
f_t = theorem.scalar("ft", indexed=True, latex="f^t")

# %% [markdown]
# ## Hypotheses
# The definition of the class, at the two points z and t for which `interpolation` asks.


# %%
def lower(f, g, at, point):
    """The parabola of curvature mu that touches f at a point."""
    return f + inner(g, point - at) + mu / 2 * square(point - at)


def upper(f, g, at, point):
    """The parabola of curvature L that touches f at a point."""
    return f + inner(g, point - at) + L / 2 * square(point - at)


z = (L * y - mu * x - (g_y - g_x)) / (L - mu)
t = (L * x - mu * y - (g_x - g_y)) / (L - mu)
convex_z = theorem.given("strongly convex at z", lower(f_x, g_x, x, z) <= f_z)
smooth_z = theorem.given("smooth at z", f_z <= upper(f_y, g_y, y, z))
convex_t = theorem.given("strongly convex at t", lower(f_y, g_y, y, t) <= f_t)
smooth_t = theorem.given("smooth at t", f_t <= upper(f_x, g_x, x, t))

# %% [markdown]
# ## Claim
# In the form of a product and, what is the same, of a ball.

# %%
p, change = y - x, g_y - g_x
claims = theorem.claim(
    inner(change - mu * p, L * p - change) >= 0,
    square(change - (L + mu) / 2 * p) <= ((L - mu) / 2) ** 2 * square(p),
)

# %% [markdown]
# ## Proof

# %%
gap = square(change) + L * mu * square(p) - 2 * mu * inner(change, p)
forth = theorem.lemma(
    "from x to y", gap <= 2 * (L - mu) * (f_y - f_x - inner(g_x, y - x)), "interpolation", given=[convex_z, smooth_z]
)
back = theorem.lemma(
    "from y to x",
    gap <= 2 * (L - mu) * (f_x - f_y - inner(g_y, x - y)),
    "interpolation",
    {x: y, y: x, g_x: g_y, g_y: g_x, f_x: f_y, f_y: f_x, f_z: f_t},
    given=[convex_t, smooth_t],
)
product = theorem.combine("product", claims[0], [(Fraction(1, 2), forth), (Fraction(1, 2), back)])
theorem.qed(product, theorem.combine("ball", claims[1], [product]))

# %%
# An example: f_1 = ||x||^2 and f_2 = ||x||^2/2.
half = Fraction(1, 2)
theorem.example(
    values={
        **{mu: [1, half], L: [3, 2], x: [[1, 0], [0, 1]], y: [[0, 1], [2, 0]]},
        **{g_x: [[2, 0], [0, 1]], g_y: [[0, 2], [2, 0]], f_x: [1, half], f_y: [1, 2]},
    }
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
