# %% [markdown]
# # A factor above one leads away
#
# r is positive, and multiplied by 1 + 11 gamma/6. Prove that it grows, however short the step is. Where positive
# things are multiplied, the kernel sees it; a line that is positive may be used like a hypothesis.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem("away_from_zero", "A factor above one leads away")

gamma = theorem.parameter("gamma", above=0)
r = theorem.parameter("r", above=0)
claim = theorem.claim(r < (1 + 11 * gamma / 6) * r)

# %% [markdown]
# The holes are filled.

# %%
positive = theorem.positive("a product of positive numbers", gamma * r > 0)
theorem.qed(theorem.combine("it grows", claim, [(Fraction(11, 6), positive)]))
