# %% [markdown]
# # A step without feedback
#
# In the first lesson agent 1 has the gradient 2 <a_1, x> a_1 + x/2 with a_1 = (-3, 2, 2). On the line
# x = r (1, 1, 1) its first entry is -11 r/2, and Top-1 keeps it. The server takes a third of what is kept. Prove that
# r grows by the factor 1 + 11 gamma/6. Equalities may be multiplied by anything, also by something negative.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem("a_step_of_dcgd", "A step without feedback")

gamma = theorem.parameter("gamma", above=0)
r, r_next, kept = theorem.scalar("r"), theorem.scalar("r+"), theorem.scalar("kept")
message = theorem.given("message", kept.equals(Fraction(-11, 2) * r))
step = theorem.given("step", r_next.equals(r - gamma / 3 * kept))
claim = theorem.claim(r_next.equals((1 + 11 * gamma / 6) * r))

# %% [markdown]
# The holes are filled.

# %%
theorem.qed(theorem.combine("growth", claim, [step, (-gamma / 3, message)]))
