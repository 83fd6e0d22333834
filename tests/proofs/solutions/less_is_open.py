# %% [markdown]
# # What a bracket leaves open
#
# A rate r lies between a proved lower bound a and a proved upper bound b. Somebody claims the law c, between a and
# b, too. Prove that the law is off by at most b - a, on the side on which it would be too large.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem("less_is_open", "What a bracket leaves open")

a, b = theorem.scalar("a"), theorem.scalar("b")
c, r = theorem.scalar("c"), theorem.scalar("r")
below = theorem.given("lower bound", a <= r)
above = theorem.given("the law lies below b", c <= b)
claim = theorem.claim(c - r <= b - a)

# %% [markdown]
# The holes are filled.

# %%
first, second = 1, 1
theorem.qed(theorem.combine("bracket", claim, [(first, below), (second, above)]))
