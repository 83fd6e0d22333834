# %% [markdown]
# # Wider constants describe more functions
#
# With a smaller mu and a larger L the two-point inequality is weaker. This looks obvious, and is for functions; it must
# be shown for the inequality, between two points only.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem("class_inclusion", "The two-point inequality with mu, L implies that with wider constants")

mu = theorem.parameter("mu", indexed=True, latex=r"\mu")
L = theorem.parameter("L", above=mu, indexed=True)
lower = theorem.parameter("mu'", at_most=mu, indexed=True, latex=r"\mu'")
upper = theorem.parameter("L'", at_least=L, indexed=True)
p, change = theorem.vector("p", indexed=True), theorem.vector("Delta", indexed=True, latex=r"\Delta")

# %% [markdown]
# ## Hypothesis and claim

# %%
A, B = change - mu * p, L * p - change
two_points = theorem.given("two points", inner(A, B) >= 0)
claims = theorem.claim(
    inner(change - lower * p, upper * p - change) >= 0,
    square(change - (upper + lower) / 2 * p) <= ((upper - lower) / 2) ** 2 * square(p),
)

# %% [markdown]
# ## Proof
# A = Delta - mu p and B = L p - Delta add up to (L - mu) p, so that p has no obtuse angle with either.

# %%
with_A = theorem.combine("(L - mu) <p, A>", (L - mu) * inner(p, A) >= 0, [two_points], squares=[(1, A)])
with_B = theorem.combine("(L - mu) <p, B>", (L - mu) * inner(p, B) >= 0, [two_points], squares=[(1, B)])
angle_A = theorem.cancel("<p, A>", inner(p, A) >= 0, with_A, L - mu)
angle_B = theorem.cancel("<p, B>", inner(p, B) >= 0, with_B, L - mu)
wider = theorem.combine(
    "wider",
    claims[0],
    [two_points, (upper - L, angle_A), (mu - lower, angle_B)],
    squares=[((mu - lower) * (upper - L), p)],
)
theorem.qed(wider, theorem.combine("ball", claims[1], [wider]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
