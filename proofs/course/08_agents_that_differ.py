# %% [markdown]
# # What agents that differ cost
#
# So far all agents had the same $L$ and $\mu$. In practice they do not: one has easy data,
# another has hard data. This is called **heterogeneity**. What does it do to the rate?
#
# Our example has two agents. Both have $L = 1$; the first has $\mu_1 = \frac{99}{100}$,
# which is almost a perfect bowl, and the second has $\mu_2 = \frac1{100}$, which is a long
# valley. The compressor has $\alpha = \frac89$, so $s = \frac13$.
#
# ## Two guesses
#
# *The pessimist* says: all agents belong to the class with the largest $L$ and the smallest
# $\mu$. So the tight rate of [lesson 6](/course/06_tight_rate.html) for $L = 1$ and
# $\mu = \frac1{100}$ holds. *The optimist* says: it is the mean function that is minimised,
# so the tight rate for the mean constants should hold, $L = 1$ and $\mu = \frac12$.

# %%
from fractions import Fraction as F

from eftheory import laws

agents, alpha = [(1, F(99, 100)), (1, F(1, 100))], F(8, 9)
pessimist = laws.tight_rate(1.0, 0.01, alpha=float(alpha))
optimist = laws.tight_rate(1.0, 0.5, alpha=float(alpha))
print(f"pessimist {pessimist:.4f}, optimist {optimist:.4f}")
for name, rate in (("pessimist", pessimist), ("optimist", optimist)):
    rounds = laws.iterations_to_accuracy(rate, 1e-6)
    print(f"{name} needs {rounds} rounds to a millionth")

# %% [markdown]
# These are 696 rounds against 20. Who is right? The pessimist's rate is certainly *valid*:
# it is a theorem. The optimist's is a **lower bound**, that is a theorem, too: agents on
# parabolas whose curvatures are all $L_i$, or all $\mu_i$, with a compressor that
# overshoots, act through the mean curvature only. So the truth lies in between. Closer to
# which?

# %%
assert laws.iterations_to_accuracy(pessimist, 1e-6) == 696
assert laws.iterations_to_accuracy(optimist, 1e-6) == 20
assert abs(laws.averaged_constants_bound(agents, alpha=alpha) - optimist) < 1e-12

# %% [markdown]
# ## How far a gradient can jump
#
# Look again at what is known of a function when $x$ moves by $p$ (lesson 5, inequality 1).
# It can be written as a ball. With
#
# $$\sigma_i = L_i + \mu_i, \qquad \delta_i = L_i - \mu_i,$$
#
# the gradient of agent $i$ changes by $\frac{\sigma_i}{2}\, p$, plus something of length at
# most $\frac{\delta_i}{2} \|p\|$. The first part is predictable, the second is not. In one
# variable: the change lies between $\mu_i p$ and $L_i p$. The middle of this interval is
# $\frac{\sigma_i}{2} p$, and half of its width $\frac{\delta_i}{2} p$.

# %%
for L, mu in agents:
    sigma, delta = L + mu, L - mu
    print(f"L = {L}, mu = {mu}: middle {sigma / 2}, half width {delta / 2}")
    assert (sigma / 2 - delta / 2, sigma / 2 + delta / 2) == (mu, L)

# %% [markdown]
# An agent with a large $\sigma_i$ has gradients that move a lot, so its estimate has a
# large error as a matter of course. Its error should count less. That suggests to divide by
# $\sigma_i$. Let $S$ be the mean of the $\sigma_i$; then
#
# $$V = \frac1n \sum_i \frac{\|u_i\|^2}{\sigma_i} + \frac{s}{S} \Big\|\frac1n \sum_i g_i\Big\|^2 .$$
#
# For equal agents this is the $V$ of lesson 7, divided by $\sigma$.
#
# ## The law
#
# What is *unpredictable* in agent $i$, as a share, is
# $k_i = \delta_i / \sigma_i = \frac{L_i - \mu_i}{L_i + \mu_i}$, the number $k$ of lesson 6.
# Average it over the agents with the weights $w_i = \sigma_i / \sum_j \sigma_j$, and
# average its square, too:
#
# $$m = \sum_i w_i k_i, \qquad K = \sum_i w_i k_i^2 .$$
#
# $K - m^2$ is the variance of the $k_i$. It is zero if all are equal. Now the theorem: at
# the step $\gamma = \frac{2}{S} \frac{1 - s}{1 + s}$, one round of EF21 multiplies $V$ by
# at most $\rho$, where $\rho$ is the largest root of the cubic equation
#
# $$(\rho - s) \big(\rho^2 - (s + s^2 + q\, s K)\, \rho + s^3\big) = q\, m^2 \rho\, (\rho - s^3), \qquad
# q = \frac{(1 - s)^2}{1 + s}.$$
#
# (Its proof goes like that of lesson 7. What is left over is a variance, a single square,
# and a third sum of squares, for the $r_i$. It is checked by the kernel, for all $n$ at
# once; see the first theorem below.)
#
# We call it **the law**. Of all the agents' constants it sees two numbers, $m$ and $K$. It
# does not see $n$.

# %%
s = F(1, 3)
total = sum(L + mu for L, mu in agents)
m = sum((L - mu) / total for L, mu in agents)
K = sum((L - mu) ** 2 / (L + mu) / total for L, mu in agents)
print("m =", m, " K =", K, " variance K - m^2 =", K - m**2)
assert (m, K) == laws.heterogeneous_moments(agents)


def cubic(rho):
    """Left minus right side of the law."""
    q = (1 - s) ** 2 / (1 + s)
    left = (rho - s) * (rho**2 - (s + s**2 + q * s * K) * rho + s**3)
    return left - q * m**2 * rho * (rho - s**3)


law = laws.heterogeneous_rate(agents, alpha=alpha)
print("the law:", round(float(law), 7))
assert cubic(F("0.5074612")) < 0 < cubic(F("0.5074613"))

# %% [markdown]
# So the law gives $0.50746$, and that is very close to the optimist's $0.48868$. Averages
# count, not the worst agent. In rounds to a millionth:

# %%
rounds = [
    laws.iterations_to_accuracy(rate, 1e-6)
    for rate in (optimist, float(law), pessimist)
]
print("optimist, law, pessimist:", *rounds)
assert rounds == [20, 21, 696]

# %% [markdown]
# ## Certified
#
# The library checks the law for these numbers, and it looks for a worst case.

# %%
from eftheory import certify

result = certify("ef21", agents, alpha=alpha, engine="law")
print(result)
assert 0 <= float(result.rate("upper")) - float(law) < 1e-9
assert result.rate("lower") > F("0.5047")

# %% [markdown]
# Look at `rate >=`. It is $0.50471$, well above the optimist's $0.48868$. It belongs to a
# real trajectory, in two coordinates: in one of them all agents have the curvature $L_i$,
# in the other $\mu_i$. So the optimist is **wrong**: heterogeneity does cost something. The
# law is nearly right, but there is a gap: between $0.50471$ and $0.50746$ the truth is
# open. This gap is the subject of the next lesson.
#
# ## How the cost grows
#
# Keep the mean constants, $L = 1$ and $\mu = \frac12$, and pull the two agents apart:
# $\mu = \frac12 \pm t$.

# %%
import matplotlib.pyplot as plt
import numpy as np

spreads = np.linspace(0, 0.49, 50)
pairs = [[(1.0, 0.5 + t), (1.0, 0.5 - t)] for t in spreads]
curves = {
    "worst constants": [laws.tight_rate(1.0, 0.5 - t, alpha=8 / 9) for t in spreads],
    "the law": [laws.heterogeneous_rate(pair, alpha=8 / 9) for pair in pairs],
    "mean constants": [
        laws.averaged_constants_bound(pair, alpha=8 / 9) for pair in pairs
    ],
}
figure, axes = plt.subplots()
for (name, values), line in zip(curves.items(), ("--", "-", ":")):
    axes.plot(spreads, values, line, label=name)
axes.set(
    xlabel="spread t",
    ylabel="rate",
    title="Two agents: L = 1, and mu = 1/2 + t and 1/2 - t",
)
legend = axes.legend()
cost = np.subtract(curves["the law"], curves["mean constants"])
assert abs(cost[0]) < 1e-12  # equal agents: none
assert curves["the law"][-1] < 0.51 < 0.97 < curves["worst constants"][-1]

# %% [markdown]
# The law starts out like a parabola: small differences cost nearly nothing. Indeed the cost
# is proportional to $K - m^2$, a variance.
#
# ## Differences that cost nothing
#
# The $k_i$ depend on $L_i / \mu_i$ only. So agents that differ in *scale* alone, say
# because one has larger data, have the same $k_i$, and the variance is zero. Three agents
# with $L = 25$, $\mu = 11$ and seven with $L = 50$, $\mu = 22$:

# %%
mixed = [(25, 11, 3), (50, 22, 7)]
law = laws.heterogeneous_rate(mixed, alpha=F(15, 16))
print("the law:", law)
assert law == laws.tight_rate(25, 11, alpha=F(15, 16)) == F(4, 9)

# %% [markdown]
# But the *step size* does depend on scale: it uses the mean of the $L_i + \mu_i$, not the
# largest. And the number of agents again plays no part. A million agents of two kinds:

# %%
million = certify(
    "ef21", [(1, F(99, 100), 10**6), (1, F(1, 100), 10**6)], alpha=alpha, engine="law"
)
assert million.rate("upper") == result.rate("upper")

# %% [markdown]
# ## What you can now do
#
# You can compute the step and the rate of EF21 for agents that all differ; you can say why
# the mean of the constants decides and not the worst; and you know that what costs is a
# variance.
#
# **Three questions**
#
# 1. Put $K = m^2$ into the cubic and show that $\rho = s^2$ is a root. What do the other
#    two satisfy? (Compare with lesson 6: $\rho = r^2$.)
# 2. A single agent of a thousand has $\mu = 0$, all others $\mu = L = 1$. What are $m$ and
#    $K$, about? What would the pessimist say?
# 3. Why may EF21's agents have different minima, while those of EF may not?
#
# **Theorems behind this lesson**: [the law, for any number of
# agents](/proofs/heterogeneous_law.html) and [for EF](/proofs/heterogeneous_law_ef.html);
# [the mean constants are a lower bound](/proofs/averaged_constants_bound.html); [what
# differences cost](/proofs/mismatch_penalty.html); [the worst case in two
# coordinates](/proofs/two_coordinate_bound.html).
