# %% [markdown]
# # Proximal EF21 under the Polyak-Lojasiewicz inequality
#
# The setting of `ef21_prox`, x+ = prox(x - gamma mean g_i) for f + psi, and in addition 2 mu (f + psi - least) <= D.
# With xbar = prox(x - gamma grad f(x)), D is 2/gamma times what that step gains by the model of f: psi - psibar - <grad
# f, xbar - x> - ||xbar - x||^2/(2 gamma). Without psi, D is ||grad f||^2 and all is as in `ef21_pl`. If f is
# mu-strongly convex, the inequality holds with any convex psi and any gamma <= 1/mu. It also follows from 2 mu (f + psi
# - least) <= ||(x - xbar)/gamma||^2, which asks for more, as D is at least that.

# %%
from fractions import Fraction

from eftheory.methods.ef21_prox import EF21Prox
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "ef21_prox_pl",
    "Proximal EF21 converges linearly if f + psi satisfies the proximal Polyak-Lojasiewicz inequality",
    source="own constants, for EF21-Prox of [FatkhullinEtAl2021]; the inequality is that of [KarimiNutiniSchmidt2016]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
psi, psi_next = theorem.scalar("psi", latex=r"\psi"), theorem.scalar("psi+", latex=r"\psi^{+}")
psi_bar = theorem.scalar("psibar", latex=r"\bar \psi")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
x, x_next, x_bar = theorem.vector("x"), theorem.vector("x+", latex="x^{+}"), theorem.vector("xbar", latex=r"\bar x")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# psi has the values psi, psi+ and psibar at x, x+ and xbar; f + psi is measured from its infimum. A point y is prox(x -
# gamma v) if (x - y)/gamma - v is a subgradient of psi at y; of xbar only the claim about D needs this. The bounds on
# the step are those of `ef21_pl`.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21Prox, {"step_size": step}, {"d": g}, gradient=h_next, compress=c, prox=x_next)
p = new.move("x", x_next - x)
D = 2 / step * (psi - psi_bar - inner(mean(h), x_bar - x) - square(x_bar - x) / (2 * step))
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * (f + psi) <= D)
_slope = rewritten((new.asked("prox") - x_next) / step, (x - x_next) / step - mean(g))
prox = theorem.given("x+ is a prox", psi_bar >= psi_next + inner(_slope, x_bar - x_next))
prox_bar = theorem.given("xbar is a prox", psi >= psi_bar + inner((x - x_bar) / step - mean(h), x - x_bar))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", 2 * (xi * L_tilde * step) ** 2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= theta)
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
psi_0 = theorem.scalar("psi0", latex=r"\psi^{0}")

# %% [markdown]
# ## Claims
# Psi = f + psi + (gamma/theta) G shrinks by 1 - gamma mu < 1 in each step, hence over T steps by its power, which tends
# to zero as T grows. D is at least the square of the generalised gradient. Any gamma' up to 1/(L + z) with z^2 = 2 (xi
# Ltilde)^2 is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(2 * (xi * L_tilde) ** 2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
rate = 1 - step * mu
Psi = f + psi + step / theta * G
power = theorem.scalar("(1 - gamma mu)^T", latex=r"(1 - \gamma \mu)^T")
numbers = {f: (f_0, f_next), psi: (psi_0, psi_next), G: (G_0, G_next)}
over_time = Decay(theorem, Psi, step * mu, T, power, numbers)
shrinks, below_one, _, _, _, above, allowed = theorem.claim(
    *over_time.claims, square((x - x_bar) / step) <= D, 2 * (xi * L_tilde * simple) ** 2 + L * simple <= 1
)

# %% [markdown]
# ## Proof
# What x+ minimises is strongly convex, so x+ is better than xbar by half their squared distance over gamma.

# %%
descent = theorem.combine(
    "descent",
    f_next + psi_next <= f + psi - step / 2 * D + step / 2 * square(mean(g - h)) - (1 / (2 * step) - L / 2) * square(p),
    [smooth, prox],
    squares=[(1 / (2 * step), x_next - x_bar + step * mean(g - h))],
)

# %% [markdown]
# The rest is as for `ef21_pl`: half of the contraction of G pays for the error of the mean estimate, half is left for
# the rate.

# %%
beta = s**2 / (1 - s)
contraction = theorem.lemma(
    "contraction",
    expectation(mean(error_next)) <= (1 - theta) * mean(error) + beta * mean(L_i**2) * square(p),
    "theta_beta",
    {theorem.vector("p"): p, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
one_step = theorem.combine(
    "one step",
    shrinks,
    [
        descent,
        (step / theta, contraction),
        (square(p) / (2 * step), short),
        (step / 2, pl),
        (step / (2 * theta) * mean(error), slow),
    ],
    mean_squares=[(step / 2, (g - h) - mean(g - h))],
    modulo=[expected, constants, now],
)

# %% [markdown]
# The rate is positive, as gamma mu <= theta/2 <= 1/2. Repeat; Bernoulli's inequality says that the power tends to zero.

# %%
half = theorem.positive("theta at most 2", theta / 2 <= 1)
theorem.combine("rate at least zero", rate >= 0, [half, (Fraction(1, 2), slow)])
repeated = over_time.repeat(one_step)
limits = over_time.vanish()
condition = theorem.positive("its condition", (z * simple) ** 2 + L * simple <= 1)
theorem.positive("rate below 1", below_one)
theorem.qed(
    one_step,
    "rate below 1",
    repeated,
    *limits,
    theorem.combine("D above", above, [(2 / step, prox_bar)]),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
