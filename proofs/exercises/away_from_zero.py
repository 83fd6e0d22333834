# %% [markdown]
# # A factor above one leads away
#
# r is positive, and multiplied by 1 + 11 gamma/6. Prove that it grows, however short the step is. Where positive
# things are multiplied, the kernel sees it; a line that is positive may be used like a hypothesis.

# %%

from eftheory.proofkit import Theorem

theorem = Theorem("away_from_zero", "A factor above one leads away")

gamma = theorem.parameter("gamma", above=0)
r = theorem.parameter("r", above=0)
claim = theorem.claim(r < (1 + 11 * gamma / 6) * r)

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove away_from_zero.py`.

# %%
positive = theorem.positive("a product of positive numbers", gamma * r > 0)
theorem.qed(theorem.combine("it grows", claim, [(theorem.hole("how often it is added"), positive)]))

# %% [markdown]
# ## Hints
# 1. By how much does r grow? Subtract r from the right side.
# 2. It grows by a multiple of gamma r.
# 3. How many times is gamma r in that?

# %% [markdown]
# ## Place
# lesson 01_compression, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
