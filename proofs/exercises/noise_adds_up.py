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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove noise_adds_up.py`.

# %%
mixed = theorem.hole("the multiplier of the mixed term")
theorem.qed(theorem.combine("noise", claim, [variance, (mixed, centred)]))

# %% [markdown]
# ## Hints
# 1. Write ||g + z||^2 without brackets.
# 2. The mixed term is 2 <z, g>, and its expectation is zero.
# 3. So the equality counts as often as the mixed term has it.

# %% [markdown]
# ## Place
# lesson 10_nonconvex_and_stochastic, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
