# %% [markdown]
# # Top-1 of two entries keeps half
#
# Top-1 of (a, b) keeps the larger entry, a say, and loses b. Prove that it loses at most half of the squares: alpha
# = 1/2 for two entries. One inequality is enough: b^2 is at most a^2.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem("top_1_of_two", "Top-1 of two entries keeps half")

a, b = theorem.scalar("a"), theorem.scalar("b")
larger = theorem.given("a is larger", b**2 <= a**2)
claim = theorem.claim(b**2 <= (a**2 + b**2) / 2)

# %% [markdown]
# The holes are filled.

# %%
theorem.qed(theorem.combine("half", claim, [(Fraction(1, 2), larger)]))
