# %% [markdown]
# # A smaller alpha says less
#
# If a compressor contracts with alpha, it contracts with every smaller number b. What is left over is a square.

# %%
from eftheory.proofkit import Theorem, square

theorem = Theorem("a_smaller_alpha", "A smaller alpha says less")

alpha = theorem.parameter("alpha", above=0, at_most=1)
b = theorem.parameter("b", above=0, at_most=alpha)
v, c = theorem.vector("v"), theorem.vector("c")
compressor = theorem.given("compressor", square(c - v) <= (1 - alpha) * square(v))
claim = theorem.claim(square(c - v) <= (1 - b) * square(v))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove a_smaller_alpha.py`.

# %%
weight = theorem.hole("the weight of the square")
theorem.qed(theorem.combine("weaker", claim, [compressor], squares=[(weight, v)]))

# %% [markdown]
# ## Hints
# 1. Take the hypothesis away from the claim.
# 2. (1 - b) ||v||^2 - (1 - alpha) ||v||^2 is left.
# 3. The weight is the difference of the two numbers; its sign follows from the range of b.

# %% [markdown]
# ## Place
# lesson 03_compressors, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
