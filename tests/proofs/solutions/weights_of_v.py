# %% [markdown]
# # V with the right weight
#
# Here u alone does not shrink, since u+ <= u/2 + m and m+ <= m/2. V = u + 4 m shrinks by 3/4. Find with what the
# hypotheses are multiplied, and what of u is left.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem

theorem = Theorem("weights_of_v", "V with the right weight")

u, m = theorem.parameter("u", at_least=0), theorem.parameter("m", at_least=0)
u_next, m_next = theorem.scalar("u+"), theorem.scalar("m+")
error = theorem.given("error", u_next <= u / 2 + m)
distance = theorem.given("distance", m_next <= m / 2)
claim = theorem.claim(u_next + 4 * m_next <= Fraction(3, 4) * (u + 4 * m))

# %% [markdown]
# The holes are filled.

# %%
not_negative = theorem.positive("u is not negative", u >= 0)
second = (4, distance)
rest = (Fraction(1, 4), not_negative)
theorem.qed(theorem.combine("V", claim, [error, second, rest]))
