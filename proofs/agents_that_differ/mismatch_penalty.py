# %% [markdown]
# # What agents that differ cost: nothing if and only if their constants are proportional
#
# rho is the rate of `heterogeneous_law`, a root of its cubic above s. q^2 is that of equal agents with the averaged
# constants, at which, by `averaged_constants_bound`, no step is faster. In between is a variance, that of the k_i =
# (L_i - mu_i)/(L_i + mu_i) with the weights L_i + mu_i. For any number of agents.
#
# To speak of each agent, one of them is singled out: its constants are L_1 and mu_1, it is a part t = 1/n of all, and
# means without it are taken over the others.
#
# For two agents [LowWang2026] find the same variance, and that the penalty is zero if and only if the constants are
# proportional, given that the empirical law holds. Here the law is a theorem, and there is any number of agents.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem, mean

theorem = Theorem(
    "mismatch_penalty",
    "The rate of the law is that of the averaged constants plus a penalty, zero if and only if all L_i/mu_i are equal",
    source="own; for two agents [LowWang2026], if the empirical law of [ThomsenTaylorDieuleveut2026] holds",
)

s = theorem.parameter("s", at_least=0, at_most=1)
rho = theorem.parameter("rho", above=s, latex=r"\rho")
q = theorem.parameter("q", above=0)
t = theorem.parameter("t", at_least=0, at_most=1)
mu_1 = theorem.parameter("mu1", above=0, latex=r"\mu_1")
L_1 = theorem.parameter("L1", at_least=mu_1, latex="L_1")
mu = theorem.parameter("mu", at_least=0, indexed=True, latex=r"\mu")
L = theorem.parameter("L", at_least=mu, indexed=True)
k = theorem.parameter("k", indexed=True)
mu_mean = theorem.parameter("mubar", above=0, latex=r"\bar\mu")
L_mean = theorem.parameter("Lbar", at_least=mu_mean, latex=r"\bar L")
K = theorem.parameter("K")

# %% [markdown]
# ## Hypotheses
# The averaged constants, the moments m and K of the k_i, the cubic, and q, the number r of `ef21_equal_agents`.

# %%
S, R = L_mean + mu_mean, (1 - s) ** 2 / (1 + s)
m, k_1 = (L_mean - mu_mean) / S, (L_1 - mu_1) / (L_1 + mu_1)
own = theorem.given("k", (k * (L + mu)).equals(L - mu))
mean_L = theorem.given("Lbar", (t * L_1 + (1 - t) * mean(L)).equals(L_mean))
mean_mu = theorem.given("mubar", (t * mu_1 + (1 - t) * mean(mu)).equals(mu_mean))
second = theorem.given("K", (S * K).equals(t * (L_1 + mu_1) * k_1**2 + (1 - t) * mean((L + mu) * k**2)))
law = theorem.given(
    "law", ((rho - s) * (rho**2 - (s + s**2 + R * s * K) * rho + s**3)).equals(R * m**2 * rho * (rho - s**3))
)
root = theorem.given("q", (q**2).equals((1 - s) * m * q + s))

# %% [markdown]
# ## Claims
# 1. The penalty rho - q^2, times factors that are positive by 2. and 3.: it is K - m^2 times what is positive as well.
# 4. So it is not negative. 5. K - m^2 is a variance. 6., 7. What an agent adds to it is zero if and only if L_i/mu_i is
# Lbar/mubar. 8. If the penalty is zero, this is so for any agent that is singled out.

# %%
penalty = (rho - s**2) * (rho - s**2 / q**2) * (rho - q**2)
scale = R * s * rho * (rho - s)
claims = {
    "penalty": penalty.equals(scale * (K - m**2)),
    "first factor": rho - s**2 > 0,
    "second factor": rho - s**2 / q**2 > 0,
    "not negative": q**2 <= rho,
    "variance": (S * (K - m**2)).equals(t * (L_1 + mu_1) * (k_1 - m) ** 2 + (1 - t) * mean((L + mu) * (k - m) ** 2)),
    "share of the first": (S * (L_1 + mu_1) * (k_1 - m)).equals(2 * (L_1 * mu_mean - L_mean * mu_1)),
    "share of another": (S * (L + mu) * (k - m)).equals(2 * (L * mu_mean - L_mean * mu)),
    "if zero": scale * 4 * t * (L_1 * mu_mean - L_mean * mu_1) ** 2 / (S**3 * (L_1 + mu_1)) <= penalty,
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof: the factors
# q^2 and s^2/q^2 are the roots of the law of equal agents, (x - s)^2 = (1 - s)^2 m^2 x.

# %%
theorem.combine(
    "penalty",
    claims["penalty"],
    [law, (-rho * (rho - s**2) * (q**2 - s + (1 - s) * m * q) / q**2, root)],
)
theorem.positive("first factor", claims["first factor"])
above = theorem.combine("q^2 at least s", q**2 - s >= 0, [theorem.positive("m", (1 - s) * m * q >= 0), (-1, root)])
over = theorem.combine("s^2/q^2 at most s", s - s**2 / q**2 >= 0, [(s / q**2, above)])
theorem.combine("second factor", claims["second factor"], [theorem.positive("rho above s", rho - s > 0), over])

# %% [markdown]
# ## Proof: the variance

# %%
others = theorem.average("k, on average", mean(k * (L + mu)).equals(mean(L - mu)), own)
theorem.combine(
    "variance",
    claims["variance"],
    [second, (2 * m * (1 - t), others), (2 * m - m**2, mean_L), (-2 * m - m**2, mean_mu)],
)
theorem.identity("share of the first", claims["share of the first"])
theorem.combine("share of another", claims["share of another"], [(S, own)])
rest = theorem.positive("variance of the others", mean((L + mu) * (k - m) ** 2) >= 0)
theorem.combine("if zero", claims["if zero"], [(-1, "penalty"), (-scale / S, "variance"), (scale * (1 - t) / S, rest)])
share = theorem.positive("share at least zero", claims["if zero"].left >= 0)
product = theorem.combine("product", penalty >= 0, ["if zero", share])
theorem.cancel("not negative", claims["not negative"], product, (rho - s**2) * (rho - s**2 / q**2))
theorem.qed(*claims)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
}

# %% [markdown]
# An example with rational roots: for s = 1/2, q = 7/8 and rho = 77/100, K - m^2 is the variance of two agents with
# weights p and 1 - p whose k_i are d apart.

# %%
half, at_q, at_rho = Fraction(1, 2), Fraction(7, 8), Fraction(77, 100)
at_m = (at_q**2 - half) / (half * at_q)
variance = (at_rho - half**2) * (at_rho - half**2 / at_q**2) * (at_rho - at_q**2) * 12 / (at_rho * (at_rho - half))
p, d = 16 * variance / (16 * variance + 1), 4 * variance + Fraction(1, 4)
k_first, k_other = at_m + (1 - p) * d, at_m - p * d
theorem.example(
    n_agents=1,
    values={
        s: half,
        q: at_q,
        rho: at_rho,
        t: half,
        L_1: p * (1 + k_first),
        mu_1: p * (1 - k_first),
        L: [(1 - p) * (1 + k_other)],
        mu: [(1 - p) * (1 - k_other)],
        k: [k_other],
        L_mean: (1 + at_m) / 2,
        mu_mean: (1 - at_m) / 2,
        K: at_m**2 + variance,
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
