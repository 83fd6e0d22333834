# %% [markdown]
# # The slowest direction
#
# A quadratic of curvature h multiplies the gradient by 1 - gamma h. Prove that no direction shrinks less than the
# flattest one, whose curvature is mu.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem("the_slowest_direction", "The slowest direction")

gamma = theorem.parameter("gamma", above=0)
mu, h = theorem.parameter("mu", at_least=0), theorem.scalar("h")
steeper = theorem.given("steeper", mu <= h)
claim = theorem.claim(1 - gamma * h <= 1 - gamma * mu)

# %% [markdown]
# The holes are filled.

# %%
theorem.qed(theorem.combine("slowest", claim, [(gamma, steeper)]))
