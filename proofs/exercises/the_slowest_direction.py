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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove the_slowest_direction.py`.

# %%
theorem.qed(theorem.combine("slowest", claim, [(theorem.hole("the multiplier"), steeper)]))

# %% [markdown]
# ## Hints
# 1. The two sides differ by a multiple of h - mu.
# 2. Write 1 - gamma mu - (1 - gamma h) as a product.
# 3. The multiplier may be a parameter, if its sign is known.

# %% [markdown]
# ## Place
# lesson 06_tight_rate, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
