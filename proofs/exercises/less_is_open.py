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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove less_is_open.py`.

# %%
first, second = theorem.hole("the multiplier of the lower bound"), theorem.hole("the multiplier of the other")
theorem.qed(theorem.combine("bracket", claim, [(first, below), (second, above)]))

# %% [markdown]
# ## Hints
# 1. b - a - (c - r) is the sum of two differences.
# 2. It is (b - c) + (r - a).
# 3. Each hypothesis says that one of them is not negative.

# %% [markdown]
# ## Place
# lesson 09_one_per_cent, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
