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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove recognise_the_square.py`.

# %%
body = theorem.hole("what is squared", vector=True)
theorem.qed(theorem.combine("a square", claim, squares=[(1, body)]))

# %% [markdown]
# ## Hints
# 1. What must the factors of x and y be, so that their squares are 4 and 9?
# 2. Twice their product is 12 in size.
# 3. And it is negative: they have different signs.

# %% [markdown]
# ## Place
# lesson 05_from_sdp_to_proof, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
