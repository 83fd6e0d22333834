# %% [markdown]
# # What each agent proves, all prove
#
# Each agent's error shrinks, and V weighs the agents with numbers a_i. Prove that the weighted mean shrinks as well.
# It is one line, for any number of agents.

# %%
from eftheory.proofkit import Theorem, mean, square

theorem = Theorem("one_for_all", "What each agent proves, all prove")

s = theorem.parameter("s", above=0, below=1)
a = theorem.parameter("a", indexed=True, above=0)
u, u_next = theorem.vector("u", indexed=True), theorem.vector("u+", indexed=True)
each = theorem.given("each", square(u_next) <= s**2 * square(u))
claim = theorem.claim(mean(a * square(u_next)) <= s**2 * mean(a * square(u)))

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove one_for_all.py`.

# %%
theorem.qed(theorem.average("mean", claim, each, weight=theorem.hole("the weight of agent i")))

# %% [markdown]
# ## Hints
# 1. A mean over agents of lines is a line about means.
# 2. Each agent's line may be multiplied by something of its own before.
# 3. Which number stands before the squares in the claim?

# %% [markdown]
# ## Place
# lesson 07_why_n_does_not_matter, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
