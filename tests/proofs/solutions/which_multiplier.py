# %% [markdown]
# # Which multiplier?
#
# A proof by multipliers adds inequalities, each times a number that is not negative. Here there are two of them. One
# of the multipliers is 1/2 already. Put the other one in place of the hole.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem("which_multiplier", "Which multiplier?")

a, b = theorem.scalar("a"), theorem.scalar("b")
first = theorem.given("first", 3 * a + b <= 9)
second = theorem.given("second", a + 2 * b <= 8)
claim = theorem.claim(2 * a + Fraction(3, 2) * b <= Fraction(17, 2))

# %% [markdown]
# The holes are filled.

# %%
multiplier = Fraction(1, 2)
theorem.qed(theorem.combine("sum", claim, [(Fraction(1, 2), first), (multiplier, second)]))
