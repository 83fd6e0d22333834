# %% [markdown]
# # From an SDP to a proof
#
# In [lesson 4](/course/04_lyapunov.html) a picture suggested that for $L = 7$, $\mu = 2$
# and $s = \frac14$ one round of EF21 multiplies $V = \|u\|^2 + s \|g\|^2$ by at most
# $\frac{9}{16}$. The picture had one variable. Now we prove it for every dimension, every
# function of the class and every compressor. A solver will find the proof, but we shall not
# believe the solver: we round what it says to fractions, and check by hand.
#
# ## What is known of one round
#
# One round of EF21 with one agent involves few vectors: the error $u$, the gradient $g$,
# and the gradient $g^+$ after the move. All others are made of these three:
#
# $$d = g - u, \qquad p = x^+ - x = -\gamma d, \qquad v = g^+ - d, \qquad u^+ = v - C(v).$$
#
# What do we know of them? Two inequalities.
#
# 1. **Of the function.** Along the move $p$ the gradient changes by something between
#    $\mu p$ and $L p$. For vectors this reads
#    $\langle (g^+ - g) - \mu p,\; L p - (g^+ - g) \rangle \ge 0$. For a parabola it is
#    $(h - \mu)(L - h) p^2 \ge 0$; that it holds for every smooth and strongly convex
#    function is [a theorem](/proofs/two_point.html).
# 2. **Of the compressor.** It is contractive: $\|u^+\|^2 \le s^2 \|v\|^2$.
#
# Nothing else. A proof can use only these, so a proof is a way to *combine* them.
#
# ## What a proof looks like
#
# Multiply inequality 1 by a number $\lambda \ge 0$, and subtract it. If
#
# $$\rho V - \big(s^2 \|v\|^2 + s \|g^+\|^2\big) - \lambda \langle (g^+ - g) - \mu p,\; L p - (g^+ - g) \rangle
# = \text{a sum of squares},$$
#
# then the left side is never negative. The bracket is at least $V^+$, by inequality 2. What
# is subtracted is at least zero, by inequality 1. Hence $V^+ \le \rho V$. The number
# $\lambda$ is called a **multiplier**. (Inequality 2 has been used with the multiplier 1.)
# So to find a proof is to find $\rho$ and $\lambda$ such that the left side is a sum of
# squares.
#
# The left side is a quadratic form in $u$, $g$, $g^+$. Such a form is a symmetric 3-by-3
# matrix. Write each vector as a list of its three coefficients; then the inner product of
# two of them is a matrix, too.

# %%
from fractions import Fraction as F

import numpy as np

L, mu, s, step = F(7), F(2), F(1, 4), F(2, 15)
u, g, g_next = (np.array([F(int(j == k)) for k in range(3)]) for j in range(3))
d = g - u
p = -step * d
v = g_next - d


def inner(a, b):
    """The matrix of the form <a, b>."""
    return (np.outer(a, b) + np.outer(b, a)) / 2


V = inner(u, u) + s * inner(g, g)
bracket = s**2 * inner(v, v) + s * inner(g_next, g_next)
function = inner(g_next - g - mu * p, L * p - (g_next - g))
for row in V:
    print(*row)
assert (V == np.diag([1, s, 0])).all()

# %% [markdown]
# ## The semidefinite programme
#
# When is a quadratic form a sum of squares? Exactly if its matrix is **positive
# semidefinite**: no eigenvalue is negative. We want the smallest $\rho$ for which some
# $\lambda \ge 0$ makes the matrix positive semidefinite. The matrix depends linearly on
# $\rho$ and $\lambda$. To minimise something linear under such a condition is called a
# **semidefinite programme**, SDP for short, and there are good solvers for it. In this
# field, asking an SDP for the worst case of a method is known as **performance
# estimation**.

# %%
import cvxpy as cp


def numbers(matrix):
    """The same in floating point, for the solver."""
    return matrix.astype(float)


rho, multiplier = cp.Variable(), cp.Variable(nonneg=True)
left_side = rho * numbers(V) - numbers(bracket) - multiplier * numbers(function)
problem = cp.Problem(cp.Minimize(rho), [left_side >> 0])
problem.solve(solver=cp.CLARABEL)
print(f"rho = {rho.value:.5f}, multiplier = {multiplier.value:.5f}")

# %% [markdown]
# ## Read, and round
#
# The solver says $0.56250$ twice, up to its tolerance. We guess the fraction with a small
# denominator that is nearest.

# %%
rate = F(float(rho.value)).limit_denominator(100)
weight = F(float(multiplier.value)).limit_denominator(100)
print("rate", rate, " multiplier", weight)
assert rate == weight == F(9, 16)

# %% [markdown]
# From here on the solver plays no part any more. If the guess is wrong, the check will say
# so.
#
# ## Recognise the square
#
# With these fractions the matrix of the left side is exact. What are its eigenvalues?

# %%
residual = rate * V - bracket - weight * function
for row in residual:
    print(*row)
eigenvalues = np.linalg.eigvalsh(numbers(residual))
print("eigenvalues, about:", [round(float(each), 6) + 0.0 for each in eigenvalues])
assert abs(eigenvalues[:2]).max() < 1e-12

# %% [markdown]
# Two of them are zero, one is positive. So the sum of squares is a **single square**: the
# form is $c\, \|a\, u + b\, g + e\, g^+\|^2$. Its matrix has the entries $c\,a^2$, $c\,ab$,
# and so on, so each row is a multiple of $(a, b, e)$. The first row, divided by its first
# entry, gives the square with $a = 1$; the factor $c$ is that first entry.

# %%
first_row = residual[0] / residual[0][0]
factor = residual[0][0]
print("factor", factor, " square of u +", first_row[1], "g +", first_row[2], "g+")
square_of = u + first_row[1] * g + first_row[2] * g_next
assert (residual == factor * inner(square_of, square_of)).all()  # every entry, exactly

# %% [markdown]
# That is the whole proof. On paper:
#
# $$\tfrac{9}{16} V - \big(s^2 \|v\|^2 + s \|g^+\|^2\big) - \tfrac{9}{16} \langle (g^+ - g) - \mu p,\; L p - (g^+ -
# g)\rangle = \tfrac{16}{25}\, \big\| u + \tfrac{13}{32}\, g - \tfrac58\, g^+ \big\|^2 .$$

# %%
assert factor == F(16, 25)
assert list(first_row) == [1, F(13, 32), -F(5, 8)]

# %% [markdown]
# Six coefficients on the left, six on the right, all equal. You could check it with a
# pencil in ten minutes. This is what "machine-checked" means in this project: the machine
# that *searches* may be wrong, and the one that *checks* does such arithmetic and nothing
# else.
#
# ## Let the kernel check it
#
# The same proof, in the language of the project's proof kit. A theorem has vectors,
# hypotheses (`given`), a `claim`, and steps. The step `combine` says: the claim is this sum
# of known lines, times multipliers, and of squares.

# %%
from eftheory import proofkit
from eftheory.proofkit.catalogue import examine


def prove(multiplier):
    """The theorem of this lesson, with the multiplier that is given."""
    theorem = proofkit.Theorem("lesson_5", "One round of EF21 with one agent")
    u, g, g_next, message = (theorem.vector(name) for name in ("u", "g", "g+", "c"))
    d = g - u
    p, v = -step * d, g_next - d
    function = theorem.given(
        "function", proofkit.inner(g_next - g - mu * p, L * p - (g_next - g)) >= 0
    )
    compressor = theorem.given(
        "compressor", proofkit.square(v - message) <= s**2 * proofkit.square(v)
    )
    V, V_next = (
        proofkit.square(error) + s * proofkit.square(gradient)
        for error, gradient in ((u, g), (v - message, g_next))
    )
    goal = theorem.claim(V_next <= F(9, 16) * V)
    shown = u + F(13, 32) * g - F(5, 8) * g_next
    theorem.qed(
        theorem.combine(
            "one step",
            goal,
            [(multiplier, function), compressor],
            squares=[(F(16, 25), shown)],
        )
    )
    return examine(theorem)


outcome = prove(F(9, 16))
print(outcome.status)
assert outcome.status == "PROVED"

# %% [markdown]
# And if we had rounded wrongly? Then the two sides differ, and the kernel says by what.
# This message is the best friend of everybody who writes such proofs: it says which terms
# do not cancel.

# %%
outcome = prove(F(5, 9))
print(outcome.status)
print(outcome.problem)
assert outcome.status != "PROVED"
assert "left over" in outcome.problem

# %% [markdown]
# ## Let the library do it all
#
# `certify` searches, rounds and checks for you. Its certificate holds what we have found:
# the Lyapunov function, the multipliers, and enough to see that the rest is a sum of
# squares.

# %%
from eftheory import certify

result = certify("ef21", (7, 2), alpha=F(15, 16))
print(result)
assert F(9, 16) <= result.rate("upper") < F(9, 16) + F(1, 10**9)
assert result.constant == 1 / s

# %% [markdown]
# The line `guarantee` speaks of a *measure*, errors plus gradient without the weight $s$:
# that is what a user cares about. As $V$ is at least $s$ times the measure and at most the
# measure, a constant $\frac1s = 4$ appears before the power.
#
# Here is how much room the rate leaves for the multiplier. Below the smallest eigenvalue of
# the matrix is drawn, for three rates. A proof needs a $\lambda$ at which it is not
# negative. At $\rho = 0.60$ there is a whole interval of them; at $\frac{9}{16}$ a single
# point, and below none. That is why a tight proof has to be *exact*: the slightest rounding
# of $\lambda$ destroys it.

# %%
import matplotlib.pyplot as plt

multipliers = np.linspace(0.2, 1.1, 145)
figure, axes = plt.subplots()
for rate_tried, line in ((0.60, "-"), (0.5625, "--"), (0.53, ":")):
    smallest = [
        np.linalg.eigvalsh(
            rate_tried * numbers(V) - numbers(bracket) - m * numbers(function)
        )[0]
        for m in multipliers
    ]
    axes.plot(multipliers, smallest, line, label=f"rate {rate_tried}")
    best = round(float(max(smallest)), 4) + 0.0
    print(f"rate {rate_tried}: at the best multiplier it is {best}")
axes.axhline(0, linewidth=0.6)
axes.set(
    xlabel="multiplier",
    ylabel="smallest eigenvalue",
    title="Where a proof of a rate exists",
)
legend = axes.legend()
assert abs(max(smallest)) > 0.01  # of the last rate: no multiplier will do

# %% [markdown]
# ## What you can now do
#
# You can set up the SDP for one round of a method, read a multiplier off a solver, round
# it, recognise the square, and have the result checked without trusting anybody.
#
# **Three questions**
#
# 1. Inequality 2 was used with the multiplier 1. What would remain on the left side with
#    another one, and could it still be a sum of squares for every $u^+$?
# 2. At the worst case of lesson 4 the square must vanish. Check it: $u = \frac1{16}$,
#    $g = 1$, $g^+ = \frac34$.
# 3. Solve the SDP with the weight 1 in place of $s$ in $V$. Which rate do you get, and does
#    it fit the picture of lesson 4?
#
# **Theorems behind this lesson**: [the two-point inequality](/proofs/two_point.html), and
# where it comes from, [interpolation](/proofs/interpolation.html); [the same proof for any
# $L$, $\mu$ and $n$](/proofs/ef21_equal_agents.html).
