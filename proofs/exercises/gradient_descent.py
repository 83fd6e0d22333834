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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove gradient_descent.py`.

# %%
theorem.qed(theorem.combine("rate", claim, [(theorem.hole("the multiplier"), two_points)]))

# %% [markdown]
# ## Hints
# 1. Put p = -g/2 into the inequality: both sides of the inner product have g+ and g in them.
# 2. It says <g+ - g/2, -g/2 - g+> >= 0.
# 3. Without brackets that is ||g||^2/4 - ||g+||^2.

# %% [markdown]
# ## Place
# lesson 05_from_sdp_to_proof, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
