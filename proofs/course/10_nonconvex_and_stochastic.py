# %% [markdown]
# # Nonconvex functions, and noise
#
# Neural networks are not strongly convex, and nobody computes their full gradients. This
# last lesson takes both assumptions away, one after the other, and sees what is left.
#
# ## Without convexity
#
# Now $f_i$ is $L_i$-smooth, and nothing else. $f = \frac1n \sum_i f_i$ may have many
# valleys; we only ask that it is bounded below, so that $\inf f$ is a number. No method can
# then promise to find the lowest point. What can be promised is a point with a **small
# gradient**.
#
# For gradient descent this is one inequality. $L$-smoothness says that $f$ lies below a
# parabola: $f(x + p) \le f(x) + \langle \nabla f(x), p\rangle + \frac L2 \|p\|^2$. With
# $p = -\gamma \nabla f(x)$ and $\gamma \le \frac1L$ it follows that
#
# $$f(x^+) \le f(x) - \frac\gamma2 \|\nabla f(x)\|^2 .$$
#
# Sum over $T$ rounds. All that $f$ can fall is $f(x_0) - \inf f$. So the mean of the
# $\|\nabla f(x_t)\|^2$ is at most $\frac{2 (f(x_0) - \inf f)}{\gamma T}$: it falls like
# $\frac1T$.
#
# ## EF21 in three lines
#
# EF21 steps along $\bar d$, the mean of the estimates, instead of the gradient. Let
# $U = \frac1n \sum_i \|u_i\|^2$ be the mean square of the errors
# $u_i = \nabla f_i(x) - d_i$. Three lines make the proof.
#
# 1. **A step goes down, up to the errors.** With $p = -\gamma \bar d$, the same parabola
#    gives
#    $f(x^+) \le f(x) - \frac\gamma2 \|\nabla f(x)\|^2 - \big(\frac1{2\gamma} - \frac L2\big) \|p\|^2 + \frac\gamma2 U$.
# 2. **Errors shrink, up to the step.** The compressor gets $u_i$ plus the change of the
#    gradient, which is at most $L_i \|p\|$ long, and leaves $s$ of the length:
#    $\|u_i^+\| \le s\, (\|u_i\| + L_i \|p\|)$. Squared and averaged,
#    $U^+ \le (1 - \theta)\, U + \beta\, \tilde L^2 \|p\|^2$.
# 3. **Add them.** The mixture $\Phi = f(x) - \inf f + \frac{\gamma}{2 \theta} U$ falls by
#    $\frac\gamma2 \|\nabla f(x)\|^2$ in each round, if the $\|p\|^2$ of line 1 outweighs
#    that of line 2.
#
# Here $\theta = 1 - s$ as always, $\tilde L^2$ is the mean of the $L_i^2$, and
# $\beta = \frac{s^2}{1 - s}$. The square in line 2 is where $\theta$ and $\beta$ come from:
# **Young's inequality**, $(a + b)^2 \le (1 + y)\, a^2 + (1 + \frac1y)\, b^2$ for any
# $y > 0$. The choice $y = \frac{1 - s}{s}$ gives exactly these two.

# %%
from fractions import Fraction as F

from eftheory import laws

alpha, s = F(3, 4), F(1, 2)
y = (1 - s) / s
theta, beta = laws.theta(alpha), laws.beta(alpha)
print("theta =", theta, " beta =", beta)
assert s**2 * (1 + y) == 1 - theta == F(1, 2)
assert s**2 * (1 + 1 / y) == beta == F(1, 2)

# %% [markdown]
# In line 3 the terms with $\|p\|^2$ must not be positive:
# $\frac1{2\gamma} - \frac L2 \ge \frac{\gamma}{2\theta} \beta \tilde L^2$. Write
# $\xi = \sqrt{\beta / \theta}$, which is $\frac{s}{1 - s}$. Then the step
#
# $$\gamma = \frac{1}{L + \tilde L\, \xi}$$
#
# will do. $\xi$ is the **price of compression**: without it, $\xi = 0$, and this is the
# step of gradient descent. The result is
#
# $$\frac1T \sum_{t < T} \|\nabla f(x_t)\|^2 \le \frac{2}{\gamma T}\, \Phi_0 .$$

# %%
step = laws.ef21_nonconvex_step_size(1, 1, alpha=alpha)
print("step size =", step, " constant 2/step =", 2 / step)
assert laws.xi(alpha) == s / (1 - s) == 1
assert step == F(1, 2)
assert 1 / (2 * step) - F(1, 2) >= step / (2 * theta) * beta

# %% [markdown]
# ## A run
#
# Three agents in four dimensions, with $f_i(x) = \varphi(\langle a_i, x\rangle - b_i)$,
# where $\varphi(z) = \frac{z^2}{1 + z^2}$. This loss is bounded by one, however wrong the
# model is; robust statistics likes it. It is not convex. Its second derivative lies between
# $-\frac12$ and $2$, so $L_i = 2 \|a_i\|^2$. The compressor is Top-3 of 4, with
# $\alpha = \frac34$.

# %%
import matplotlib.pyplot as plt
import numpy as np

from eftheory.compressors import TopK

rng = np.random.default_rng(3)
a, b = rng.standard_normal((3, 4)), rng.standard_normal(3)
L = 2 * (a**2).sum(axis=1)


def value(x):
    """f(x)."""
    z = a @ x - b
    return (z**2 / (1 + z**2)).mean()


def gradients(x):
    """The three gradients, as rows."""
    z = a @ x - b
    return (2 * z / (1 + z**2) ** 2)[:, None] * a


L_tilde = (L**2).mean() ** 0.5
gamma = float(laws.ef21_nonconvex_step_size(L.mean(), L_tilde, alpha=0.75))
x = np.ones(4)
d = TopK(3)(gradients(x))
errors = ((gradients(x) - d) ** 2).sum(axis=1).mean()
Phi = value(x) + gamma / (2 * 0.5) * errors  # inf f is at least 0
squares = []
for _ in range(400):
    squares.append((gradients(x).mean(axis=0) ** 2).sum())
    x = x - gamma * d.mean(axis=0)
    d = d + TopK(3)(gradients(x) - d)
rounds = np.arange(1, 401)
measured, guaranteed = np.cumsum(squares) / rounds, 2 * Phi / (gamma * rounds)
figure, axes = plt.subplots()
axes.loglog(rounds, guaranteed, "--", label="guaranteed")
axes.loglog(rounds, measured, label="measured")
axes.set(
    xlabel="rounds T",
    ylabel="mean of $\\|\\nabla f\\|^2$",
    title="EF21 on a nonconvex function",
)
legend = axes.legend()
print(f"400 rounds: measured {measured[-1]:.5f}, guaranteed {guaranteed[-1]:.5f}")
assert (measured <= guaranteed).all()

# %% [markdown]
# ## How good is the constant?
#
# The theorem's constant is $\frac2\gamma = 4$ for $L = \tilde L = 1$. Is there a better
# proof? `certify` searches for one, at the best step, and it knows the worst case, too: an
# orbit that never settles.

# %%
from eftheory import certify

result = certify("ef21", (1, None, 12), alpha=alpha, functions="nonconvex")
print(result)
name, constant = result.guarantee.initial[0]
best = laws.ef21_nonconvex_best_constant(1.0, alpha=0.75)
print(f"before f(x0) - inf f: {float(constant):.4f}, closed form: {best:.4f}")
assert name == "f - inf f"
assert best <= float(constant) < best * (1 + 1e-4)
assert float(constant) < 0.68 * 4

# %% [markdown]
# So $2.6876$ in place of $4$: a third less, with nothing to be gained beyond that. The
# closed form for every $\alpha$ is a theorem of this project. (It promises a little less of
# the start: two more terms of it enter.)
#
# ## With noise
#
# In practice a gradient is computed from a few samples: $\nabla f_i(x) + \text{noise}$,
# where the noise is right on average. Its **variance** $\sigma^2$ is the expectation of its
# squared length. Plain stochastic gradient descent lives with it: near the minimum it
# hovers at a distance that shrinks with the step size.
#
# With a compressor in between something new happens. Let the noise be one of $(2, 0)$,
# $(0, 1)$, $(-2, -1)$, each with probability $\frac13$. Its mean is zero. What is the mean
# after Top-1?

# %%
noise = [(2, 0), (0, 1), (-2, -1)]
sent = [(2, 0), (0, 1), (-2, 0)]  # the largest entry of each
print("mean of the noise:", *(F(sum(each), 3) for each in zip(*noise)))
print("mean after Top-1: ", *(F(sum(each), 3) for each in zip(*sent)))
assert [sum(each) for each in zip(*noise)] == [0, 0]
assert [F(sum(each), 3) for each in zip(*sent)] == [0, F(1, 3)]
assert (TopK(1)(np.array(noise, dtype=float)) == np.array(sent)).all()

# %% [markdown]
# The mean is not zero any more: **the compressor turns noise into a bias.** A shorter step
# does not help against a bias. Let us see it on the simplest function,
# $f(x) = \frac12 \|x\|^2$, with EF21 and with stochastic gradient descent.
#
# The cure is **momentum**: each agent first averages its noisy gradients over time,
# $v^+ = (1 - \eta)\, v + \eta\, (\text{noisy gradient})$ with a small $\eta$, and EF21
# follows the average $v$ instead of the noisy gradient. The average has little noise left,
# so there is little for the compressor to spoil. This is **EF21-SGDM**.

# %%
draws = np.array(noise, dtype=float)[np.random.default_rng(0).integers(3, size=12_000)]


def hover(step, compressed, eta=1.0):
    """The mean of ||x||^2 over the second half of a long run."""
    x, v, d, sizes = np.ones(2), np.zeros(2), np.zeros(2), []
    for each in draws:
        x = x - step * (d if compressed else x + each)
        v = (1 - eta) * v + eta * (x + each)
        largest = abs(v - d).argmax()
        d[largest] = v[largest]  # d + Top-1 of v - d
        sizes.append(x @ x)
    return float(np.mean(sizes[len(sizes) // 2 :]))


steps = [0.1, 0.01, 0.002]
table = {
    "SGD": [hover(step, compressed=False) for step in steps],
    "EF21 with noise": [hover(step, compressed=True) for step in steps],
    "EF21-SGDM": [hover(step, compressed=True, eta=step) for step in steps],
}
figure, axes = plt.subplots()
for (name, sizes), line in zip(table.items(), ("o-", "s--", "^:")):
    print(f"{name:16}", *(f"{size:.4f}" for size in sizes))
    axes.loglog(steps, sizes, line, label=name)
axes.set(
    xlabel="step size",
    ylabel="$\\|x\\|^2$, in the long run",
    title="How near the minimum, with noise",
)
legend = axes.legend()
assert table["EF21 with noise"][-1] > 5 * table["SGD"][-1]  # stuck
assert table["EF21-SGDM"][-1] < 2 * table["SGD"][-1]  # cured

# %% [markdown]
# SGD and EF21-SGDM come as near as you like, if the step is short. EF21 without momentum
# stops coming nearer. Its guarantee says so: it has a term with $\sigma^2$ that neither
# time nor a shorter step removes; larger batches do. (With $n$ agents that term is not
# divided by $n$, either. You know why from [lesson
# 7](/course/07_why_n_does_not_matter.html): contractive compressors may all err in the same
# direction.)
#
# ## What you can now do
#
# You can prove a rate for nonconvex functions in three lines, compute EF21's step and
# constant, and explain what a compressor does to noise and how momentum repairs it. And you
# have met every idea that the proofs of this project are made of. [Read
# one](/proofs/index.html), or [write one](/exercises/index.html).
#
# **Three questions**
#
# 1. In line 1, show that
#    $-\gamma \langle \nabla f, \bar d \rangle = -\frac\gamma2 \|\nabla f\|^2 - \frac{1}{2 \gamma} \|p\|^2 + \frac\gamma2 \|\nabla f - \bar d\|^2$.
#    Which identity is it?
# 2. For small $\alpha$, how does $\xi$ grow? Compare $\alpha = \frac1{10}$ and
#    $\alpha = \frac1{100}$.
# 3. Rand-1 with the factor 2 is unbiased. Does it turn this noise into a bias?
#
# **Theorems behind this lesson**: [EF21, nonconvex](/proofs/ef21_nonconvex.html); [theta
# and beta](/proofs/theta_beta.html); [the best
# constant](/proofs/ef21_nonconvex_best_step.html) and [its worst
# case](/proofs/ef21_nonconvex_orbit.html); [EF21 with noise](/proofs/stochastic_ef21.html);
# [EF21-SGDM](/proofs/ef21_sgdm.html).
