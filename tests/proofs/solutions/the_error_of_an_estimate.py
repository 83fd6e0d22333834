# %% [markdown]
# # The estimate of EF21
#
# EF21 moves its estimate d of the gradient by the compressed difference: d+ = d + c, where c is close to g+ - d.
# Prove that the error of the new estimate is what the compressor lost: at most 1 - alpha of the squared difference.

# %%
from eftheory.proofkit import Theorem, square

theorem = Theorem("the_error_of_an_estimate", "The estimate of EF21")

alpha = theorem.parameter("alpha", above=0, at_most=1)
d, c, g_next = theorem.vector("d"), theorem.vector("c"), theorem.vector("g+")
compressor = theorem.given("compressor", square(g_next - d - c) <= (1 - alpha) * square(g_next - d))
claim = theorem.claim(square(g_next - (d + c)) <= (1 - alpha) * square(g_next - d))

# %% [markdown]
# The holes are filled.

# %%
theorem.qed(theorem.combine("error", claim, [(1, compressor)]))
