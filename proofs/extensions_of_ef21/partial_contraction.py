# %% [markdown]
# # The contraction lemma of EF21 with partial participation
#
# An agent takes part in a round with probability p: a coin b is 1 or 0, and g+ = g + b C(h+ - g). If it does, its
# error contracts as in `theta_beta`; if not, the error grows by what the gradient moves, with a Young parameter rho.
# This is about each agent for itself, with the same constant theta_p for all whose p is at least q.

# %%
from eftheory.proofkit import Theorem, expectation, square

theorem = Theorem(
    "partial_contraction",
    "Estimates of agents that take part with probability at least q contract by q theta - (1 - q) rho",
    source="own, for EF21-PP of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
rho = theorem.parameter("rho", above=0, latex=r"\rho")
q = theorem.parameter("q", above=0, at_most=1)
p = theorem.parameter("p", at_least=q, at_most=1, indexed=True)
p_max = theorem.parameter("pmax", at_least=q, at_most=1, latex=r"p_{\max}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)
b = theorem.scalar("b", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# alpha = 1 - s^2. The coin falls independently of what the compressor draws: of that, one consequence is used. The
# coins of different agents may depend on each other.

# %%
alpha, theta, beta = 1 - s**2, 1 - s, s**2 / (1 - s)
active = square(g + c - h_next)
compressor = theorem.given("compressor", expectation(square(c - (h_next - g))) <= (1 - alpha) * square(h_next - g))
coin = theorem.given("coin", (b**2).equals(b))
chance = theorem.given("chance", expectation(b).equals(p))
independent = theorem.given("independent", expectation(b * active).equals(p * expectation(active)))

# %% [markdown]
# ## Claims
# The contraction. Its constant exceeds the one known from code for the paper's theorem, unless all agents have the
# same probability. With rho = q theta/2 it is q theta (1 + q)/2: at least q theta/2, and theta if q = 1; what moves
# cost is then at most 6/(q theta)^2 times that. So sqrt(6)/(q theta) takes the place of xi at most.

# %%
theta_p = q * theta - (1 - q) * rho
beta_p = p * beta + (1 - p) * (1 + 1 / rho)
error, error_next = square(g - h), square(g + b * c - h_next)
published = rho * q + theta * p_max - rho - (p_max - q)
chosen = q * theta / 2
price = p * beta + (1 - p) * (1 + 1 / chosen)
contraction, sharper, choice, bound = theorem.claim(
    expectation(error_next) <= (1 - theta_p) * error + beta_p * square(h_next - h),
    (theta_p - published).equals((p_max - q) * (1 - theta)),
    (q * theta - (1 - q) * chosen).equals(q * theta * (1 + q) / 2),
    price <= 6 / (q * theta) ** 2 * (q * theta * (1 + q) / 2),
)

# %% [markdown]
# ## Proof
# As b^2 = b, the error after the round is one of two, and its expectation their mean.

# %%
either = theorem.combine(
    "one of two",
    error_next.equals(b * active + (1 - b) * square(g - h_next)),
    [(square(c), coin)],
)
expected = theorem.expect(
    "expected",
    expectation(error_next).equals(expectation(b * active + (1 - b) * square(g - h_next))),
    either,
)
with_p = theorem.combine(
    "by chance",
    expectation(error_next).equals(p * expectation(active) + (1 - p) * square(g - h_next)),
    [expected, independent, (-square(g - h_next), chance)],
)
taking_part = theorem.combine(
    "taking part",
    expectation(active) <= (1 - theta) * error + beta * square(h_next - h),
    [compressor],
    squares=[(s / (1 - s), (1 - s) * (h - g) - s * (h_next - h))],
)
one_step = theorem.combine(
    "contraction",
    contraction,
    [with_p, (p, taking_part)],
    squares=[((1 - p) / rho, rho * (g - h) + (h_next - h)), ((p - q) * (theta + rho), g - h)],
)
theorem.qed(
    one_step,
    theorem.identity("sharper", sharper),
    theorem.identity("a choice of rho", choice),
    theorem.positive("its price", bound),
)

# %%
theorem.survivors = {
    "the * bound of pmax dropped": "the identity needs no range",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
