# %% [markdown]
# # Gradient descent from two points
#
# f is 3-smooth and 1-strongly convex, and x+ = x - g/2. All that the class says of the two points is one inequality,
# with the move p = -g/2 and the change of the gradient. Prove that the gradient is halved.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem("gradient_descent", "Gradient descent from two points")

g, g_next = theorem.vector("g"), theorem.vector("g+")
p = -g / 2
two_points = theorem.given("two points", inner(g_next - g - p, 3 * p - (g_next - g)) >= 0)
claim = theorem.claim(square(g_next) <= square(g) / 4)

# %% [markdown]
# The holes are filled.

# %%
theorem.qed(theorem.combine("rate", claim, [(1, two_points)]))
