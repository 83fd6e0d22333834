# %% [markdown]
# # Recognise the square
#
# A solver says: what is left over is 4 ||x||^2 - 12 <x, y> + 9 ||y||^2. It is one square.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem("recognise_the_square", "Recognise the square")

x, y = theorem.vector("x"), theorem.vector("y")
claim = theorem.claim(12 * inner(x, y) <= 4 * square(x) + 9 * square(y))

# %% [markdown]
# The holes are filled.

# %%
body = 2 * x - 3 * y
theorem.qed(theorem.combine("a square", claim, squares=[(1, body)]))
