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
# The holes are filled.

# %%
weight = alpha - b
theorem.qed(theorem.combine("weaker", claim, [compressor], squares=[(weight, v)]))
