# %% [markdown]
# # A smaller rate proves the larger one
#
# If V shrinks by r, it shrinks by every rho above r: a proof of the smaller rate is worth more. This is why a bound
# that is one percent off is true, and still not the answer.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem("a_better_rate", "A smaller rate proves the larger one")

r = theorem.parameter("r", at_least=0)
rho = theorem.parameter("rho", at_least=r)
V, V_next = theorem.parameter("V", at_least=0), theorem.scalar("V+")
better = theorem.given("better", V_next <= r * V)
claim = theorem.claim(V_next <= rho * V)

# %% [markdown]
# The holes are filled.

# %%
not_negative = theorem.positive("V is not negative", V >= 0)
theorem.qed(theorem.combine("weaker", claim, [better, (rho - r, not_negative)]))
