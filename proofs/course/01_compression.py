# %% [markdown]
# # Compression, and what it breaks
#
# You know gradient descent: to make a function $f$ small, repeat
# $x^+ = x - \gamma \nabla f(x)$. Here $x$ is a vector of $d$ numbers, $\nabla f(x)$ is the
# gradient, $\gamma > 0$ is the **step size**, and $x^+$ is the point after the step. This
# course is about what happens when the gradient has to travel.
#
# Several machines share the work. We call them **agents**; there are $n$ of them. Agent $i$
# knows one function $f_i$, say the error of a model on its own data. A **server** wants to
# minimise the mean
#
# $$f(x) = \frac{1}{n} \sum_{i=1}^n f_i(x).$$
#
# In each round every agent sends its gradient $\nabla f_i(x)$ to the server. That is $d$
# numbers for each agent, and $d$ may be a billion. So agents would like to send less.

# %% [markdown]
# ## A compressor
#
# A **compressor** $C$ turns a vector into one that is cheaper to send. The most popular one
# is **Top-k**: keep the $k$ entries that are largest in absolute value, and put zero for
# all others. What is sent, $C(v)$, is the **message**.
#
# We compute with fractions, so that every number you see is exact.

# %%
from fractions import Fraction as F


def top_1(v):
    """Keep the entry that is largest in size; of equal ones the first."""
    largest = max(range(len(v)), key=lambda j: abs(v[j]))
    return [entry if j == largest else F(0) for j, entry in enumerate(v)]


message = top_1([F(3), F(-5), F(1)])
print(*message)
assert message == [0, -5, 0]

# %% [markdown]
# ## With one agent, nothing breaks
#
# The obvious method is this: every agent compresses its gradient, and the server steps
# along the mean of the messages,
#
# $$x^+ = x - \gamma \, \frac{1}{n} \sum_{i=1}^n C(\nabla f_i(x)).$$
#
# It is called **DCGD**, distributed compressed gradient descent. Let us try it with one
# agent first, on $f(x) = \frac12 (x_1^2 + 2 x_2^2 + 3 x_3^2)$. Its gradient is
# $(x_1, 2 x_2, 3 x_3)$.

# %%
x, step = [F(1), F(1), F(1)], F(1, 3)
for _ in range(9):
    gradient = [x[0], 2 * x[1], 3 * x[2]]
    x = [entry - step * sent for entry, sent in zip(x, top_1(gradient))]
print("after 9 steps:", *x)
assert all(0 <= entry < F(1, 5) for entry in x)

# %% [markdown]
# It works. One entry moves at a time, always the one with the largest slope, so every step
# goes downhill. With one agent this is a theorem: [a step never increases
# f](/proofs/cgd_descent.html), if it is not too long.

# %% [markdown]
# ## Three agents: everything breaks
#
# Now three agents with the functions
#
# $$f_i(x) = \langle a_i, x\rangle^2 + \tfrac14 \|x\|^2, \qquad
# a_1 = (-3, 2, 2), \quad a_2 = (2, -3, 2), \quad a_3 = (2, 2, -3).$$
#
# Here $\langle a, x\rangle = \sum_j a_j x_j$ is the inner product and
# $\|x\|^2 = \langle x, x\rangle$. These are bowls, as harmless as functions can be. All
# three are smallest at $x = 0$. The gradient is
# $\nabla f_i(x) = 2 \langle a_i, x\rangle\, a_i + \frac12 x$. Let us look at it at the
# point $(1, 1, 1)$.

# %%
a = [(-3, 2, 2), (2, -3, 2), (2, 2, -3)]


def gradients(x):
    """The gradients of the three functions at x."""
    products = [sum(p * q for p, q in zip(each, x)) for each in a]
    return [
        [2 * product * p + q / 2 for p, q in zip(each, x)]
        for each, product in zip(a, products)
    ]


def mean(vectors):
    """Entry by entry."""
    return [sum(entries) / len(vectors) for entries in zip(*vectors)]


ones = [F(1), F(1), F(1)]
for number, gradient in enumerate(gradients(ones), 1):
    print(f"agent {number}: gradient", *gradient, "  message", *top_1(gradient))
true_gradient = mean(gradients(ones))
mean_message = mean([top_1(gradient) for gradient in gradients(ones)])
print("mean gradient:", *true_gradient)
print("mean message: ", *mean_message)
assert true_gradient == [F(7, 6)] * 3
assert mean_message == [F(-11, 6)] * 3

# %% [markdown]
# Look at the last two lines. The mean gradient is $\frac76 (1, 1, 1)$: downhill is towards
# zero. The mean message is $-\frac{11}{6} (1, 1, 1)$: it points **the other way**. Each
# agent sends its single largest entry, $-\frac{11}{2}$. The two entries $\frac92$ that it
# drops are smaller, but there are two of them. Together they would have won the vote.
#
# So DCGD steps from $(1, 1, 1)$ to $(1 + \frac{11}{6} \gamma)(1, 1, 1)$, away from the
# minimum. The new point is again a multiple of $(1, 1, 1)$, so the same happens again, with
# the same factor. A shorter step does not help: it only makes the explosion slower.

# %%
step = F(1, 20)
x, growth = ones, 1 + F(11, 6) * step
for t in range(1, 21):
    x = [
        entry - step * sent
        for entry, sent in zip(x, mean([top_1(g) for g in gradients(x)]))
    ]
    assert x == [growth**t] * 3  # exactly, in every step
print("factor of each step:", growth, " after 20 steps:", float(x[0]))

# %% [markdown]
# ## See it
#
# The same run, next to gradient descent with the same step size. The vertical axis is
# $\|x\|^2$, on a logarithmic scale.

# %%
import matplotlib.pyplot as plt


def run(compress, rounds=40):
    """The values of ||x||^2 along a run from (1, 1, 1)."""
    x, sizes = ones, []
    for _ in range(rounds):
        sizes.append(float(sum(entry**2 for entry in x)))
        x = [
            entry - step * sent
            for entry, sent in zip(x, mean([compress(g) for g in gradients(x)]))
        ]
    return sizes


figure, axes = plt.subplots()
axes.semilogy(run(lambda v: v), label="gradient descent")
axes.semilogy(run(top_1), "--", label="DCGD with Top-1")
axes.set(
    xlabel="round",
    ylabel=r"$\|x\|^2$",
    title="The same functions and step size, with and without Top-1",
)
legend = axes.legend()

# %% [markdown]
# ## With eftheory
#
# You need not write the loop. The library has the method, the compressor and the functions;
# in fractions, too. A quadratic function is handed over as its matrix of second
# derivatives, the **Hessian**: that of $f_i$ is $2 a_i a_i^T + \frac12 I$.

# %%
from eftheory import AgentType
from eftheory.compressors import TopK
from eftheory.methods import DCGD
from eftheory.simulate import simulate
from eftheory.simulate.rational import RationalQuadratic

hessians = [
    [[2 * p * q + F(int(j == k), 2) for k, q in enumerate(v)] for j, p in enumerate(v)]
    for v in a
]
# How curved the bowls are at most, L, and at least, mu: more of it in lesson 4.
bowls = [AgentType(L=F(69, 2), mu=F(1, 2))] * 3
problem = RationalQuadratic(hessians, [[0, 0, 0]] * 3, bowls)
trajectory = simulate(DCGD(step), problem, TopK(1), steps=20, start=ones)
grown = trajectory.measures[-1] / trajectory.measures[0]
print("||x||^2 after 20 steps, over what it was:", float(grown))
assert grown == growth**40

# %% [markdown]
# ## What you can now do
#
# You can say what agents, messages and compressors are; you can write DCGD; and you can
# show somebody, by hand, three bowls on which it diverges at every step size. What the
# agents *dropped* is the problem. The next lesson shows what to do about it: do not forget
# what you have dropped.
#
# **Three questions**
#
# 1. Start at $(-1, -1, -1)$ instead. What happens, and why do you not need to compute
#    anything?
# 2. With Top-2 in place of Top-1, what is the mean message at $(1, 1, 1)$? Run it: does
#    DCGD still diverge?
# 3. Why can this not happen with one agent? (Compare
#    $\langle \nabla f(x), C(\nabla f(x)) \rangle$ with zero.)
#
# **Theorems behind this lesson**: [DCGD diverges at every step
# size](/proofs/dcgd_diverges.html); [one agent: a step decreases
# f](/proofs/cgd_descent.html).
