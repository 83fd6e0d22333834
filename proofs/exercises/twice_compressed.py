# %% [markdown]
# # Compressing what is left over
#
# Compress v, then compress what was lost, and send both. Prove that the loss is then at most (1 - alpha)^2 of
# ||v||^2.

# %%
from eftheory.proofkit import Theorem, square

theorem = Theorem("twice_compressed", "Compressing what is left over")

alpha = theorem.parameter("alpha", above=0, at_most=1)
v, r_1, r_2 = theorem.vector("v"), theorem.vector("r1"), theorem.vector("r2")
first = theorem.given("first", square(r_1) <= (1 - alpha) * square(v))
second = theorem.given("second", square(r_2) <= (1 - alpha) * square(r_1))
claim = theorem.claim(square(r_2) <= (1 - alpha) ** 2 * square(v))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove twice_compressed.py`.

# %%
theorem.qed(theorem.combine("both", claim, [second, (theorem.hole("the multiplier of the first"), first)]))

# %% [markdown]
# ## Hints
# 1. The second hypothesis has (1 - alpha) ||r1||^2 on its right side, and this must go.
# 2. The first one has ||r1||^2 on its left side, without a factor.
# 3. Multiply the first one by the factor that is missing; it is not negative.

# %% [markdown]
# ## Place
# lesson 03_compressors, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
