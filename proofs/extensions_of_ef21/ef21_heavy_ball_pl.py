# %% [markdown]
# # EF21 with momentum (heavy ball), under the Polyak-Lojasiewicz inequality
#
# The method of `ef21_heavy_ball`: v = eta v_last + mean g_i, x+ = x - gamma v, and g+_i = g_i + C(h+_i - g_i) with the
# gradients h_i of f_i at x. As there, f is followed along z = x - lambda eta v_last with lambda = gamma/(1 - eta), for
# which z+ = z - lambda mean g_i; here the inequality 2 mu (f - f*) <= ||grad f||^2 is used at z, too. For eta = 0 the
# constants are those of `ef21_pl`.

# %%
from fractions import Fraction

from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_heavy_ball_pl",
    "EF21 with heavy-ball momentum converges linearly if f satisfies the Polyak-Lojasiewicz inequality",
    source="own, for EF21-HB of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
eta = theorem.parameter("eta", above=0, below=1, latex=r"\eta")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
long = theorem.parameter("lambda", above=0, latex=r"\lambda")
T = theorem.parameter("T", at_least=0)
f_x = theorem.scalar("fx", latex="f(x)")
f_z, f_z_next = theorem.scalar("fz", latex="f(z)"), theorem.scalar("fz+", latex="f(z^{+})")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
R, R_next = theorem.scalar("R"), theorem.scalar("R+", latex="R^{+}")
x, v_last = theorem.vector("x"), theorem.vector("v_last", latex=r"v_{\mathrm{last}}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
h_z = theorem.vector("hz", latex=r"\nabla f(z)")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## The method
# The step gamma is (1 - eta) lambda.

# %%
step = (1 - eta) * long
numbers, state = {"step_size": step, "momentum": eta}, {"x": x, "m": v_last, "d": g}
new = OneStep(HeavyBallEF21, numbers, state, gradient=h_next, compress=c)
v, x_next = new.m, new.x
z, z_next = x - long * eta * v_last, x_next - long * eta * v

# %% [markdown]
# ## Hypotheses
# f is measured from f*; its gradient at z is hz, and f(z) is at least ||hz||^2/(2 L), as for any L-smooth function.
# alpha = 1 - s^2 and xi = sqrt(beta/theta). R is the squared length of the momentum.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
momentum = theorem.given("R now", R.equals(square(v_last)))
momentum_next = theorem.given("R next", R_next.equals(square(v)))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f_z <= square(h_z))
smooth = theorem.given("f is smooth", f_z_next <= f_z + inner(h_z, z_next - z) + L / 2 * square(z_next - z))
smooth_x = theorem.given("f is smooth, from z to x", f_x <= f_z + inner(h_z, x - z) + L / 2 * square(x - z))
least = theorem.given("f is smooth, from z to the infimum", square(h_z) <= 2 * L * f_z)
lipschitz = theorem.given("its gradient is Lipschitz", square(mean(h) - h_z) <= L**2 * square(x - z))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(x_next - x))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))


def condition(of_L, step):
    """That a step lambda is short; of_L is 2 eta (1 + eta) (L/(1 - eta))^2."""
    return (of_L + 2 * ((1 + eta) * xi * L_tilde) ** 2) * step**2 + L * step <= 1


of_L = 2 * eta * (1 + eta) * (L / (1 - eta)) ** 2
short = theorem.given("short step", condition(of_L, long))
slow = theorem.given("slow step", 2 * mu * long <= theta)
slow_momentum = theorem.given("slow step for the momentum", 2 * mu * long <= 1 - eta)
f_0, G_0, R_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in ("fz", "G", "R"))

# %% [markdown]
# ## Claims
# Psi = f(z) + lambda (1 + eta)/theta G + a R shrinks by 1 - lambda mu < 1 in each step, hence over T steps by its
# power, which tends to zero as T grows. f at x is then small, too. With z'^2 = 2 eta (1 + eta) (L/(1 - eta))^2 + 2
# ((1 + eta) xi Ltilde)^2, any lambda' up to 1/(L + z') is short: gamma' up to 1 - eta times that.

# %%
z_prime = theorem.parameter("z'", at_least=0)
root = theorem.given("z'", (z_prime**2).equals(of_L + 2 * ((1 + eta) * xi * L_tilde) ** 2))
simple = theorem.parameter("lambda'", above=0, at_most=1 / (L + z_prime), latex=r"\lambda'")
rate = 1 - long * mu
a = eta * (1 + eta) * long**3 * (L**2 / (1 - eta) + 2 * (1 - eta) * (xi * L_tilde) ** 2)
Psi = f_z + long * (1 + eta) / theta * G + a * R
power = theorem.scalar("(1 - lambda mu)^T", latex=r"(1 - \lambda \mu)^T")
names = {f_z: (f_0, f_z_next), G: (G_0, G_next), R: (R_0, R_next)}
over_time = Decay(theorem, Psi, long * mu, T, power, names)
shrinks, below_one, _, _, _, at_x, allowed = theorem.claim(
    *over_time.claims, f_x <= 2 * f_z + L * (long * eta) ** 2 * R, condition(of_L, simple)
)

# %% [markdown]
# ## Proof
# ||v||^2 is at most eta ||v_last||^2 + ||mean g_i||^2/(1 - eta), as squares are convex.

# %%
beta = s**2 / (1 - s)
convex = theorem.combine(
    "momentum",
    square(v) <= eta * square(v_last) + square(mean(g)) / (1 - eta),
    squares=[(eta / (1 - eta), (1 - eta) * v_last - mean(g))],
)
contraction = theorem.lemma(
    "contraction",
    expectation(mean(error_next)) <= (1 - theta) * mean(error) + beta * mean(L_i**2) * square(x_next - x),
    "theta_beta",
    {theorem.vector("p"): x_next - x, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)

# %% [markdown]
# mean g_i differs from the gradient at z by its error and by what the gradient changes from x to z; Young's inequality
# weights the two as 1 + eta to 1 + 1/eta. R loses 1 - eta in each step: one half pays for this and for the moves of the
# gradients, the other is left for the rate.

# %%
split = theorem.combine(
    "error at z",
    square(mean(g) - h_z) <= (1 + eta) * mean(error) + eta * (1 + eta) * (L * long) ** 2 * square(v_last),
    [(1 + 1 / eta, lipschitz)],
    squares=[(1 / eta, eta * mean(g - h) - (mean(h) - h_z))],
    mean_squares=[(1 + eta, (g - h) - mean(g - h))],
)
growth = a + long * (1 + eta) / theta * beta * (L_tilde * step) ** 2
one_step = theorem.combine(
    "one step",
    shrinks,
    [
        smooth,
        (long / 2, split),
        (long * (1 + eta) / theta, contraction),
        (growth, convex),
        (long / 2 * square(mean(g)), short),
        (long / 2, pl),
        (long * (1 + eta) / (2 * theta) * mean(error), slow),
        (a / 2 * square(v_last), slow_momentum),
    ],
    modulo=[expected, constants, now, momentum, momentum_next],
)

# %% [markdown]
# The rate is positive, as lambda mu <= theta/2 <= 1/2. Repeat; Bernoulli's inequality says that the power tends to
# zero.

# %%
half = theorem.positive("theta at most 2", theta / 2 <= 1)
theorem.combine("rate at least zero", rate >= 0, [half, (Fraction(1, 2), slow)])
repeated = over_time.repeat(one_step)
limits = over_time.vanish()
theorem.positive("rate below 1", below_one)
fits = theorem.positive("its condition", (z_prime * simple) ** 2 + L * simple <= 1)
theorem.qed(
    one_step,
    "rate below 1",
    repeated,
    *limits,
    theorem.combine(
        "f at x",
        at_x,
        [smooth_x, (1 / (2 * L), least)],
        squares=[(1 / (2 * L), h_z - L * (x - z))],
        modulo=[momentum],
    ),
    theorem.combine("simple step", allowed, [fits, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
    "the lower bound of lambda' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
