# %% [markdown]
# # The mean is shorter than its parts
#
# For any number of agents: the square of the mean gradient is at most the mean of the squares. What is left over is
# the mean of a square that each agent has.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("the_mean_is_shorter", "The mean is shorter than its parts")

g = theorem.vector("g", indexed=True)
claim = theorem.claim(square(mean(g)) <= mean(square(g)))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove the_mean_is_shorter.py`.

# %%
body = theorem.hole("what each agent squares", vector=True)
theorem.qed(theorem.combine("Jensen", claim, mean_squares=[(1, body)]))

# %% [markdown]
# ## Hints
# 1. The mean of ||g_i||^2 minus ||mean g||^2 is a variance.
# 2. A variance is the mean of squares of deviations.
# 3. The deviation of agent i is g_i minus the mean.

# %% [markdown]
# ## Place
# lesson 07_why_n_does_not_matter, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
