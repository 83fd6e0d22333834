# %% [markdown]
# # The cubic of the law for agents that differ: its moments, and where its roots are
#
# Q(rho) = (rho - s)(rho^2 - (s + s^2 + R s K) rho + s^3) - R m^2 rho (rho - s^3) with R = (1 - s)^2/(1 + s). Above s it
# changes its sign once, from minus to plus, and before 1 unless all mu_i are 0 (m = 1). So any number with Q <= 0 is
# below any number with Q >= 0, there is one root above s at most, and `heterogeneous_law`, which asks for Q >= 0, is
# best at it. (That there is one, and two others in (0, s^2] and [s^2, s), is the intermediate value theorem; nothing
# here rests on it.)

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "law_root",
    "Above s, numbers at which the law's cubic is at most 0 are below 1, and at most those at which it is at least 0",
)

s = theorem.parameter("s", above=0, below=1)
m = theorem.parameter("m", above=0, below=1)
rho = theorem.parameter("rho", above=s, latex=r"\rho")
sigma = theorem.parameter("sigma", above=s, latex=r"\sigma")
q = theorem.parameter("q", above=0)
w = theorem.parameter("w", above=0, indexed=True)
k = theorem.parameter("k", at_least=0, indexed=True)

# %% [markdown]
# ## The cubic

# %%
R = (1 - s) ** 2 / (1 + s)
K = mean(w * k**2)


def Q(at, second_moment=K):
    """The cubic."""
    return (at - s) * (at**2 - (s + s**2 + R * s * second_moment) * at + s**3) - R * m**2 * at * (at - s**3)


# %% [markdown]
# ## Hypotheses
# Q is not positive at rho, and not negative at sigma. q is the number r of `ef21_equal_agents`, for k = m.

# %%
weights = theorem.given("weights", mean(w).equals(1))
first_moment = theorem.given("m", mean(w * k).equals(m))
ratios = theorem.given("ratios", k <= 1)
low = theorem.given("rho", Q(rho) <= 0)
high = theorem.given("sigma", Q(sigma) >= 0)
root = theorem.given("q", (q**2).equals((1 - s) * m * q + s))

# %% [markdown]
# ## Claims
# 1., 2. rho is not above sigma, and it is below 1; two roots are both of either kind, so they are equal. 3., 4. The
# moments: K - m^2 is the variance of the k_i. 5. The cubic, sorted by it. 6. For equal agents, q^2 is a root. 7. to 10.
# Its signs.

# %%
factored = (rho - s**2) * ((rho - s) ** 2 - (1 - s) ** 2 * m**2 * rho) - R * s * (K - m**2) * rho * (rho - s)
claims = theorem.claim(
    rho <= sigma,
    rho < 1,
    m**2 <= K,
    m >= K,
    Q(rho).equals(factored),
    Q(q**2, m**2).equals(0),
    Q(0) < 0,
    Q(s**2) >= 0,
    Q(s) < 0,
    Q(1) > 0,
)

# %% [markdown]
# ## Proof: signs
# The cubic falls with K where rho is between s and 1, and rises with it at s^2.

# %%
variance = theorem.combine("variance", claims[2], mean_squares=[(w, k - m)], modulo=[weights, first_moment])
weighted = theorem.average("ratios, weighted", mean(w * k * k) <= mean(w * k * 1), ratios, weight=w * k)
at_most_m = theorem.combine("K at most m", claims[3], [weighted], modulo=[first_moment])
sorted_cubic = theorem.identity("sorted", claims[4])
equal = theorem.combine("equal agents", claims[5], [((q**2 - s**2) * (q**2 - s + (1 - s) * m * q), root)])
at_0 = theorem.combine("at 0", claims[6], [theorem.positive("s^4", s**4 > 0)])
at_square = theorem.combine("at s^2", claims[7], [(R * s**4 * (1 - s), variance)])
at_s = theorem.combine("at s", claims[8], [theorem.positive("value at s", R * m**2 * s**2 * (1 - s**2) > 0)])
worst = theorem.positive("value at 1, K = m", Q(1, m) > 0)
at_1 = theorem.combine("at 1", claims[9], [worst, (R * s * (1 - s), at_most_m)])

# %% [markdown]
# ## Proof: order
# Q(rho)/(rho (rho - s)) grows with rho above s: the difference of two of its values is that of the numbers, times
# something positive.


# %%
def growth(a, b):
    """The difference of Q(x)/(x (x - s)) at b and a, over b - a."""
    return 1 - s**3 / (a * b) + R * m**2 * s * (1 - s**2) / ((a - s) * (b - s))


theorem.positive("growth", growth(rho, sigma) > 0)
theorem.positive("growth to 1", growth(rho, 1) > 0)
ordered = theorem.combine(
    "difference",
    growth(rho, sigma) * (sigma - rho) >= 0,
    [(1 / (sigma * (sigma - s)), high), (1 / (rho * (rho - s)), low)],
)
below_one = theorem.combine(
    "difference to 1", growth(rho, 1) * (1 - rho) > 0, [(1 / (1 - s), at_1), (1 / (rho * (rho - s)), low)]
)
theorem.qed(
    theorem.cancel("rho at most sigma", claims[0], ordered, growth(rho, sigma)),
    theorem.cancel("rho below 1", claims[1], below_one, growth(rho, 1)),
    variance,
    at_most_m,
    sorted_cubic,
    equal,
    at_0,
    at_square,
    at_s,
    at_1,
)

# %%
theorem.survivors = {
    "step 'growth*' dropped": "for the reader: the sign is seen without it",
    "the lower bound of q *": "not needed; it says where the statement is meant",
    "the lower bound of w_i not strict": "holds at the end of the range, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
