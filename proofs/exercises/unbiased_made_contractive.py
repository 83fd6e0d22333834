# %% [markdown]
# # An unbiased compressor, scaled
#
# An unbiased compressor has E c = v, so that E <c, v> = ||v||^2, and E ||c||^2 <= (1 + omega) ||v||^2. Divided by
# 1 + omega it contracts, with alpha = 1/(1 + omega). Find both multipliers.

# %%
from eftheory.proofkit import Theorem, expectation, inner, square

theorem = Theorem("unbiased_made_contractive", "An unbiased compressor, scaled")

omega = theorem.parameter("omega", at_least=0)
v, c = theorem.vector("v"), theorem.vector("c", random=True)
unbiased = theorem.given("unbiased", expectation(inner(c, v)).equals(square(v)))
bounded = theorem.given("bounded", expectation(square(c)) <= (1 + omega) * square(v))
claim = theorem.claim(expectation(square(c / (1 + omega) - v)) <= omega / (1 + omega) * square(v))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove unbiased_made_contractive.py`.

# %%
of_mean = theorem.hole("the multiplier of the mean")
of_bound = theorem.hole("the multiplier of the bound")
theorem.qed(theorem.combine("scaled", claim, [(of_mean, unbiased), (of_bound, bounded)]))

# %% [markdown]
# ## Hints
# 1. Write the square on the left side without brackets: three terms, one with E ||c||^2, one with E <c, v>.
# 2. The vector in the square is c over 1 + omega, minus v: which factors do ||c||^2 and <c, v> get?
# 3. The multipliers are these factors.

# %% [markdown]
# ## Place
# lesson 03_compressors, level 3

# %%
if __name__ == "__main__":
    theorem.print_lesson()
