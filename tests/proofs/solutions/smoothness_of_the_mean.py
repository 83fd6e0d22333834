# %% [markdown]
# # How smooth the mean is
#
# Each gradient moves by at most L_i times the move p. Prove that the mean gradient moves by at most the root of the
# mean of L_i^2: first Jensen, then the mean of what the agents know.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("smoothness_of_the_mean", "How smooth the mean is")

L = theorem.parameter("L", indexed=True)
h, p = theorem.vector("h", indexed=True), theorem.vector("p")
smooth = theorem.given("smooth", square(h) <= L**2 * square(p))
claim = theorem.claim(square(mean(h)) <= mean(L**2) * square(p))

# %% [markdown]
# The holes are filled.

# %%
averaged = theorem.average("averaged", mean(square(h)) <= mean(L**2) * square(p), smooth)
body = h - mean(h)
theorem.qed(theorem.combine("mean", claim, [(1, averaged)], mean_squares=[(1, body)]))
