# %% [markdown]
# # The tight rate
#
# For one set of numbers we have proved that EF21 has the rate $\frac{9}{16}$, and found a
# trajectory that is no faster. This lesson gives the formula for all numbers. It is short,
# and it is exact: no better one will ever be found.
#
# ## The formula
#
# Agents have $L$-smooth and $\mu$-strongly convex functions, all with the same $L$ and
# $\mu$. The compressor has the constant $\alpha$, and as before $s = \sqrt{1 - \alpha}$.
# Two abbreviations:
#
# $$\theta = 1 - s, \qquad k = \frac{L - \mu}{L + \mu}.$$
#
# $\theta$ says how good the compressor is, $k$ how bad the functions are: $k = 0$ if
# $\mu = L$, and $k$ is near 1 if the **condition number** $\kappa = L/\mu$ is large. The
# best step size of EF21 (and of EF) is
#
# $$\gamma = \frac{2}{L + \mu} \cdot \frac{1 - s}{1 + s},$$
#
# and the rate is $\rho = r^2$, where $r$ is the positive solution of the quadratic equation
#
# $$r^2 = \theta\, k\, r + s.$$

# %%
from fractions import Fraction as F

from eftheory import laws

L, mu, alpha = F(7), F(2), F(15, 16)
s, k = 1 - laws.theta(alpha), (L - mu) / (L + mu)
step = 2 / (L + mu) * (1 - s) / (1 + s)
r = F(3, 4)
rate = laws.tight_rate(L, mu, alpha=alpha)
print(f"s = {s}, k = {k}, step size = {step}, rate = {rate}")
assert r**2 == (1 - s) * k * r + s
assert rate == r**2 == F(9, 16)
assert laws.optimal_step_size(L, mu, alpha=alpha) == step == F(2, 15)

# %% [markdown]
# Let us test the formula where we know the answer.
#
# * **No compression**, $\alpha = 1$: then $s = 0$ and $r = k$. The rate is
#   $k^2 = \big(\frac{L - \mu}{L + \mu}\big)^2$ at the step $\frac{2}{L + \mu}$. That is
#   gradient descent.
# * **Perfect functions**, $\mu = L$: then $k = 0$ and $r^2 = s$. Even then the rate is
#   $s = \sqrt{1 - \alpha}$. The compressor alone costs that much.
# * **Hopeless compression**, $\alpha \to 0$: then $s \to 1$, and $r \to 1$.

# %%
assert laws.tight_rate(L, mu, alpha=1) == k**2 == laws.gd_rate(L, mu)
assert laws.tight_rate(L, L, alpha=alpha) == s
print("alpha = 1/100:", laws.tight_rate(7.0, 2.0, alpha=0.01))
assert laws.tight_rate(7.0, 2.0, alpha=0.01) > 0.99

# %% [markdown]
# ## Where the worst case lives
#
# The worst functions are parabolas, and the worst compressor overshoots,
# $C(v) = (1 + s) v$. Its error has exactly the length $s \|v\|$, in the direction that
# hurts. On $f(x) = \frac\mu2 x^2$ there is a state that is multiplied by $r$ in every
# round: $x = r + s$ and $d = (1 + s) \mu r$. We run it with the library, in fractions.

# %%
from eftheory.methods import EF21
from eftheory.simulate import simulate
from eftheory.simulate.rational import RationalQuadratic


def overshoot(v):
    """The worst compressor."""
    return [(1 + s) * entry for entry in v]


problem = RationalQuadratic.of_spectra([[mu]])
start = ([r + s], [[(1 + s) * mu * r]])
run = simulate(EF21(step), problem, overshoot, steps=20, start=start, keep_states=True)
for t, (x, d) in enumerate(run.states):
    assert x[0] == r**t * (r + s)
    assert d[0][0] == r**t * (1 + s) * mu * r
shrunk = run.points[-1][0] / run.points[0][0]
print(f"after 20 rounds x is exactly {shrunk} times what it was")

# %% [markdown]
# So nobody can ever prove a rate below $r^2$ for this step: it would be false here. And
# with another step? There the same trick works with another parabola. With the curvature
# $\mu$ the number $r$ satisfies $r - \frac sr = \theta - (1 + s) \gamma \mu$. With the
# curvature $L$ there is a state that is multiplied by $-r$, where
# $r - \frac sr = (1 + s) \gamma L - \theta$. The first number falls as the step gets
# longer, the second grows. The best step is where they meet.

# %%
import matplotlib.pyplot as plt
import numpy as np


def root(tau):
    """The positive r with r - s/r = tau."""
    return (tau + (tau**2 + 4 * float(s)) ** 0.5) / 2


steps = np.linspace(0.02, 0.2, 181)
theta = float(1 - s)
flat = [root(theta - (1 + float(s)) * each * float(mu)) ** 2 for each in steps]
steep = [root((1 + float(s)) * each * float(L) - theta) ** 2 for each in steps]
exact = [
    laws.tight_rate(7.0, 2.0, alpha=float(alpha), step_size=each) for each in steps
]
figure, axes = plt.subplots()
axes.plot(steps, exact, "C2", linewidth=4, alpha=0.4, label="the tight rate")
axes.plot(steps, flat, "--", label="parabola of curvature $\\mu$")
axes.plot(steps, steep, ":", label="parabola of curvature $L$")
axes.set(
    xlabel="step size",
    ylabel="rate",
    ylim=(0.4, 1.1),
    title="The rate of EF21 for every step size",
)
legend = axes.legend()
assert np.allclose(exact, np.maximum(flat, steep))
best = steps[int(np.argmin(exact))]
print(f"best step on the grid: {best:.3f}, formula: {float(step):.3f}")
assert abs(best - float(step)) < 0.001

# %% [markdown]
# The tight rate is the larger of the two curves: a valley with a sharp bottom. To the right
# it rises steeply. Where it reaches 1, EF21 stops converging: at the **stability limit**
# $\frac{2}{L} \cdot \frac{1 - s}{1 + s}$. So a step a little too short costs little, and
# one a little too long costs much.

# %%
limit = laws.stability_limit(L, alpha=alpha)
print("stability limit:", limit)
assert limit == F(6, 35)
assert laws.tight_rate(L, mu, alpha=alpha, step_size=limit) == 1

# %% [markdown]
# ## How much is it worth?
#
# The theorem that came with EF21 (under an assumption that is weaker than strong convexity,
# the **PL inequality** $2 \mu (f - \min f) \le \|\nabla f\|^2$) gives a step and a rate,
# too. Compare them at $\alpha = \frac{3}{4}$, $L = 1$, $\mu = \frac{1}{10}$. To count
# rounds: a rate $\rho$ reaches a millionth after $\frac{\log 10^{-6}}{\log \rho}$ of them.

# %%
tight = laws.tight_rate(1.0, 0.1, alpha=0.75)
published = laws.ef21_pl_rate(1.0, 1.0, mu=0.1, alpha=0.75)
for name, rate in (("tight", tight), ("published", published)):
    rounds = laws.iterations_to_accuracy(rate, 1e-6)
    print(f"{name}: rate {rate:.4f}, rounds to a millionth {rounds}")
assert tight < published

# %% [markdown]
# And what does compression cost? Here is the tight rate against $\alpha$. At the right end
# it is gradient descent.

# %%
alphas = np.linspace(0.02, 1, 99)
figure, axes = plt.subplots()
for small_mu, line in ((0.5, "-"), (0.1, "--"), (0.01, ":")):
    axes.plot(
        alphas,
        [laws.tight_rate(1.0, small_mu, alpha=a) for a in alphas],
        line,
        label=f"$\\mu$ = {small_mu}",
    )
axes.set(
    xlabel="alpha", ylabel="rate", title="The tight rate of EF21 against alpha, L = 1"
)
legend = axes.legend()
rounds = [
    laws.iterations_to_accuracy(laws.tight_rate(1.0, 0.1, alpha=a), 1e-6)
    for a in (1.0, 0.5, 0.1)
]
print("rounds to a millionth at alpha = 1, 0.5, 0.1, with mu = 0.1:", *rounds)
assert rounds == sorted(rounds)

# %% [markdown]
# ## Exactly, not approximately
#
# `certify` proves both sides. For most numbers $r$ is not a fraction, and the two sides
# differ by something like $10^{-12}$. For ours, `exact=True` leaves no gap at all.

# %%
from eftheory import certify

result = certify("ef21", (7, 2, 1000), alpha=alpha, exact=True)
print("rate, from above:", result.rate("upper"), " from below:", result.rate("lower"))
assert result.rate("upper") == result.rate("lower") == F(9, 16)

# %% [markdown]
# The claim was about 1000 agents, by the way. Why that makes no difference is the next
# lesson.
#
# ## What you can now do
#
# You can compute the best step size and the exact rate of EF and EF21 for your $L$, $\mu$
# and $\alpha$; you know the worst case by name; and you know on which side of the best step
# it is safe to err.
#
# **Three questions**
#
# 1. Show from $r^2 = \theta k r + s$ that $r < 1$ whenever $k < 1$ and $s < 1$. (Put
#    $r = 1$ on both sides.)
# 2. Both parabolas are worst at the best step. What does EF21 do on the one of curvature
#    $L$? (Which sign has the number that multiplies the state?)
# 3. You know $L$ and $\alpha$, but not $\mu$. Which step would you take?
#
# **Theorems behind this lesson**: [the rate, for every step](/proofs/tight_rate.html); [the
# worst case](/proofs/tight_lower_bound.html); [the best step](/proofs/optimal_step.html);
# [stability](/proofs/stability.html) and [instability](/proofs/instability.html); [faster
# than the published rate](/proofs/faster_than_pl_theorem.html).
