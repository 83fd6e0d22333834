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
# The holes are filled.

# %%
positive = theorem.positive("s is positive", s > 0)
theorem.qed(theorem.combine("shorter", claim, [((1 - s) / (1 + s), positive)]))
