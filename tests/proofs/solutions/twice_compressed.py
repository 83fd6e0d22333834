# %% [markdown]
# # Compressing what is left over
#
# Compress v, then compress what was lost, and send both. Prove that the loss is then at most (1 - alpha)^2 of
# ||v||^2.

# %%
from eftheory.proofkit import Theorem, square

theorem = Theorem("twice_compressed", "Compressing what is left over")

alpha = theorem.parameter("alpha", above=0, at_most=1)
v, r_1, r_2 = theorem.vector("v"), theorem.vector("r1"), theorem.vector("r2")
first = theorem.given("first", square(r_1) <= (1 - alpha) * square(v))
second = theorem.given("second", square(r_2) <= (1 - alpha) * square(r_1))
claim = theorem.claim(square(r_2) <= (1 - alpha) ** 2 * square(v))

# %% [markdown]
# The holes are filled.

# %%
theorem.qed(theorem.combine("both", claim, [second, (1 - alpha, first)]))
