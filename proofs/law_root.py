# %% [markdown]
# # The cubic of the law for agents that differ: its moments, and where its roots are
#
# Q(rho) = (rho - s)(rho^2 - (s + s^2 + R s K) rho + s^3) - R m^2 rho (rho - s^3) with R = (1 - s)^2/(1 + s). It changes
# its sign between s and 1, so that there is a root rho as `heterogeneous_law` asks for, unless all mu_i are 0 (m = 1);
# two others lie in (0, s^2] and [s^2, s), so that this is the largest. (That a polynomial vanishes where it changes its
# sign is left to the reader.)

# %%
from eftheory.proofkit import Theorem, mean

theorem = Theorem("law_root", "The moments of the law, and the signs of its cubic at 0, s^2, s and 1")

s = theorem.parameter("s", above=0, below=1)
m = theorem.parameter("m", above=0, below=1)
rho = theorem.parameter("rho", above=0, latex=r"\rho")
q = theorem.parameter("q", above=0)
w = theorem.parameter("w", above=0, indexed=True)
k = theorem.parameter("k", at_least=0, indexed=True)

# %% [markdown]
# ## Hypotheses
# q is the number r of `ef21_equal_agents`, for k = m.

# %%
weights = theorem.given("weights", mean(w).equals(1))
first_moment = theorem.given("m", mean(w * k).equals(m))
ratios = theorem.given("ratios", k <= 1)
root = theorem.given("q", (q**2).equals((1 - s) * m * q + s))

# %% [markdown]
# ## Claims
# 1., 2. The moments: K - m^2 is the variance of the k_i. 3. The cubic, sorted by it. 4. For equal agents, q^2 is a
# root. 5. to 8. Its signs.

# %%
R = (1 - s) ** 2 / (1 + s)
K = mean(w * k**2)


def Q(at, second_moment):
    """The cubic."""
    return (at - s) * (at**2 - (s + s**2 + R * s * second_moment) * at + s**3) - R * m**2 * at * (at - s**3)


factored = (rho - s**2) * ((rho - s) ** 2 - (1 - s) ** 2 * m**2 * rho) - R * s * (K - m**2) * rho * (rho - s)
claims = theorem.claim(
    m**2 <= K,
    m >= K,
    Q(rho, K).equals(factored),
    Q(q**2, m**2).equals(0),
    Q(0 * s, K) < 0,
    Q(s**2, K) >= 0,
    Q(s, K) < 0,
    Q(1 + 0 * s, K) > 0,
)

# %% [markdown]
# ## Proof
# The cubic falls with K where rho is between s and 1, and rises with it at s^2.

# %%
variance = theorem.combine("variance", claims[0], mean_squares=[(w, k - m)], modulo=[weights, first_moment])
weighted = theorem.average("ratios, weighted", mean(w * k * k) <= mean(w * k * 1), ratios, weight=w * k)
at_most_m = theorem.combine("K at most m", claims[1], [weighted], modulo=[first_moment])
sorted_cubic = theorem.identity("sorted", claims[2])
equal = theorem.combine("equal agents", claims[3], [((q**2 - s**2) * (q**2 - s + (1 - s) * m * q), root)])
at_0 = theorem.combine("at 0", claims[4], [theorem.positive("s^4", s**4 > 0)])
at_square = theorem.combine("at s^2", claims[5], [(R * s**4 * (1 - s), variance)])
at_s = theorem.combine("at s", claims[6], [theorem.positive("value at s", R * m**2 * s**2 * (1 - s**2) > 0)])
worst = theorem.positive("value at 1, K = m", Q(1 + 0 * s, m) > 0)
at_1 = theorem.combine("at 1", claims[7], [worst, (R * s * (1 - s), at_most_m)])
theorem.qed(variance, at_most_m, sorted_cubic, equal, at_0, at_square, at_s, at_1)

# %%
theorem.survivors = {
    "the lower bound of rho *": "not needed; it says where the statement is meant",
    "the lower bound of q *": "not needed; it says where the statement is meant",
    "the lower bound of w_i not strict": "holds at the end of the range, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
