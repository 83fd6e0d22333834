# %% [markdown]
# # The published step of two agents that differ is not the best one, whatever the analysis
#
# [ThomsenTaylorDieuleveut2026] reports for two agents, from numerical tests, that the best step is that of
# `heterogeneous_law`. Take L = (1, 1), mu = (99/100, 1/100) and alpha = 8/9, as in `law_rate_is_not_best`. At the law's
# step there is a trajectory of EF21 along which all errors and gradients are multiplied by 0.7104 at every step, and so
# their squares by more than 0.5046, for ever. At 101/100 of it, a V that also sees the last move shrinks by 0.5045.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem, complete_squares, expectation, inner, square

theorem = Theorem(
    "law_step_is_not_best_for_any_analysis",
    "Two agents: EF21 has a rate at another step that it does not have at the law's",
)

s = Fraction(1, 3)
L = Fraction(1), Fraction(1)
mu = Fraction(99, 100), Fraction(1, 100)
rate = Fraction("0.5045")

agents = 0, 1
sigma, delta = [L[i] + mu[i] for i in agents], [L[i] - mu[i] for i in agents]
law_step = 4 / sum(sigma) * (1 - s) / (1 + s)
step = Fraction(101, 100) * law_step

# %% [markdown]
# ## One step
# x has moved by q from the point before; the second gradient has changed by D meanwhile. Now x moves by p, and the
# gradients by (sigma_i/2) p + (delta_i/2) r_i. The messages b_i may be random. V is made of the errors g_i - d_i, the
# mean gradient G, and D and q.


# %%
def pair(name, random=False):
    """A vector of each agent."""
    return [theorem.vector(f"{name}{i}", random=random, latex=f"{name}_{i}") for i in (1, 2)]


def lyapunov(u1, u2, G, D, q, square=square):
    """V."""
    errors = Fraction(17, 4) * square(u1) + Fraction(20, 3) * square(u2)
    memory = 4 * square(G - Fraction("0.35") * D + Fraction("0.2") * q) + square(D - Fraction("1.8") * q) / 4
    return errors + square(G) + memory


g, d, r, b = pair("g"), pair("d"), pair("r"), pair("b", random=True)
q, D = theorem.vector("q"), theorem.vector("D")
p = -step * (d[0] + d[1]) / 2
change1, D_after = ((sigma[i] * p + delta[i] * r[i]) / 2 for i in agents)
v1, v2 = g[0] + change1 - d[0], g[1] + D_after - d[1]
G = (g[0] + g[1]) / 2
G_after = G + (change1 + D_after) / 2
V, V_after = lyapunov(g[0] - d[0], g[1] - d[1], G, D, q), lyapunov(v1 - b[0], v2 - b[1], G_after, D_after, p)

# %% [markdown]
# ## Hypotheses
# Of the compressors, their contraction, given all that came before. Of both functions, that r_i is not longer than p
# (`two_point`); of the second, three of the inequalities of `interpolation` between the point before, x and the point
# after, where its values are f0, f1 and f2.

# %%
contracted = [
    theorem.given(name, expectation(square(message - v)) <= s**2 * square(v))
    for name, message, v in zip(("compressor 1", "compressor 2"), b, (v1, v2))
]
short = [theorem.given(name, square(own) <= square(p)) for name, own in zip(("two points 1", "two points 2"), r)]
f_0, f_1, f_2 = (theorem.scalar(f"f{at}", latex=f"f^{{({at})}}") for at in (0, 1, 2))


def gap(change, move, inner=inner):
    """What is subtracted in the inequalities of `interpolation`."""
    return inner(change, change) + L[1] * mu[1] * inner(move, move) - 2 * mu[1] * inner(change, move)


interpolation = [
    theorem.given("from x", gap(-D, -q) <= 2 * delta[1] * (f_0 - f_1 - inner(g[1], -q))),
    theorem.given("to x", gap(-D_after, -p) <= 2 * delta[1] * (f_1 - f_2 - inner(g[1] + D_after, -p))),
    theorem.given("past x", gap(D + D_after, q + p) <= 2 * delta[1] * (f_2 - f_0 - inner(g[1] - D, q + p))),
]

# %% [markdown]
# ## A trajectory at the law's step
# In two coordinates. f_i is quadratic, with the curvature L_i along the first and mu_i along the second. The first
# coordinate of all that follows is in units of y, the second in units of z. One step makes y into -lambda y and z into
# lambda z; so y^2 = z^2 remains, and the next step is the same. u_i is g_i - d_i, and M the mean gradient.

# %%
y, z = theorem.scalar("y"), theorem.scalar("z")
same_size = theorem.given("same size", (y**2).equals(z**2))
growth = Fraction("0.7104")
move = Fraction(17104), Fraction("28091.2")
u = (Fraction(19000), Fraction(-5750)), (Fraction(12312), Fraction("-6976.4"))
px, py = move[0] * y, move[1] * z
u1x, u1y = u[0][0] * y, u[0][1] * z
u2x, u2y = u[1][0] * y, u[1][1] * z
Mx, My = -10000 * y, -48500 * z
errors = [
    (growth * ux) ** 2 + (growth * uy) ** 2 <= s**2 * ((ux + L[i] * px) ** 2 + (uy + mu[i] * py) ** 2)
    for i, (ux, uy) in enumerate([(u1x, u1y), (u2x, u2y)])
]

# %% [markdown]
# ## Claims
# 1. The rate at the longer step. Then, at the law's: 2., 3. p is the move -step mean d_i, with mean d_i = M - mean u_i.
# 4., 5. The mean gradient after it is (-lambda Mx, lambda My). 6., 7. The errors (-lambda u_ix, lambda u_iy) are short
# enough for the inputs of the compressors. 8. What was assumed of y and z holds after the step. 9. The squares are
# multiplied by more than the rate, if y and z are not zero.

# %%
one_step = expectation(V_after) <= rate * V
moves = [
    (-law_step * (Mx - (u1x + u2x) / 2)).equals(px),
    (-law_step * (My - (u1y + u2y) / 2)).equals(py),
    (Mx + (L[0] * px + L[1] * px) / 2).equals(-growth * Mx),
    (My + (mu[0] * py + mu[1] * py) / 2).equals(growth * My),
]
again = ((-growth * y) ** 2).equals((growth * z) ** 2)
slower = (rate + Fraction(1, 10000)) * z**2 <= (growth * z) ** 2
theorem.claim(one_step, *moves, *errors, again, slower)

# %% [markdown]
# ## Proof of the rate
# From rate V - V+ each known inequality is taken off, times its multiplier. What is left over is a form in u_i = g_i -
# d_i, p, q, D and r_i, with G = mean u_i minus p over the step. Elimination shows it as a sum of squares.

# %%
weights = Fraction(17, 4), Fraction(20, 3)
multipliers = Fraction("0.01"), Fraction("0.79")
cycle = Fraction("0.58") / (2 * delta[1])


def left_over(u1, u2, p, q, D, r1, r2):
    """The form where the vectors are numbers."""

    def times(a, b=None):
        return a * (a if b is None else b)

    change1, D_after = (sigma[0] * p + delta[0] * r1) / 2, (sigma[1] * p + delta[1] * r2) / 2
    G = (u1 + u2) / 2 - p / step
    after = lyapunov(s * (u1 + change1), s * (u2 + D_after), G + (change1 + D_after) / 2, D_after, p, times)
    slack = 2 * delta[1] * (D_after * p + D * (q + p))  # the values of f are gone
    slack -= gap(-D, -q, times) + gap(-D_after, -p, times) + gap(D + D_after, q + p, times)
    balls = multipliers[0] * (p**2 - r1**2) + multipliers[1] * (p**2 - r2**2)
    return rate * lyapunov(u1, u2, G, D, q, times) - after - balls - cycle * slack


shrinks = theorem.combine(
    "one step",
    one_step,
    [*zip(weights, contracted), *zip(multipliers, short), *((cycle, line) for line in interpolation)],
    squares=complete_squares(left_over, g[0] - d[0], g[1] - d[1], p, q, D, *r),
)

# %% [markdown]
# ## Proof of the trajectory
# It is arithmetic. In each coordinate the errors have something to spare, perhaps less than nothing; together, more.

# %%
spare_x = [s**2 * (u[i][0] + L[i] * move[0]) ** 2 - (growth * u[i][0]) ** 2 for i in agents]
spare_y = [s**2 * (u[i][1] + mu[i] * move[1]) ** 2 - (growth * u[i][1]) ** 2 for i in agents]
theorem.qed(
    shrinks,
    *map(theorem.identity, ("first move", "second move", "first gradient", "second gradient"), moves),
    *(
        theorem.combine(name, line, [(-x, same_size)], squares=[(x + y, z)])
        for name, line, x, y in zip(("first error", "second error"), errors, spare_x, spare_y)
    ),
    theorem.combine("again", again, [(growth**2, same_size)]),
    theorem.combine("slower", slower, squares=[(growth**2 - rate - Fraction(1, 10000), z)]),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
