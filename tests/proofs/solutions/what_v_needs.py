# %% [markdown]
# # A Lyapunov function of two parts
#
# Two quantities feed each other: u, an error, and m, a distance. Prove that V = u + m shrinks by 3/4. The hypotheses
# are added as they are; what is left over is a multiple of u.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem("what_v_needs", "A Lyapunov function of two parts")

u, m = theorem.parameter("u", at_least=0), theorem.parameter("m", at_least=0)
u_next, m_next = theorem.scalar("u+"), theorem.scalar("m+")
error = theorem.given("error", u_next <= u / 2 + m / 4)
distance = theorem.given("distance", m_next <= m / 2)
claim = theorem.claim(u_next + m_next <= Fraction(3, 4) * (u + m))

# %% [markdown]
# The holes are filled.

# %%
not_negative = theorem.positive("u is not negative", u >= 0)
rest = (Fraction(1, 4), not_negative)
theorem.qed(theorem.combine("V", claim, [error, distance, rest]))
