# %% [markdown]
# # Heterogeneity is a variance
#
# The law of different agents has two moments of their k_i: m, the mean, and K, the mean of the squares. Prove that K
# is at least m^2; it is equal only if all k_i are.

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem("variance_of_constants", "Heterogeneity is a variance")

k = theorem.parameter("k", indexed=True)
claim = theorem.claim(mean(k) ** 2 <= mean(k**2))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove variance_of_constants.py`.

# %%
body = theorem.hole("what each agent squares")
theorem.qed(theorem.combine("variance", claim, mean_squares=[(1, body)]))

# %% [markdown]
# ## Hints
# 1. It is the same as for gradients, with numbers.
# 2. K - m^2 is the mean of squares of deviations.
# 3. The deviation of agent i is k_i minus their mean.

# %% [markdown]
# ## Place
# lesson 08_agents_that_differ, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
