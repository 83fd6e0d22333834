# %% [markdown]
# # Young's inequality
#
# For any y > 0: twice an inner product is at most y ||a||^2 + ||b||^2/y. It is a square in disguise; the weight is
# given.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem("young", "Young's inequality")

y = theorem.parameter("y", above=0)
a, b = theorem.vector("a"), theorem.vector("b")
claim = theorem.claim(2 * inner(a, b) <= y * square(a) + square(b) / y)

# %% [markdown]
# The holes are filled.

# %%
body = y * a - b
theorem.qed(theorem.combine("a square", claim, squares=[(1 / y, body)]))
