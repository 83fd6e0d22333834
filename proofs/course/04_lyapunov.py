# %% [markdown]
# # A Lyapunov function from a picture
#
# EF21 converges, as we saw in [lesson 2](/course/02_error_feedback.html). To *prove* it we
# need a quantity that becomes smaller in every round, whatever the functions and the
# compressor do. This lesson finds one by looking.
#
# ## The class of functions
#
# A proof needs to say about which functions it speaks. Two numbers do that.
#
# * $f$ is **$L$-smooth** if its gradient does not change too fast:
#   $\|\nabla f(x) - \nabla f(y)\| \le L \|x - y\|$.
# * $f$ is **$\mu$-strongly convex**, with $\mu > 0$, if it curves upwards everywhere at
#   least as much as the parabola $\frac\mu2 \|x\|^2$: the function
#   $f(x) - \frac\mu2 \|x\|^2$ is convex (it lies below each of its chords).
#
# For a parabola $f(x) = \frac h2 x^2$ in one variable this means just $\mu \le h \le L$.
# The number $h$ is its **curvature**. In this lesson there is one agent, one variable, and
# such a parabola; the general case follows in lesson
# 5. Our numbers are $L = 7$, $\mu = 2$, and a compressor with $\alpha = \frac{15}{16}$,
#    that is $s = \sqrt{1 - \alpha} = \frac14$. They are chosen so that every square root is
#    a fraction. The step size is $\gamma = \frac{2}{15}$; lesson 6 says why.

# %%
from fractions import Fraction as F

L, mu, s, step = F(7), F(2), F(1, 4), F(2, 15)

# %% [markdown]
# ## The state is a point of a plane
#
# What has to go to zero? Two things: the gradient $g = \nabla f(x)$, and the error of the
# estimate, $u = g - d$. So the state of EF21 is a point $(u, g)$ of a plane, and one round
# moves the point. Let us see where to.
#
# The point $x$ moves by $-\gamma d = -\gamma (g - u)$, so the gradient of the parabola
# becomes
#
# $$g^+ = g - \gamma h\, (g - u).$$
#
# The compressor gets $v = g^+ - d = u + g^+ - g$, and leaves an error $u^+ = v - C(v)$. In
# one variable all we know of it is $|u^+| \le s |v|$. So $u^+ = c\, v$ with some number $c$
# between $-s$ and $s$.


# %%
def one_round(u, g, h, c):
    """EF21 on a parabola, when the compressor leaves c times its input."""
    g_next = g - step * h * (g - u)
    return c * (u + g_next - g), g_next


print("from (u, g) = (1, 0):", *one_round(1, 0, L, -s))
print("from (u, g) = (0, 1):", *one_round(0, 1, L, -s))
assert one_round(1, 0, L, -s) == (-F(29, 60), F(14, 15))
assert one_round(0, 1, L, -s) == (F(7, 30), F(1, 15))

# %% [markdown]
# The first line starts at the minimum, $g = 0$, but with a wrong estimate. The method walks
# *away* from the minimum. So the gradient alone does not shrink. The second line starts
# with a perfect estimate, and the next one is wrong. So the error alone does not shrink.
# Each feeds the other. We need a mixture of both.
#
# ## An ellipse that is mapped into itself
#
# Try $V(u, g) = u^2 + w\, g^2$ with some weight $w > 0$. The points with $V = 1$ form an
# ellipse. If one round maps every point of this ellipse to a point with $V \le \rho$,
# whatever $h$ and $c$ are, then $V^+ \le \rho V$ everywhere, since the map is linear. Then
# after $t$ rounds $V_t \le \rho^t V_0$, and if $\rho < 1$ everything goes to zero. Such a
# $V$ is called a **Lyapunov function**, and $\rho$ is a [rate](/glossary.html#rate).
#
# Which weight is best? Let the computer try. For each $w$ we look for the worst curvature
# and the worst point. Two remarks on the code. It is enough to try $h = \mu$, $h = L$ and
# $|c| = s$: $V^+$ is a convex function of $h$ and of $c$, so it is largest at an end. And
# if the second axis is scaled by $\sqrt w$, $V$ is the ordinary square of the length; how
# much a matrix can stretch a length is its **spectral norm**, `np.linalg.norm(M, 2)`.

# %%
import matplotlib.pyplot as plt
import numpy as np


def worst_factor(w):
    """The largest V+/V: the square of a spectral norm."""
    scale = np.diag([1, w**0.5])
    columns = [
        np.array([one_round(*z, h, s) for z in ((1, 0), (0, 1))], float).T
        for h in (mu, L)
    ]
    maps = [scale @ M @ np.linalg.inv(scale) for M in columns]
    return max(np.linalg.norm(M, 2) ** 2 for M in maps)


weights = np.linspace(0.05, 1, 96)
factors = [worst_factor(w) for w in weights]
best = weights[np.argmin(factors)]
figure, axes = plt.subplots()
axes.plot(weights, factors)
axes.axhline(1, color="C1", linestyle="--")
axes.set(
    xlabel="weight w",
    ylabel="worst $V^+/V$",
    title="The worst factor of one round, for each weight w",
)
print(f"best weight: {best:.3f}, factor there: {min(factors):.4f}")
assert abs(best - 0.25) < 0.006
assert abs(min(factors) - 0.5625) < 1e-3
assert worst_factor(1) > 1

# %% [markdown]
# The smallest factor is at $w = \frac14$, and that is our $s$. It is
# $0.5625 = \frac{9}{16}$. With the plain sum of squares, $w = 1$, the factor is above 1:
# that mixture proves nothing.
#
# Here is the picture behind it. The thick ellipse is $V = 1$ with $w = s$. Each thin one is
# where a round takes it, for one curvature and one compressor. The dashed ellipse is
# $V = \frac{9}{16}$. All thin ones lie inside it, and some touch it.

# %%
angles = np.linspace(0, 2 * np.pi, 100)
ellipse = np.cos(angles), np.sin(angles) / float(s) ** 0.5
images = [
    one_round(*ellipse, h, c)
    for h in np.linspace(float(mu), float(L), 7)
    for c in np.linspace(-float(s), float(s), 9)
]
figure, axes = plt.subplots(figsize=(4.2, 4.6))
for u, g in images:
    axes.plot(u, g, color="C0", linewidth=0.4)
axes.plot(*ellipse, "C1", label="$V = 1$")
axes.plot(ellipse[0] * 0.75, ellipse[1] * 0.75, "C1--", label="$V = 9/16$")
axes.set(
    xlabel="error u",
    ylabel="gradient g",
    ylim=(-2.2, 3.0),
    title="One round maps the ellipse into a smaller one",
)
axes.legend(loc="upper left")
assert max((u**2 + float(s) * g**2).max() for u, g in images) <= 0.5625 + 1e-9

# %% [markdown]
# ## Why w = s?
#
# The worst compressor leaves $c = -s$: it *overshoots*, it sends $(1 + s) v$ instead of
# $v$. With $a = \gamma h$, one round is then the matrix
#
# $$\begin{pmatrix} u^+ \\ g^+ \end{pmatrix} = \begin{pmatrix} -s (1 + a) & s a \\ a & 1 - a \end{pmatrix}
# \begin{pmatrix} u \\ g \end{pmatrix}.$$
#
# It is almost symmetric: the two entries off the diagonal are $sa$ and $a$. Scale the
# second axis by $\sqrt{s}$, that is, measure length with $V = u^2 + s g^2$, and it becomes
# symmetric. A symmetric matrix stretches nothing by more than its largest eigenvalue. So in
# this $V$, and only in this one, the worst factor of *one* round is what happens in *every*
# round along the eigenvector. No other measure can do better, since that trajectory exists.
#
# So we check with fractions: a state that is multiplied by $r = \frac34$ in every round,
# and its square $r^2 = \frac{9}{16}$.

# %%
r = F(3, 4)
u, g = s * (1 - r), r + s  # an eigenvector, for h = mu
for t in range(5):
    print(f"round {t}: u = {u}, g = {g}, V = {u**2 + s * g**2}")
    after = one_round(u, g, mu, -s)
    assert after == (r * u, r * g)
    u, g = after

# %% [markdown]
# And the other half, that *nothing* in this plane is slower: $\frac{9}{16} V - V^+$ is
# never negative. For fixed $h$ it is a quadratic form in $(u, g)$ with a 2-by-2 matrix.
# Such a form is never negative if both numbers on the diagonal and the determinant are not
# negative. We compute all three, exactly, at both ends.


# %%
def form(h):
    """The matrix of 9/16 V - V+; with c = s, as only the square of c matters."""

    def value(u, g):
        u_next, g_next = one_round(u, g, h, s)
        return F(9, 16) * (u**2 + s * g**2) - (u_next**2 + s * g_next**2)

    first, second = value(1, 0), value(0, 1)
    return first, second, (value(1, 1) - first - second) / 2


for h in (mu, L):
    first, second, mixed = form(h)
    determinant = first * second - mixed**2
    print(f"h = {h}: diagonal {first}, {second}, determinant {determinant}")
    assert first >= 0
    assert second >= 0
    assert determinant == 0

# %% [markdown]
# The determinants are exactly zero: in one direction the form vanishes. This is where thin
# ellipses touch the dashed one, at $h = \mu$ and at $h = L$. A proof that has nothing to
# spare is called **tight**.
#
# ## Does the picture lie?
#
# We looked at one agent and one variable. Here are three agents in sixteen dimensions with
# Top-15, which has $\alpha = \frac{15}{16}$. For several agents we take means:
# $V = \frac1n \sum_i \|u_i\|^2 + s\, \|\frac1n \sum_i g_i\|^2$.

# %%
from eftheory import AgentType
from eftheory.compressors import TopK
from eftheory.methods import EF21
from eftheory.simulate import simulate
from eftheory.simulate.problems import Quadratic

problem = Quadratic.random(
    [AgentType(L=L, mu=mu, count=3)], 16, rng=np.random.default_rng(0)
)
run = simulate(EF21(step), problem, TopK(15), steps=30, keep_states=True)
values = []
for x, d in run.states:
    g = problem.gradients(x)
    values.append(
        ((g - d) ** 2).sum(axis=1).mean() + float(s) * (g.mean(axis=0) ** 2).sum()
    )
ratios = np.array(values[1:]) / values[:-1]
print("largest V+/V seen:", round(float(ratios.max()), 3), " guaranteed: 0.5625")
assert ratios.max() <= 0.5625

# %% [markdown]
# It holds, with room to spare. But a run is no proof; the worst case may be something that
# no run has met. The next lesson proves it, for all dimensions, all functions of the class,
# and all compressors.
#
# ## What you can now do
#
# You can say what a Lyapunov function is, draw one as an ellipse, find its weight with a
# one-line search, and check a quadratic form with three numbers.
#
# **Three questions**
#
# 1. How many rounds does EF21 need here until $V$ is a millionth of what it was? (Solve
#    $(9/16)^t = 10^{-6}$.)
# 2. Without compression $s = 0$. What does the ellipse become, and what is the matrix of
#    one round?
# 3. Why is it enough to look at $V = 1$, and not at all ellipses? (What happens to $V^+$ if
#    $u$ and $g$ are doubled?)
#
# **Theorems behind this lesson**: [the state that is multiplied by
# r](/proofs/tight_lower_bound.html); [the rate of V for equal
# agents](/proofs/ef21_equal_agents.html).
