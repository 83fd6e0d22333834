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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove young.py`.

# %%
body = theorem.hole("what is squared", vector=True)
theorem.qed(theorem.combine("a square", claim, squares=[(1 / y, body)]))

# %% [markdown]
# ## Hints
# 1. Which square has -2 <a, b> in it, if it counts 1/y times?
# 2. ||b||^2 stands with 1/y before it: so b has the factor 1 or -1 in the square.
# 3. ||a||^2 stands with y before it, and the square counts 1/y times; a has the other sign than b.

# %% [markdown]
# ## Place
# lesson 04_lyapunov, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
