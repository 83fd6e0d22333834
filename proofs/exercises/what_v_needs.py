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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove what_v_needs.py`.

# %%
not_negative = theorem.positive("u is not negative", u >= 0)
rest = (theorem.hole("how much of u is left"), not_negative)
theorem.qed(theorem.combine("V", claim, [error, distance, rest]))

# %% [markdown]
# ## Hints
# 1. Add the hypotheses, and compare with the claim.
# 2. For m both sides agree: 1/4 + 1/2 = 3/4.
# 3. For u there is 1/2, and 3/4 is allowed.

# %% [markdown]
# ## Place
# lesson 04_lyapunov, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
