# %% [markdown]
# # How a one-per-cent test misleads
#
# This is a true story. For two agents that differ, a paper reports what numerical tests had
# shown: at the step of the law, the $V$ of the law is the best one, its rate is the best
# rate, and the step is the best step. The tests compared the law with the optimum of an SDP
# on large grids of constants, and passed whenever the two differed by less than one per
# cent. They passed everywhere. ([The paper](/bibliography.html#ThomsenTaylorDieuleveut2026)
# is careful: it calls the statements *empirical laws*, not theorems.)
#
# All three are false, if "best" means best. In this lesson you find that out yourself.
#
# ## The test passes
#
# We do the same test. Two agents, $L = 1$ and $\mu = \frac12 \pm t$, and
# $\alpha = \frac89$, at the law's step. `certify` searches for the best quadratic $V$ with
# an SDP. (A $V$ *without memory* sees $u_1$, $u_2$ and the mean gradient of the present
# round, as all of ours did.)

# %%
from fractions import Fraction as F

from eftheory import certify, laws

alpha, spreads = F(8, 9), (F(1, 10), F(2, 10), F(3, 10), F(4, 10), F(49, 100))
found = {}
print("   t   law        search     difference")
for t in spreads:
    pair = [(1, F(1, 2) + t), (1, F(1, 2) - t)]
    law = float(laws.heterogeneous_rate(pair, alpha=alpha))
    found[t] = certify("ef21", pair, alpha=alpha, step_size="law")
    best = float(found[t].rate("upper"))
    print(f"{float(t):.2f}  {law:.7f}  {best:.7f}  {100 * (law / best - 1):.4f} %")
    assert law / best - 1 < 0.01  # the test

# %% [markdown]
# Every line passes the test, most of them by a wide margin. Would you now believe that the
# law is the optimum? Look at the last column again. It is never zero, it is always
# *positive*, and it grows with the spread $t$. Noise has no favourite sign. What we see is
# not a solver's tolerance, which is about $10^{-8}$; it is a difference of four parts in a
# thousand.
#
# A tolerance of one per cent answers the question "are the two close?" It was read as an
# answer to "are the two equal?"

# %%
import matplotlib.pyplot as plt

gaps = [
    float(laws.heterogeneous_rate([(1, F(1, 2) + t), (1, F(1, 2) - t)], alpha=alpha))
    / float(found[t].rate("upper"))
    - 1
    for t in spreads
]
figure, axes = plt.subplots()
axes.semilogy([float(t) for t in spreads], gaps, "o-", label="law / search - 1")
axes.axhline(0.01, color="C1", linestyle="--", label="the test: 1 %")
axes.axhline(1e-8, color="C2", linestyle=":", label="tolerance of a solver")
axes.set(
    xlabel="spread t",
    ylabel="relative difference",
    title="The law against the best V, two agents",
)
legend = axes.legend()
assert gaps == sorted(gaps)
assert gaps[0] > 1e-6
assert 0.003 < gaps[-1] < 0.004

# %% [markdown]
# ## A better V, by hand
#
# To refute "the law's $V$ is best" we need one better $V$, and a proof for it. Take the
# last line of the table: $\mu = (\frac{99}{100}, \frac{1}{100})$, $s = \frac13$, step
# $\frac23$. The law weighs the errors of the two agents with $1/\sigma_i$. Try whole
# numbers instead:
#
# $$V = 7\, \|u_1\|^2 + 13\, \|u_2\|^2 + 7\, \Big\|\frac{g_1 + g_2}{2}\Big\|^2 .$$
#
# As in lesson 5 we want $\rho V - V^+$ minus multiples of the known inequalities to be a
# sum of squares. The inequality of each function is used as a ball (lesson 8):
# $g_i^+ = g_i + \frac{\sigma_i}{2} p + \frac{\delta_i}{2} r_i$ with $\|r_i\| \le \|p\|$. So
# everything is a form in five vectors: $u_1, u_2, r_1, r_2, p$. The mean gradient is one of
# their combinations: from $p = -\gamma\, \frac{d_1 + d_2}{2}$ it follows that
# $\frac{g_1 + g_2}{2} = \frac{u_1 + u_2}{2} - \frac{p}{\gamma}$.

# %%
L, mu, s, step = (F(1), F(1)), (F(99, 100), F(1, 100)), F(1, 3), F(2, 3)
assert step == laws.heterogeneous_step_size(zip(L, mu), alpha=alpha)


def left_over(rate, weights, multipliers, vectors):
    """The form, where the five vectors are numbers."""
    u, r, p = vectors[:2], vectors[2:4], vectors[4]
    changes = [(L[i] + mu[i]) / 2 * p + (L[i] - mu[i]) / 2 * r[i] for i in range(2)]
    G = (u[0] + u[1]) / 2 - p / step
    G_next = G + (changes[0] + changes[1]) / 2
    V = weights[0] * u[0] ** 2 + weights[1] * u[1] ** 2 + weights[2] * G**2
    V_next = weights[2] * G_next**2 + s**2 * sum(
        weights[i] * (u[i] + changes[i]) ** 2 for i in range(2)
    )
    return (
        rate * V - V_next - sum(multipliers[i] * (p**2 - r[i] ** 2) for i in range(2))
    )


# %% [markdown]
# The matrix of a form has the entries $\frac12 \big( f(e_j + e_k) - f(e_j) - f(e_k) \big)$.
# Whether it is positive semidefinite is decided by elimination, as for linear equations:
# all **pivots** must be positive. In fractions there is nothing to round.


# %%
def pivots(form, size=5):
    """The pivots of the matrix of a form, by elimination in fractions."""
    unit = [[F(int(j == k)) for k in range(size)] for j in range(size)]
    value = [form(each) for each in unit]
    A = [
        [
            (form([a + b for a, b in zip(unit[j], unit[k])]) - value[j] - value[k]) / 2
            for k in range(size)
        ]
        for j in range(size)
    ]
    found = []
    for j in range(size):
        found.append(A[j][j])
        for i in range(j + 1, size):
            A[i] = [a - A[i][j] / A[j][j] * b for a, b in zip(A[i], A[j])]
    return found


rate, multipliers = F("0.5065"), (F(1, 50), F(11, 5))
numbers = pivots(lambda vectors: left_over(rate, (7, 13, 7), multipliers, vectors))
print("pivots, about:", *(f"{float(each):.5f}" for each in numbers))
assert min(numbers) > 0

# %% [markdown]
# All five pivots are positive: the form is a sum of squares, and $V^+ \le 0.5065\, V$ is
# **proved**. The law gives $0.50746$. And $V$ of the law cannot do better than that: its
# own rate is exact for it. So the law's $V$ is not the best.

# %%
law = laws.heterogeneous_rate(list(zip(L, mu)), alpha=alpha)
print("proved:", float(rate), " the law:", round(float(law), 6))
assert float(rate) < 0.5074 < float(law)

# %% [markdown]
# With how much less could we get away? The search's `class >=` is a proof as well: *no*
# quadratic $V$ of this kind has a rate below it, at this step.

# %%
last = found[F(49, 100)]
print("best V, from above:", float(last.rate("upper")))
print("best V, from below:", float(last.rate("class_bound")))
assert last.rate("upper") - last.rate("class_bound") < F(1, 10**8)

# %% [markdown]
# ## A better step
#
# Is at least the law's step the best one? For a second pair, $L = (1, \frac1{10})$ and
# $\mu = (\frac1{100}, \frac9{100})$, we let the library choose.

# %%
pair = [(1, F(1, 100)), (F(1, 10), F(9, 100))]
at_law = certify("ef21", pair, alpha=alpha, step_size="law")
at_best = certify("ef21", pair, alpha=alpha)
law_step, best_step = (each.setting.method.step_size for each in (at_law, at_best))
print(f"law's step, {law_step}: no V below {float(at_law.rate('class_bound')):.6f}")
print(f"better step, {best_step}: proved {float(at_best.rate('upper')):.6f}")
assert at_best.rate("upper") < at_law.rate("class_bound")
assert F(97, 100) < best_step / law_step < F(99, 100)

# %% [markdown]
# At the law's step *every* $V$ of the class has a rate of at least $0.8538$. At a step that
# is two per cent shorter, one has $0.8515$. So the law's step is not the best, either.
#
# One doubt remains. Could it be that at the law's step EF21 *is* faster, and only our $V$
# do not see it? Yes, partly! A $V$ **with memory**, which sees the round before, too,
# proves a better rate there. And a worst-case trajectory shows that this is the end:

# %%
memory = certify("ef21", pair, alpha=alpha, step_size="law", memory=1)
print("law's step, with memory:", float(memory.rate("upper")))
print("law's step, worst case: ", float(memory.rate("lower")))
assert memory.rate("upper") - memory.rate("lower") < F(1, 10**8)
assert memory.rate("upper") < at_law.rate("class_bound")

# %% [markdown]
# So the true rate at the law's step is $0.85032$: neither the law's number nor that of the
# best $V$ without memory. And even so the step is not the best for any analysis; that is
# the last theorem below, for the first pair.
#
# ## What is to be learned
#
# * A test with a tolerance shows that two numbers are *close*. To say that they are
#   *equal*, prove it.
# * Look at the sign of the differences. Errors of rounding scatter around zero; a true
#   difference does not.
# * Ask both sides. An upper bound says what can be proved, a lower bound what cannot. Only
#   where they meet is the truth.
# * The law is still a good one: a closed formula, proved for any number of agents, and here
#   within four parts in a thousand of the best. It is just not the last word.

# %% [markdown]
# ## What you can now do
#
# You can refute a conjecture about a best Lyapunov function with five pivots, read a class
# bound, and tell "close" from "equal".
#
# **Three questions**
#
# 1. Lower `rate` from $0.5065$ in steps of $0.0001$, with the same weights and multipliers.
#    Where does a pivot become negative? What would you change then, to go on?
# 2. For $t \to 0$ the relative difference goes to zero. Why must it? (Which theorem holds
#    for equal agents?)
# 3. A friend tests a formula on a thousand random inputs to six digits. What would you look
#    at first?
#
# **Theorems behind this lesson**: [a better V at the law's
# step](/proofs/law_rate_is_not_best.html); [a better
# step](/proofs/law_step_is_not_best.html); [a better step, whatever the
# analysis](/proofs/law_step_is_not_best_for_any_analysis.html); [the law is exact for its
# own V](/proofs/heterogeneous_law_tight.html).
