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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove which_multiplier.py`.

# %%
multiplier = theorem.hole("the multiplier of the second")
theorem.qed(theorem.combine("sum", claim, [(Fraction(1, 2), first), (multiplier, second)]))

# %% [markdown]
# ## Hints
# 1. Compare the numbers before b on both sides: 3/2 on the left side, and what the two inequalities give.
# 2. The first inequality, halved, has 3/2 of a and 1/2 of b. What is missing to 2 a + 3/2 b?
# 3. Half an a and one b are missing: that is a certain part of the left side of the second inequality.

# %% [markdown]
# ## Place
# lesson 05_from_sdp_to_proof, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
