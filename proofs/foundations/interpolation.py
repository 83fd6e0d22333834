# %% [markdown]
# # The interpolation inequality, from the definition
#
# f is mu-strongly convex and L-smooth: at every z it lies above each of its lower parabolas, of curvature mu, and below
# each of its upper ones, of curvature L. The inequality that holds between two points x and y says no more than this at
# a single z: the one where the upper parabola of y comes nearest to the lower one of x. All is stated for one function
# f_i among many.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem(
    "interpolation",
    "Between two points, a smooth strongly convex function satisfies the interpolation inequality",
    source="[TaylorHendrickxGlineur2017], Theorem 4",
)

mu = theorem.parameter("mu", indexed=True, latex=r"\mu")
L = theorem.parameter("L", above=mu, indexed=True)
x, y = theorem.vector("x", indexed=True), theorem.vector("y", indexed=True)
g_x, g_y = theorem.vector("gx", indexed=True, latex="g^x"), theorem.vector("gy", indexed=True, latex="g^y")
f_x, f_y, f_z = (theorem.scalar(f"f{at}", indexed=True, latex=f"f^{at}") for at in "xyz")

# %% [markdown]
# ## Hypotheses
# The definition, at one z.

# %%
z = (L * y - mu * x - (g_y - g_x)) / (L - mu)
convex = theorem.given("strongly convex", f_x + inner(g_x, z - x) + mu / 2 * square(z - x) <= f_z)
smooth = theorem.given("smooth", f_z <= f_y + inner(g_y, z - y) + L / 2 * square(z - y))

# %% [markdown]
# ## Claim
# Without a division by L - mu.

# %%
gap = square(g_y - g_x) + L * mu * square(y - x) - 2 * mu * inner(g_y - g_x, y - x)
claim = theorem.claim(gap <= 2 * (L - mu) * (f_y - f_x - inner(g_x, y - x)))

# %% [markdown]
# ## Proof
# The lower parabola is not above the upper one at z; this, times 2 (L - mu), is the claim.

# %%
above = 2 * (L - mu)
theorem.qed(theorem.combine("interpolation", claim, [(above, convex), (above, smooth)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
