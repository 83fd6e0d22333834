# %% [markdown]
# # The estimate of EF21
#
# EF21 moves its estimate d of the gradient by the compressed difference: d+ = d + c, where c is close to g+ - d.
# Prove that the error of the new estimate is what the compressor lost: at most 1 - alpha of the squared difference.

# %%
from eftheory.proofkit import Theorem, square

theorem = Theorem("the_error_of_an_estimate", "The estimate of EF21")

alpha = theorem.parameter("alpha", above=0, at_most=1)
d, c, g_next = theorem.vector("d"), theorem.vector("c"), theorem.vector("g+")
compressor = theorem.given("compressor", square(g_next - d - c) <= (1 - alpha) * square(g_next - d))
claim = theorem.claim(square(g_next - (d + c)) <= (1 - alpha) * square(g_next - d))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove the_error_of_an_estimate.py`.

# %%
theorem.qed(theorem.combine("error", claim, [(theorem.hole("the multiplier"), compressor)]))

# %% [markdown]
# ## Hints
# 1. Write both sides of the hypothesis and of the claim side by side.
# 2. They say the same with other brackets.
# 3. So the claim is the hypothesis, so many times.

# %% [markdown]
# ## Place
# lesson 02_error_feedback, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
