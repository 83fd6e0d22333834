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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove a_better_rate.py`.

# %%
not_negative = theorem.positive("V is not negative", V >= 0)
theorem.qed(theorem.combine("weaker", claim, [better, (theorem.hole("the multiplier"), not_negative)]))

# %% [markdown]
# ## Hints
# 1. Take the hypothesis away from the claim.
# 2. A multiple of V is left.
# 3. Its sign follows from the range of rho.

# %% [markdown]
# ## Place
# lesson 09_one_per_cent, level 1

# %%
if __name__ == "__main__":
    theorem.print_lesson()
