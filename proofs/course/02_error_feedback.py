# %% [markdown]
# # Error feedback
#
# In [lesson 1](/course/01_compression.html) three agents drove each other away from the
# minimum, because each forgot what its compressor had dropped. The cure is as old as
# bookkeeping: **write down what you have dropped, and send it later**. We use the same
# three bowls, and again fractions.

# %%
from fractions import Fraction as F

a = [(-3, 2, 2), (2, -3, 2), (2, 2, -3)]
ones = [F(1), F(1), F(1)]


def top_1(v):
    """Keep the entry that is largest in size; of equal ones the first."""
    largest = max(range(len(v)), key=lambda j: abs(v[j]))
    return [entry if j == largest else F(0) for j, entry in enumerate(v)]


def gradients(x):
    """The gradients of the three functions at x."""
    products = [sum(p * q for p, q in zip(each, x)) for each in a]
    return [
        [2 * product * p + q / 2 for p, q in zip(each, x)]
        for each, product in zip(a, products)
    ]


def add(v, w, factor=1):
    """v + factor w."""
    return [p + factor * q for p, q in zip(v, w)]


def mean(vectors):
    """Entry by entry."""
    return [sum(entries) / len(vectors) for entries in zip(*vectors)]


def square(v):
    """The square of the length of v."""
    return sum(entry**2 for entry in v)


# %% [markdown]
# ## EF: remember what was dropped
#
# Each agent keeps one more vector, its **error** $e_i$: all that it should have sent and
# has not. In each round it adds its new step to what it owes, compresses the sum, and keeps
# the rest:
#
# $$v_i = e_i + \gamma \nabla f_i(x), \qquad x^+ = x - \frac1n \sum_i C(v_i), \qquad e_i^+ = v_i - C(v_i).$$
#
# This is **EF**, error feedback. At the start $e_i = 0$. One round on paper, that is, in
# exact numbers:


# %%
def ef_round(x, errors, step):
    """One round of EF."""
    owed = [add(e, g, step) for e, g in zip(errors, gradients(x))]
    messages = [top_1(v) for v in owed]
    return add(x, mean(messages), -1), [add(v, c, -1) for v, c in zip(owed, messages)]


step = F(1, 100)
x, errors = ef_round(ones, [[F(0)] * 3] * 3, step)
print("x:", *x, "  error of agent 1:", *errors[0])
assert (
    x == [1 + F(11, 600)] * 3
)  # the first step still goes the wrong way, as in lesson 1
assert errors[0] == [0, F(9, 200), F(9, 200)]  # but what was dropped is not lost

# %% [markdown]
# Why should this help? Look at the point where $x$ *would be* if all debts were paid at
# once,
#
# $$y = x - \frac1n \sum_i e_i.$$
#
# Put the three formulas of EF into $y^+ = x^+ - \frac1n\sum_i e_i^+$. The messages cancel,
# and what remains is
#
# $$y^+ = y - \gamma \nabla f(x).$$
#
# So $y$ does a plain, uncompressed gradient step. The only flaw is that the gradient is
# taken at $x$, not at $y$. The compressor has disappeared from the formula: **nothing is
# lost, it only comes late.** We check it over fifty rounds, exactly.

# %%
x, errors = ones, [[F(0)] * 3] * 3
for _ in range(50):
    y = add(x, mean(errors), -1)
    plain_step = add(y, mean(gradients(x)), -step)
    x, errors = ef_round(x, errors, step)
    assert add(x, mean(errors), -1) == plain_step
print("after 50 rounds, ||x||^2 =", float(square(x)))
assert square(x) < 1  # it was 3

# %% [markdown]
# ## EF21: send what has changed
#
# There is a second way to keep books. When the method converges, gradients hardly change
# from one round to the next. So each agent keeps an **estimate** $d_i$ of its gradient,
# which the server knows, too, and sends only the compressed *difference* between the true
# gradient and the estimate:
#
# $$x^+ = x - \gamma\, \frac1n \sum_i d_i, \qquad d_i^+ = d_i + C(\nabla f_i(x^+) - d_i).$$
#
# This is **EF21**. If $x$ stood still, each round would compress what is still missing, and
# the estimates would approach the gradients. If $x$ moves slowly, they can follow.


# %%
def ef21_round(x, estimates, step):
    """One round of EF21."""
    x = add(x, mean(estimates), -step)
    return x, [add(d, top_1(add(g, d, -1))) for d, g in zip(estimates, gradients(x))]


estimates = [[F(0)] * 3] * 3
for t in range(1, 6):  # x stands still: a step of length zero
    _, estimates = ef21_round(ones, estimates, F(0))
    missing = [square(add(g, d, -1)) for g, d in zip(gradients(ones), estimates)]
    print(f"round {t}: ||gradient - estimate||^2 =", *missing)
assert missing == [0, 0, 0]  # Top-1 has sent all three entries after three rounds

# %% [markdown]
# ## All four methods
#
# The same functions, the same start, the same step size $\gamma = 1/100$, the same
# compressor.

# %%
import matplotlib.pyplot as plt

from eftheory import AgentType
from eftheory.compressors import TopK
from eftheory.methods import DCGD, EF, EF21, GD
from eftheory.simulate import simulate
from eftheory.simulate.problems import Quadratic

hessians = [
    [[2 * p * q + (j == k) / 2 for k, q in enumerate(v)] for j, p in enumerate(v)]
    for v in a
]
problem = Quadratic(hessians, [[0, 0, 0]] * 3, [AgentType(L=F(69, 2), mu=F(1, 2))] * 3)
figure, axes = plt.subplots()
final = {}
for method, line in ((GD, "-"), (DCGD, "--"), (EF, "-."), (EF21, ":")):
    run = simulate(
        method(step),
        problem,
        TopK(1),
        steps=300,
        start=[1.0, 1.0, 1.0],
        keep_states=True,
    )
    sizes = [square(point) for point in run.points]
    final[method.name] = sizes[-1]
    axes.semilogy(sizes, line, label=method.name.upper())
axes.set(
    xlabel="round",
    ylabel=r"$\|x\|^2$",
    ylim=(1e-4, 1e4),
    title="Four methods on the three bowls",
)
axes.legend()
assert final["dcgd"] > 1e4  # diverges
print({name: f"{size:.1e}" for name, size in final.items()})
assert max(final["ef"], final["ef21"]) < 2 * final["gd"] < 0.01

# %% [markdown]
# DCGD explodes. EF and EF21 converge, although they send no more than DCGD: one entry of
# three.
#
# ## One method in two costumes
#
# EF remembers debts, EF21 remembers estimates. They look like different ideas. They are the
# same dynamics in different coordinates, and with these bowls we can watch it.
#
# For EF write down two things: $y = x - \frac1n\sum_i e_i$, and the errors $e_i$. For EF21
# write down two things, too: the mean gradient $G = \frac1n\sum_i \nabla f_i(x)$, and the
# errors of the estimates, $u_i = \nabla f_i(x) - d_i$. The dictionary is
#
# $$G \leftrightarrow y, \qquad u_i \leftrightarrow -e_i, \qquad \frac1n\sum_i d_i \leftrightarrow x.$$
#
# Start EF at $(1, 1, 1)$ without errors. Start EF21 where the *mean gradient* is
# $(1, 1, 1)$, with perfect estimates: that is the point $\frac67 (1, 1, 1)$, since
# gradients of these bowls are linear in $x$, and the mean gradient at $(1, 1, 1)$ is
# $\frac76 (1, 1, 1)$. Now run both.

# %%
x_ef, errors = ones, [[F(0)] * 3] * 3
x_21 = [F(6, 7)] * 3
estimates = gradients(x_21)
for _ in range(40):
    G, u = (
        mean(gradients(x_21)),
        [add(g, d, -1) for g, d in zip(gradients(x_21), estimates)],
    )
    assert add(x_ef, mean(errors), -1) == G  # y is G
    assert u == [[-entry for entry in e] for e in errors]  # u is -e
    assert mean(estimates) == x_ef  # the mean estimate of EF21 is the point x of EF
    x_ef, errors = ef_round(x_ef, errors, step)
    x_21, estimates = ef21_round(x_21, estimates, step)
digits = len(str(x_ef[0].denominator))
print(f"after 40 rounds the two agree to the last of {digits} digits")
assert digits > 100

# %% [markdown]
# Not approximately: to the last digit of fractions with a hundred digits. So whatever we
# prove of one we get for the other, and the rest of the course looks at EF21 most of the
# time. Two remarks for the careful reader. The dictionary holds for other functions, too,
# if one compares *all possible* runs of both methods; that is the theorem below. And EF
# needs one thing that EF21 does not: all $f_i$ must be smallest at the same point. Else its
# errors never vanish, since every agent has to send its own nonzero gradient for ever.
#
# ## What you can now do
#
# You can write EF and EF21 from memory, you can show with one line of algebra that EF loses
# nothing, and you can translate between the two.
#
# **Three questions**
#
# 1. Derive $y^+ = y - \gamma \nabla f(x)$ yourself. Where did you use that $C$ is a good
#    compressor?
# 2. In EF21, what are $d_i$, $u_i$ and the messages once $x$ has converged to the minimum
#    of $f$, if the $f_i$ have different minima?
# 3. Change `step` to `F(1, 20)`, as in lesson 1, in the plot. Do EF and EF21 still
#    converge? (Lesson 6 says where the limit is.)
#
# **Theorems behind this lesson**: [one step of EF and of EF21 obey the same
# equations](/proofs/ef_is_ef21_one_step.html); [their iterates agree, if the compressor is
# linear](/proofs/ef_is_ef21.html).
