# %% [markdown]
# # Contractive compressors, and their constants
#
# Top-1 of three entries made trouble in [lesson 1](/course/01_compression.html) and was
# cured in [lesson 2](/course/02_error_feedback.html). How much compression can be cured,
# and what does it cost? For that we need one number that says how good a compressor is.
#
# ## The definition
#
# A compressor $C$ is **contractive** with the constant $\alpha$, a number with
# $0 < \alpha \le 1$, if for *every* vector $v$
#
# $$\|C(v) - v\|^2 \le (1 - \alpha)\, \|v\|^2.$$
#
# In words: of the squared length of what goes in, the error is at most the share
# $1 - \alpha$. With $\alpha = 1$ nothing is lost. The smaller [alpha](/glossary.html#alpha)
# is, the rougher the compressor. If $C$ is random, we ask for this in expectation:
# $\mathbb{E} \|C(v) - v\|^2 \le (1 - \alpha) \|v\|^2$.
#
# That is all we shall ever assume of a compressor.

# %%
from fractions import Fraction as F


def square(v):
    """The square of the length of v."""
    return sum(F(entry) ** 2 for entry in v)


def top(k, v):
    """Keep the k entries that are largest in size."""
    kept = sorted(range(len(v)), key=lambda j: -abs(v[j]))[:k]
    return [entry if j in kept else 0 for j, entry in enumerate(v)]


def share_lost(v, message):
    """||C(v) - v||^2 / ||v||^2."""
    return square([p - q for p, q in zip(v, message)]) / square(v)


v = [6, -3, 2]
print("Top-1 of", v, "loses", share_lost(v, top(1, v)), "of the square")
assert share_lost(v, top(1, v)) == F(13, 49)

# %% [markdown]
# ## Top-k: alpha = k/d
#
# Take a vector of $d$ entries and keep the $k$ largest. Their squares are the $k$ largest
# of $d$ numbers, so their mean is at least the mean of all. Hence they make up at least the
# share $k/d$ of the sum:
#
# $$\|C(v)\|^2 \ge \frac kd \|v\|^2, \qquad \|C(v) - v\|^2 = \|v\|^2 - \|C(v)\|^2 \le \Big(1 - \frac kd\Big) \|v\|^2.$$
#
# So Top-k has $\alpha = k/d$. Is that the best constant we could state? Yes: if all entries
# are equal, the kept ones are exactly the share $k/d$. A constant that is attained by some
# vector is called **tight**.

# %%
worst = [1, 1, 1, 1, 1]
print("Top-2 of", worst, "loses", share_lost(worst, top(2, worst)))
assert share_lost(worst, top(2, worst)) == 1 - F(2, 5)

# %% [markdown]
# On most vectors Top-k does much better than its constant. Here are ten thousand random
# vectors of ten entries, and the share that Top-2 loses of each. A guarantee must hold for
# the worst one, which hardly ever comes up by chance. Remember this picture: it is why a
# random test of a worst-case claim proves little (lesson 9).

# %%
import matplotlib.pyplot as plt
import numpy as np

from eftheory.compressors import RandK, TopK

vectors = np.random.default_rng(1).standard_normal((10_000, 10))
lost = ((TopK(2)(vectors) - vectors) ** 2).sum(axis=1) / (vectors**2).sum(axis=1)
figure, axes = plt.subplots()
axes.hist(lost, bins=60)
axes.axvline(0.8, color="C1", linestyle="--", label="the guarantee, $1-\\alpha = 0.8$")
axes.set(
    xlabel="share of the square that is lost",
    ylabel="vectors",
    ylim=(0, 480),
    title="Top-2 on random vectors of 10 entries",
)
axes.legend()
assert 0.6 < lost.max() < 0.75  # of ten thousand draws, none comes close

# %% [markdown]
# ## Rand-k, and all its draws
#
# **Rand-k** keeps $k$ entries, too, but draws at random which. Its expected loss can be
# computed by listing all draws. For $d = 3$ and $k = 1$ there are three, equally likely.

# %%
kept_alone = [
    [entry if j == kept else 0 for j, entry in enumerate(v)] for kept in range(3)
]
expected = sum(share_lost(v, message) for message in kept_alone) / 3
print("Rand-1 loses on average", expected)
assert expected == F(2, 3)  # 1 - k/d, whatever v is
assert RandK(1).alpha(3) == F(1, 3) == TopK(1).alpha(3)

# %% [markdown]
# Rand-k has the same constant as Top-k, $k/d$. But there is a difference: Rand-k loses that
# much of *every* vector, Top-k only of the worst.
#
# ## Unbiased compressors: omega
#
# In papers you meet a second kind. A random compressor is **unbiased** with the constant
# [omega](/glossary.html#omega) if it is right on average, and its variance is bounded:
#
# $$\mathbb{E}\, C(v) = v, \qquad \mathbb{E} \|C(v) - v\|^2 \le \omega \|v\|^2.$$
#
# Rand-k becomes unbiased when we multiply what it keeps by $d/k$. Its variance is then
# $\omega = d/k - 1$; with $d = 3$ and $k = 1$ that is 2, **more** than the vector itself.

# %%
blown_up = [[3 * entry for entry in message] for message in kept_alone]
assert [sum(F(m[j]) for m in blown_up) / 3 for j in range(3)] == v  # unbiased
variance = sum(share_lost(v, message) for message in blown_up) / 3
print("omega =", variance)
assert variance == 2 == RandK(1, scaled=True).omega(3)

# %% [markdown]
# Is an unbiased compressor contractive? Not as it is: here the expected error is twice the
# vector. But divide what it sends by $1 + \omega$. Then it errs by
# $\frac{\omega}{1+\omega} \|v\|^2$ at most, so it is contractive with
#
# $$\alpha = \frac{1}{1 + \omega}.$$
#
# For Rand-k, $1/(1 + 2) = 1/3 = k/d$: the two constants tell the same story. So one theory,
# for contractive compressors, serves both kinds.

# %%
shrunk = [[F(entry) / (1 + variance) for entry in message] for message in blown_up]
assert sum(share_lost(v, message) for message in shrunk) / 3 == 1 - 1 / (1 + variance)

# %% [markdown]
# ## Test one
#
# Constants in code are claims, and claims can be wrong. Here is a Top-k that somebody wrote
# with a threshold. It keeps every entry that is larger than the (k+1)-st. It looks right,
# and on random vectors it is right.


# %%
def keep_largest(v, k=2):
    """Keep the entries above the (k+1)-st in size: a Top-k with a bug."""
    size = np.abs(v)
    return np.where(size > np.sort(size)[-k - 1], v, 0)


lost = [share_lost(w, keep_largest(w)) for w in vectors[:200, :5]]
print(f"on 200 random vectors it loses {float(max(lost)):.3f} at most; 0.6 is allowed")
assert max(lost) <= F(3, 5)

# %% [markdown]
# `check_compressor` looks for the worst vector instead of drawing at random: equal entries,
# powers, single entries, and a search from the worst of them. What it finds, it checks in
# fractions.

# %%
from eftheory import Contractive
from eftheory.testing import check_compressor, estimate_alpha

report = check_compressor(
    keep_largest,
    Contractive(alpha=F(2, 5)),
    dims=[5],
    checks=["contraction"],
    on_fail="return",
)
print(report)
assert report.failures

# %% [markdown]
# The bug is ties: if the three largest entries are equal, none is above the threshold, and
# *nothing* is sent. Such a compressor has no $\alpha > 0$ at all. The correct Top-2 passes,
# and `estimate_alpha` finds its constant.

# %%
assert not check_compressor(TopK(2), dims=[5]).failures
estimate = estimate_alpha(TopK(2), 5)
print(estimate)
assert "refuted above 2/5" in str(estimate)

# %% [markdown]
# ## Two more letters
#
# Two functions of $\alpha$ will appear everywhere, so we name them now:
#
# $$s = \sqrt{1 - \alpha}, \qquad \theta = 1 - s = 1 - \sqrt{1 - \alpha}.$$
#
# A contractive compressor leaves an error of at most $s$ times the *length* of its input
# (not squared). So $s$ is the honest measure of what is lost in one round, and $\theta$ of
# what is gained. For small $\alpha$, $\theta$ is about $\alpha/2$.

# %%
from eftheory import laws

for alpha in (F(3, 4), F(15, 16), F(19, 100)):
    print(f"alpha = {alpha}: theta = {laws.theta(alpha)}")
    assert alpha / 2 <= laws.theta(alpha) <= alpha
assert laws.theta(F(3, 4)) == F(1, 2)

# %% [markdown]
# ## What you can now do
#
# You can state what contractive means, prove the constant of Top-k in two lines, turn
# $\omega$ into $\alpha$, and test a compressor so that a wrong constant is found.
#
# **Three questions**
#
# 1. What is $\alpha$ of the compressor that sends $v/2$? And of the one that sends $0$?
# 2. A compressor first applies Top-5 of 10 entries, then halves the result. Give an
#    $\alpha$. Is it tight?
# 3. Why does Rand-k lose the same share of every vector? (Which probability has each entry
#    to be dropped?)
#
# **Theorems behind this lesson**: [Top-k](/proofs/top_k.html);
# [Rand-k](/proofs/rand_k.html); [from unbiased to
# contractive](/proofs/unbiased_to_contractive.html).
