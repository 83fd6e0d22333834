# %% [markdown]
# # The published rate of two agents that differ, at constants of the published tests
#
# As `finding_c_rate`, with L = (1, 1) and condition numbers 2 and 100, which are on the grid that
# [ThomsenTaylorDieuleveut2026] used for its tests, and with alpha = 3/4. V with the law's weights, 1/(L_i + mu_i), has
# the factor rho > 0.76608, and no smaller one (`heterogeneous_law_tight`). With the weights 30, 43 and 38 it has the
# factor 0.7658: at the same step, for EF21 and for EF.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem, complete_squares, expectation, square

theorem = Theorem(
    "finding_c_published_grid",
    "Condition numbers 2 and 100, the law's step: V with other weights shrinks by a smaller factor than the law's root",
)

s = Fraction(1, 2)
L = Fraction(1), Fraction(1)
mu = Fraction(1, 2), Fraction(1, 100)
weights = 30, 43, 38
rate = Fraction("0.7658")
below_law = Fraction("0.76608")

# %% [markdown]
# ## The law
# s is that of alpha = 1 - s^2: a compressor leaves at most s of a vector's length. sigma_i = L_i + mu_i, delta_i = L_i
# - mu_i and S = mean sigma_i; the law's step is (2/S) (1 - s)/(1 + s). With k_i = delta_i/sigma_i, m = mean delta_i/S
# and K = mean (delta_i^2/sigma_i)/S are the means of k_i and k_i^2 with the weights sigma_i/S. Q is the law's cubic,
# and rho a root of it above s: there is no other (`law_root`), and there is one, as Q(s) < 0 < Q(1). It is no rational
# number, as Q is irreducible; so no example in rational numbers can be shown here, and one is tested at both ends of a
# short interval in which rho lies.

# %%
agents = 0, 1
sigma, delta = [L[i] + mu[i] for i in agents], [L[i] - mu[i] for i in agents]
S = sum(sigma) / 2
step = 2 / S * (1 - s) / (1 + s)
m = sum(delta) / (2 * S)
K = sum(delta[i] ** 2 / sigma[i] for i in agents) / (2 * S)
R = (1 - s) ** 2 / (1 + s)


def Q(rho):
    """The cubic."""
    return (rho - s) * (rho**2 - (s + s**2 + R * s * K) * rho + s**3) - R * m**2 * rho * (rho - s**3)


rho = theorem.parameter("rho", above=s, latex=r"\rho")
law = theorem.given("law", Q(rho).equals(0))


# %% [markdown]
# ## EF21
# x moves by p, and the gradients by (sigma_i/2) p + (delta_i/2) r_i, where r_i is not longer than p (`two_point`). The
# messages b_i may be random; of the compressors only their contraction is known, given all that came before.


# %%
def pair(name, random=False):
    """A vector of each agent."""
    return [theorem.vector(f"{name}{i}", random=random, latex=f"{name}_{i}") for i in (1, 2)]


def lyapunov(u1, u2, G):
    """V."""
    return weights[0] * square(u1) + weights[1] * square(u2) + weights[2] * square(G)


g, d, r, b = pair("g"), pair("d"), pair("r"), pair("b", random=True)
p = -step * (d[0] + d[1]) / 2
v1, v2 = (g[i] + (sigma[i] * p + delta[i] * r[i]) / 2 - d[i] for i in agents)
G, G_after = (g[0] + g[1]) / 2, (v1 + d[0] + v2 + d[1]) / 2
V, V_after = lyapunov(g[0] - d[0], g[1] - d[1], G), lyapunov(v1 - b[0], v2 - b[1], G_after)

short = [theorem.given(name, square(own) <= square(p)) for name, own in zip(("two points 1", "two points 2"), r)]
contracted = [
    theorem.given(name, expectation(square(message - v)) <= s**2 * square(v))
    for name, message, v in zip(("compressor 1", "compressor 2"), b, (v1, v2))
]

# %% [markdown]
# ## EF
# y is x - x*, where both functions are stationary at x*, so that their gradients at x are (sigma_i/2) y + (delta_i/2)
# q_i with q_i not longer than y. c_i is the message. Y is y - mean e_i, which does not see what the compressors do.

# %%
y, e, q, c = theorem.vector("y"), pair("e"), pair("q"), pair("c", random=True)
w1, w2 = (e[i] + step * (sigma[i] * y + delta[i] * q[i]) / 2 for i in agents)
Y = y - (e[0] + e[1]) / 2
Y_after = y - (c[0] + c[1]) / 2 - (w1 - c[0] + w2 - c[1]) / 2
V_EF, V_EF_after = lyapunov(e[0], e[1], Y), lyapunov(w1 - c[0], w2 - c[1], Y_after)

short_EF = [
    theorem.given(name, square(own) <= square(y)) for name, own in zip(("two points 1, EF", "two points 2, EF"), q)
]
contracted_EF = [
    theorem.given(name, expectation(square(message - w)) <= s**2 * square(w))
    for name, message, w in zip(("compressor 1, EF", "compressor 2, EF"), c, (w1, w2))
]

# %% [markdown]
# ## Claims
# V is made of the errors v_i - b_i = g_i - d_i and the mean gradient G; its weights are positive. For EF it is made of
# e_i and Y.

# %%
claims = theorem.claim(
    expectation(V_after) <= rate * V, expectation(V_EF_after) <= rate * V_EF, below_law < rho, rate < rho
)

# %% [markdown]
# ## Proof of the rate
# From rate V - V+ each known inequality is taken off, times its multiplier. What is left over is a form in u_i, r_i and
# p, with u_i = g_i - d_i and G = mean u_i - p/step. Elimination shows it as a sum of squares. For EF, u_i = -e_i and
# p = -step y.

# %%
multipliers = Fraction(73, 10), Fraction(17)


def left_over(u1, u2, r1, r2, p):
    """The form where the vectors are numbers."""
    changes = [(sigma[i] * p + delta[i] * (r1, r2)[i]) / 2 for i in agents]
    G = (u1 + u2) / 2 - p / step
    before = weights[0] * u1**2 + weights[1] * u2**2 + weights[2] * G**2
    errors = s**2 * (weights[0] * (u1 + changes[0]) ** 2 + weights[1] * (u2 + changes[1]) ** 2)
    after = errors + weights[2] * (G + sum(changes) / 2) ** 2
    return rate * before - after - multipliers[0] * (p**2 - r1**2) - multipliers[1] * (p**2 - r2**2)


one_step = theorem.combine(
    "one step",
    claims[0],
    [*zip(weights, contracted), *zip(multipliers, short)],
    squares=complete_squares(left_over, g[0] - d[0], g[1] - d[1], *r, p),
)
one_step_EF = theorem.combine(
    "one step of EF",
    claims[1],
    [*zip(weights, contracted_EF), *((step**2 * multipliers[i], short_EF[i]) for i in agents)],
    squares=complete_squares(left_over, -e[0], -e[1], -step * q[0], -step * q[1], -step * y),
)

# %% [markdown]
# ## Proof that the law is above
# Q is negative at 0.76608. Q(rho) - Q(0.76608) is rho - 0.76608 times a quadratic. Sorted by powers of rho - s, all its
# coefficients are positive; so it is positive for rho > s.

# %%
Q_2, Q_1 = (Q(1) + Q(-1)) / 2 - Q(0), (Q(1) - Q(-1)) / 2 - 1
at_s = s**2 + (Q_2 + below_law) * s + (Q_1 + Q_2 * below_law + below_law**2)
quadratic = (rho - s) ** 2 + (2 * s + Q_2 + below_law) * (rho - s) + at_s
value = theorem.positive("value", Q(below_law + 0 * rho) < 0)
product = theorem.combine("product", (rho - below_law) * quadratic > 0, [value, (-1, law)])
above = theorem.cancel("above", claims[2], product, quadratic)
margin = theorem.positive("margin", rate + 0 * rho < below_law)
theorem.qed(one_step, one_step_EF, above, theorem.combine("above the rate", claims[3], [margin, above]))

# %%
theorem.survivors = {"the lower bound of rho not strict": "the cubic does not vanish at s"}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
