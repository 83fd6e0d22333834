# %% [markdown]
# # Top-1 of two entries keeps half
#
# Top-1 of (a, b) keeps the larger entry, a say, and loses b. Prove that it loses at most half of the squares: alpha
# = 1/2 for two entries. One inequality is enough: b^2 is at most a^2.

# %%

from eftheory.proofkit import Theorem

theorem = Theorem("top_1_of_two", "Top-1 of two entries keeps half")

a, b = theorem.scalar("a"), theorem.scalar("b")
larger = theorem.given("a is larger", b**2 <= a**2)
claim = theorem.claim(b**2 <= (a**2 + b**2) / 2)

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove top_1_of_two.py`.

# %%
theorem.qed(theorem.combine("half", claim, [(theorem.hole("the multiplier"), larger)]))

# %% [markdown]
# ## Hints
# 1. The claim says that (a^2 + b^2)/2 - b^2 is not negative. Write this difference without brackets.
# 2. It is (a^2 - b^2)/2. The hypothesis says that a^2 - b^2 is not negative.
# 3. The claim is the hypothesis times one number.

# %% [markdown]
# ## Place
# lesson 01_compression, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
