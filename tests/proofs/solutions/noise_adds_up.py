# %% [markdown]
# # Noise of mean zero adds up
#
# A stochastic gradient is g + z with E z = 0, so that E <z, g> = 0. Prove that its expected square is that of g plus
# the variance: there is no mixed term.

# %%
from eftheory.proofkit import Theorem, expectation, inner, square

theorem = Theorem("noise_adds_up", "Noise of mean zero adds up")

sigma = theorem.parameter("sigma", at_least=0)
g, z = theorem.vector("g"), theorem.vector("z", random=True)
centred = theorem.given("mean zero", expectation(inner(z, g)).equals(0))
variance = theorem.given("variance", expectation(square(z)) <= sigma**2)
claim = theorem.claim(expectation(square(g + z)) <= square(g) + sigma**2)

# %% [markdown]
# The holes are filled.

# %%
mixed = 2
theorem.qed(theorem.combine("noise", claim, [variance, (mixed, centred)]))
