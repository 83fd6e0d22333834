# %% [markdown]
# # The linear rates of EF21 and EF, in f - f* and in the squared distance to x*
#
# `heterogeneous_law_over_time` and `ef21_pl` say what T steps do to V, W and Psi. If the first estimates are right, or
# the first errors of EF are 0, the same powers bound f - f* and ||x - x*||^2, for the price of a factor.

# %%
from eftheory.proofkit import Theorem, expectation, mean, square

theorem = Theorem(
    "rates_in_f_and_x", "At the rates of V for EF21 and EF fall f - f* and ||x - x*||^2, too, but for a factor"
)

s = theorem.parameter("s", above=0)
S = theorem.parameter("S", above=0)
sigma = theorem.parameter("sigma", at_least=0, indexed=True, latex=r"\sigma")
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", at_least=mu)
a = theorem.parameter("a", at_least=0)
power = theorem.parameter("power", at_least=0)
power_pl = theorem.parameter("power'", at_least=0)
V_0, V_T, W_0, W_T, Psi_0, Psi_T = (theorem.scalar(name) for name in ("V0", "VT", "W0", "WT", "Psi0", "PsiT"))
f_0, y_0, g_0 = theorem.scalar("f0", latex="f^0"), theorem.vector("y0", latex="y^0"), theorem.vector("g0", latex="g^0")
f, y, g = theorem.scalar("f", random=True), theorem.vector("y", random=True), theorem.vector("g", random=True)
U, u = theorem.vector("U", indexed=True, random=True), theorem.vector("u", indexed=True, random=True)
G = theorem.scalar("G", random=True)

# %% [markdown]
# ## Hypotheses
# What the three theorems say of T steps; power is rho^T and power' is (1 - gamma mu)^T. y is x - x*, g the gradient
# of f, and f is measured from f*, all after T steps; y0, g0 and f0 at first. f is L-smooth and mu-strongly convex.

# %%
law = theorem.given("law, EF21", V_T <= power * V_0)
law_EF = theorem.given("law, EF", W_T <= power * W_0)
pl = theorem.given("Polyak-Lojasiewicz, EF21", Psi_T <= power_pl * Psi_0)
smooth = theorem.given("f is smooth, gradient", square(g_0) <= 2 * L * f_0)
smooth_x = theorem.given("f is smooth, value", f_0 <= L / 2 * square(y_0))
convex = theorem.given("f is strongly convex, gradient", 2 * mu * f <= square(g))
convex_x = theorem.given("f is strongly convex, value", mu / 2 * square(y) <= f)

# %% [markdown]
# What V, W and Psi are after T steps, and at first, without errors. G is the mean squared error of the estimates, and
# a is gamma/theta.

# %%
total = theorem.given("S", mean(sigma).equals(S))
V_last = theorem.given("V", V_T.equals(expectation(mean(sigma * square(U)) + s / S * square(g))))
W_last = theorem.given("W", W_T.equals(expectation(mean(sigma * square(u)) + s / S * square(y - mean(sigma * u)))))
Psi_last = theorem.given("Psi", Psi_T.equals(expectation(f + a * G)))
errors = theorem.given("G", G >= 0)
V_first = theorem.given("V at first", V_0.equals(s / S * square(g_0)))
W_first = theorem.given("W at first", W_0.equals(s / S * square(y_0)))
Psi_first = theorem.given("Psi at first", Psi_0.equals(f_0))

# %% [markdown]
# ## Claims
# For EF21 at the law's step, for EF at the same step, and for EF21 at the step of `ef21_pl`, after T steps.

# %%
claims = {
    "EF21, law, f": expectation(f) <= L / mu * power * f_0,
    "EF21, law, x": expectation(square(y)) <= (L / mu) ** 2 * power * square(y_0),
    "EF, law, x": expectation(square(y)) <= (1 + s) * power * square(y_0),
    "EF21, PL, f": expectation(f) <= power_pl * f_0,
    "EF21, PL, x": expectation(square(y)) <= L / mu * power_pl * square(y_0),
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof

# %%
gradient = theorem.expect("gradient", expectation(2 * mu * f) <= expectation(square(g)), convex)
value = theorem.expect("value", expectation(mu / 2 * square(y)) <= expectation(f), convex_x)
own = theorem.positive("errors of EF21", expectation(mean(sigma * square(U))) >= 0)
theorem.combine(
    "EF21, law, f",
    claims["EF21, law, f"],
    [
        (1 / (2 * mu), gradient),
        (S / (2 * mu * s), own),
        (S / (2 * mu * s), law),
        (power / (2 * mu), smooth),
    ],
    modulo=[V_last, V_first],
)
theorem.combine(
    "EF21, law, x",
    claims["EF21, law, x"],
    [(2 / mu, value), (2 / mu, "EF21, law, f"), (2 * L / mu**2 * power, smooth_x)],
)
theorem.combine(
    "EF21, PL, f",
    claims["EF21, PL, f"],
    [pl, (a, theorem.expect("errors, expected", expectation(G) >= 0, errors))],
    modulo=[Psi_last, Psi_first],
)
theorem.combine(
    "EF21, PL, x",
    claims["EF21, PL, x"],
    [(2 / mu, value), (2 / mu, "EF21, PL, f"), (2 / mu * power_pl, smooth_x)],
)

# %% [markdown]
# For EF, y is y - mean e plus the mean error: their squares with the weights s/S and 1/S, so 1/S (1 + 1/s) in all.

# %%
e = mean(sigma * u)
apart = theorem.combine(
    "y in two parts",
    square(y) <= S * (1 + 1 / s) * (mean(sigma * square(u)) + s / S * square(y - e)),
    squares=[(s, y - e - e / s)],
    mean_squares=[(sigma * S * (1 + 1 / s), u - e / S)],
    modulo=[total],
)
parts = theorem.expect(
    "in expectation",
    expectation(square(y)) <= expectation(S * (1 + 1 / s) * (mean(sigma * square(u)) + s / S * square(y - e))),
    apart,
)
theorem.combine("EF, law, x", claims["EF, law, x"], [parts, (S * (1 + 1 / s), law_EF)], modulo=[W_last, W_first])
theorem.qed(*claims)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
