# %% [markdown]
# # Why the number of agents does not matter
#
# In [lesson 5](/course/05_from_sdp_to_proof.html) we proved the rate $\frac{9}{16}$ for one
# agent. With a thousand agents there are a thousand compressors that err, a thousand
# estimates, a thousand gradients. One would expect a worse rate, or at least a harder
# proof. Neither is the case.

# %%
from fractions import Fraction as F

from eftheory import certify

for count in (1, 10, 1000, 10**6):
    result = certify("ef21", (7, 2, count), alpha=F(15, 16), exact=True)
    above, below = result.rate("upper"), result.rate("lower")
    print(f"{count:>7} agents: rate <= {above}, rate >= {below}")
    assert above == below == F(9, 16)

# %% [markdown]
# The same number, from both sides, proved. A million agents took no longer than one. This
# lesson shows why.
#
# ## Not slower: a mean and deviations from it
#
# All we need is one identity. Take any vectors $a_1, \dots, a_n$ with mean $\bar a$. Then
#
# $$\frac1n \sum_i \|a_i\|^2 = \|\bar a\|^2 + \frac1n \sum_i \|a_i - \bar a\|^2 .$$
#
# The mean of the squares is the square of the mean plus the **variance**. (To see it,
# expand $\|(a_i - \bar a) + \bar a\|^2$; the mixed term has mean zero.) With numbers:

# %%
a = [F(1), F(4), F(7), F(-2)]
mean = sum(a) / len(a)
variance = sum((each - mean) ** 2 for each in a) / len(a)
mean_of_squares = sum(each**2 for each in a) / len(a)
print(f"mean of squares {mean_of_squares} = {mean**2} + {variance}")
assert mean_of_squares == mean**2 + variance

# %% [markdown]
# Now look at the proof of lesson 5 with $n$ agents. Write $u_i = g_i - d_i$ for the errors.
# The Lyapunov function is
#
# $$V = \frac1n \sum_i \|u_i\|^2 + s\, \Big\| \frac1n \sum_i g_i \Big\|^2 .$$
#
# Each agent has its two inequalities, of its function and of its compressor. Take the
# *mean* of each over the agents. What is left over on the left side is then a mean of
# quadratic forms in $u_i$, $g_i$, $g_i^+$. Split every vector into its mean and its
# deviation. By the identity, all mixed terms vanish: the form splits into **one for the
# means** and **one for the deviations**.
#
# The form for the means is word for word that of one agent: it is the single square of
# lesson 5. So only the deviations are new. Two things are missing there. The move
# $p = -\gamma\, \frac1n \sum_i d_i$ is the same for all agents, so it has no deviation. And
# the second term of $V$ sees only the mean. We write $u$, $g$, $g^+$ for deviations now.

# %%
import numpy as np

L, mu, s, rate, multiplier = F(7), F(2), F(1, 4), F(9, 16), F(9, 16)
u, g, g_next = (np.array([F(int(j == k)) for k in range(3)]) for j in range(3))


def inner(a, b):
    """The matrix of the form <a, b>."""
    return (np.outer(a, b) + np.outer(b, a)) / 2


v = g_next - (g - u)  # what is compressed: g+ - d
change = g_next - g
function = -inner(change, change)  # <change - mu p, L p - change> with p = 0
deviations = rate * inner(u, u) - s**2 * inner(v, v) - multiplier * function
for row in deviations:
    print(*row)

# %% [markdown]
# Only $u$ and the change $\Delta = g^+ - g$ occur in it, since $v = u + \Delta$:
#
# $$\rho \|u\|^2 - s^2 \|u + \Delta\|^2 + \lambda \|\Delta\|^2 .$$
#
# A form in two vectors has a 2-by-2 matrix, and we know the test from lesson 4: both
# numbers on the diagonal and the determinant must not be negative.

# %%
first, mixed, second = rate - s**2, -(s**2), multiplier - s**2
in_two = first * inner(u, u) + 2 * mixed * inner(u, change)
assert (deviations == in_two + second * inner(change, change)).all()
print("diagonal:", first, second, " determinant:", first * second - mixed**2)
assert first > 0
assert second > 0
assert first * second - mixed**2 == F(63, 256)

# %% [markdown]
# All positive, with room to spare. So deviations only help: the proof goes through for
# every $n$ with the *same* rate and the *same* multiplier. And $n$ itself has disappeared.
# Nothing in the check depends on it: that is why a million agents cost no more than one.
#
# ## Not faster: agents that move as one
#
# Could many agents be *faster* than one? Give all of them the same function, the same start
# and the same (deterministic) compressor. Then they do the same in every round, and their
# mean is what one agent would do. So the worst case of one agent is a worst case of $n$.

# %%
from eftheory.methods import EF21
from eftheory.simulate import simulate
from eftheory.simulate.rational import RationalQuadratic

r, step = F(3, 4), F(2, 15)


def overshoot(v):
    """The worst compressor, as in lesson 6."""
    return [(1 + s) * entry for entry in v]


for n in (1, 3, 10):
    problem = RationalQuadratic.of_spectra([[mu]] * n)
    start = ([r + s], [[(1 + s) * mu * r]] * n)
    run = simulate(EF21(step), problem, overshoot, steps=12, start=start)
    print(f"{n} agents, 12 rounds: x = {run.state[0][0]}")
    assert run.state[0][0] == r**12 * (r + s)

# %% [markdown]
# ## When more agents do help
#
# The last argument used that all compressors err in the same direction. A contractive
# compressor may do that: all that is known of it is the length of its error. *Unbiased*
# compressors that are **independent** of each other cannot: their errors have mean zero, so
# in the mean over agents they partly cancel. Let us compute both, by listing all cases.
#
# Take $v = (1, 1)$. Every agent sends one entry. With Rand-1, blown up to be unbiased, the
# message is $(2, 0)$ or $(0, 2)$. With Top-1 it is always $(1, 0)$.

# %%
from itertools import product


def mean_error(messages):
    """The square of the distance of the mean message from (1, 1)."""
    return sum(
        (sum(F(m[j]) for m in messages) / len(messages) - 1) ** 2 for j in range(2)
    )


independent, together, counts = [], [], range(1, 9)
for n in counts:
    cases = list(product([(2, 0), (0, 2)], repeat=n))
    independent.append(sum(map(mean_error, cases)) / len(cases))
    together.append(mean_error([(1, 0)] * n))
print("independent and unbiased:", *independent)
print("Top-1:", *together)
assert independent == [F(2, n) for n in counts]
assert together == [1] * 8

# %%
import matplotlib.pyplot as plt

figure, axes = plt.subplots()
axes.plot(counts, independent, "o-", label="Rand-1, unbiased and independent")
axes.plot(counts, together, "s--", label="Top-1")
axes.set(
    xlabel="agents",
    ylabel="squared error of the mean",
    ylim=(0, 2.2),
    title="Errors of the mean message",
)
legend = axes.legend()

# %% [markdown]
# The error of the mean of $n$ unbiased messages is $\frac{2}{n}$: it falls with $n$. That
# of Top-1 does not fall. Methods such as DIANA and MARINA use this, and their rates do get
# better with $n$. EF and EF21 work for *every* contractive compressor, also for those that
# conspire; the price is that $n$ does not help in the worst case.
#
# ## What you can now do
#
# You can split a quadratic form into a mean and a variance, extend a proof from one agent
# to any number, and say when more agents make a method faster and when they do not.
#
# **Three questions**
#
# 1. For agents with *random* compressors, where did this lesson need that they are
#    independent? (Read "Not slower" again.)
# 2. In the deviations the multiplier $\lambda$ was multiplied by $-\|\Delta\|^2 \le 0$ and
#    subtracted. Where does this help, and which condition on $\lambda$ comes out of the
#    determinant?
# 3. Give two agents *different* Top-1-like compressors on $(1, 1)$ so that the error of the
#    mean is zero. Why does the theorem not speak of this?
#
# **Theorems behind this lesson**: [EF21, any number of equal
# agents](/proofs/ef21_equal_agents.html); [EF, any number](/proofs/ef_equal_agents.html);
# [DIANA](/proofs/diana.html), whose rate improves with $n$.
