# %% [markdown]
# # Wider constants describe more functions: with function values
#
# As `class_inclusion`, for one interpolation inequality. p = y - x is the step, Delta the change of the gradient, and F
# stands for f(y) - f(x) - <g(x), y - x>. All may be random; the implication holds for every outcome.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem(
    "interpolation_inclusion", "The interpolation inequality with mu, L implies that with wider constants"
)

mu = theorem.parameter("mu", indexed=True, latex=r"\mu")
L = theorem.parameter("L", above=mu, indexed=True)
lower = theorem.parameter("mu'", at_most=mu, indexed=True, latex=r"\mu'")
upper = theorem.parameter("L'", at_least=L, indexed=True)
p = theorem.vector("p", indexed=True, random=True)
change = theorem.vector("Delta", indexed=True, random=True, latex=r"\Delta")
F = theorem.scalar("F", indexed=True, random=True)


# %% [markdown]
# ## Hypothesis and claim


# %%
def gap(flat, steep):
    """What the interpolation inequality says that 2 (L - mu) F is at least."""
    return square(change) + steep * flat * square(p) - 2 * flat * inner(change, p)


interpolation = theorem.given("interpolation", gap(mu, L) <= 2 * (L - mu) * F)
claim = theorem.claim(gap(lower, upper) <= 2 * (upper - lower) * F)

# %% [markdown]
# ## Proof
# The inequality says that 2 F is at least
# 2 <Delta, p> - L ||p||^2 + ||L p - Delta||^2/(L - mu) = mu ||p||^2 + ||Delta - mu p||^2/(L - mu).
# The left form shows that mu may be smaller, the right one that then L may be larger.

# %%
smaller = theorem.combine(
    "smaller mu",
    gap(lower, L) <= 2 * (L - lower) * F,
    [((L - lower) / (L - mu), interpolation)],
    squares=[((mu - lower) / (L - mu), L * p - change)],
)
wider = theorem.combine(
    "larger L",
    claim,
    [((upper - lower) / (L - lower), smaller)],
    squares=[((upper - L) / (L - lower), change - lower * p)],
)
theorem.qed(wider)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
