# %% [markdown]
# # The rate is above s
#
# The tight rate of EF21 is p^2 with p^2 = (1-s) k p + s. Prove that it is above s = sqrt(1 - alpha), so that no step
# size makes it as small as what the compressor loses.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem("above_s", "The rate is above s")

s = theorem.parameter("s", above=0, below=1)
k, p = theorem.parameter("k", above=0, below=1), theorem.parameter("p", above=0)
law = theorem.given("law", (p**2).equals((1 - s) * k * p + s))
claim = theorem.claim(s < p**2)

# %% [markdown]
# The holes are filled.

# %%
positive = theorem.positive("a product of positive numbers", (1 - s) * k * p > 0)
theorem.qed(theorem.combine("above s", claim, [positive, (-1, law)]))
