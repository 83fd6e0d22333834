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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove smoothness_of_the_mean.py`.

# %%
averaged = theorem.average("averaged", mean(square(h)) <= mean(L**2) * square(p), smooth)
body = theorem.hole("what each agent squares", vector=True)
theorem.qed(theorem.combine("mean", claim, [(theorem.hole("the multiplier"), averaged)], mean_squares=[(1, body)]))

# %% [markdown]
# ## Hints
# 1. Two things are added: the averaged line, and a variance.
# 2. ||mean h||^2 is at most the mean of ||h_i||^2; this is the mean of squares of deviations.
# 3. Compare the factor of the mean of L_i^2 on both sides.

# %% [markdown]
# ## Place
# lesson 08_agents_that_differ, level 3

# %%
if __name__ == "__main__":
    theorem.print_lesson()
