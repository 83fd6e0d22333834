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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove weights_of_v.py`.

# %%
not_negative = theorem.positive("u is not negative", u >= 0)
second = (theorem.hole("the multiplier of the distance"), distance)
rest = (theorem.hole("how much of u is left"), not_negative)
theorem.qed(theorem.combine("V", claim, [error, second, rest]))

# %% [markdown]
# ## Hints
# 1. V+ has one u+ and four m+.
# 2. So the first hypothesis counts once, and the second as often as V has m.
# 3. Then nothing of m is left over. Of u, compare 1/2 with what the claim allows.

# %% [markdown]
# ## Place
# lesson 04_lyapunov, level 3

# %%
if __name__ == "__main__":
    theorem.print_lesson()
