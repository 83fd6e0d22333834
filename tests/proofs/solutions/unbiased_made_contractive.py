# %% [markdown]
# # An unbiased compressor, scaled
#
# An unbiased compressor has E c = v, so that E <c, v> = ||v||^2, and E ||c||^2 <= (1 + omega) ||v||^2. Divided by 1
# + omega it contracts, with alpha = 1/(1 + omega). Find both multipliers.

# %%
from eftheory.proofkit import Theorem, expectation, inner, square

theorem = Theorem("unbiased_made_contractive", "An unbiased compressor, scaled")

omega = theorem.parameter("omega", at_least=0)
v, c = theorem.vector("v"), theorem.vector("c", random=True)
unbiased = theorem.given("unbiased", expectation(inner(c, v)).equals(square(v)))
bounded = theorem.given("bounded", expectation(square(c)) <= (1 + omega) * square(v))
claim = theorem.claim(expectation(square(c / (1 + omega) - v)) <= omega / (1 + omega) * square(v))

# %% [markdown]
# The holes are filled.

# %%
of_mean = -2 / (1 + omega)
of_bound = 1 / (1 + omega) ** 2
theorem.qed(theorem.combine("scaled", claim, [(of_mean, unbiased), (of_bound, bounded)]))
