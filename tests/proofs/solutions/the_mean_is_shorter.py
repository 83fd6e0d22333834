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
# The holes are filled.

# %%
body = g - mean(g)
theorem.qed(theorem.combine("Jensen", claim, mean_squares=[(1, body)]))
