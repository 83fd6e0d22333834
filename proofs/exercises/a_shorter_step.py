# %% [markdown]
# # Compression costs more than s
#
# The best step of EF21 is (1-s)/(1+s) times that of gradient descent. Prove that this factor is below 1 - s.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem("a_shorter_step", "Compression costs more than s")

s = theorem.parameter("s", above=0, below=1)
claim = theorem.claim((1 - s) / (1 + s) < 1 - s)

# %% [markdown]
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove a_shorter_step.py`.

# %%
positive = theorem.positive("s is positive", s > 0)
theorem.qed(theorem.combine("shorter", claim, [(theorem.hole("the multiplier"), positive)]))

# %% [markdown]
# ## Hints
# 1. Write (1 - s) - (1 - s)/(1 + s) as one quotient.
# 2. Its numerator is (1 - s) s.
# 3. So s is multiplied by something that is not negative.

# %% [markdown]
# ## Place
# lesson 06_tight_rate, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
