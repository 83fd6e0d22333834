# %% [markdown]
# # EF21 with momentum (heavy ball)
#
# v = eta v_last + mean g_i, x+ = x - gamma v, and g+_i = g_i + C(h+_i - g_i) with the gradients h_i of f_i at x. In
# the end every estimate moves x by lambda = gamma/(1 - eta) times itself. This happens at once to z = x - lambda eta
# v_last: z+ = z - lambda mean g_i. So f is followed along z, and ||v_last||^2 measures how far away x is. All
# constants are ours; eta = 0 is `ef21_nonconvex`, and here, too, the bounds become those as eta tends to 0.

# %%
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_heavy_ball",
    "EF21 with heavy-ball momentum finds points of small gradient at the rate 1/T",
    source="own constants, for EF21-HB of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
eta = theorem.parameter("eta", above=0, below=1, latex=r"\eta")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", at_least=0, latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
long = theorem.parameter("lambda", above=0, latex=r"\lambda")
T = theorem.parameter("T", above=0)
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
# f is measured from a lower bound; its gradient at z is hz. alpha = 1 - s^2 and xi = sqrt(beta/theta). R is the
# squared length of the momentum.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
momentum = theorem.given("R now", R.equals(square(v_last)))
momentum_next = theorem.given("R next", R_next.equals(square(v)))
bounded = theorem.given("bounded below", f_z >= 0)
smooth = theorem.given("f is smooth", f_z_next <= f_z + inner(h_z, z_next - z) + L / 2 * square(z_next - z))
lipschitz = theorem.given("its gradient is Lipschitz", square(mean(h) - h_z) <= L**2 * square(x - z))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(x_next - x))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", (xi * L_tilde * long) ** 2 + L * (1 + eta) / (1 - eta) * long <= 1)

# %% [markdown]
# ## Claims
# z moves as said. The mean of E ||grad f(x)||^2 over the first T points; fz0 is f at the first x if the method starts
# without momentum, R0 = 0. Any lambda' up to 1/(L (1 + eta)/(1 - eta) + Ltilde xi) is short: gamma' up to 1 - eta
# times that.

# %%
limit = 1 / (L * (1 + eta) / (1 - eta) + L_tilde * xi)
simple = theorem.parameter("lambda'", above=0, at_most=limit, latex=r"\lambda'")
average = theorem.scalar("average")
f_0, G_0, R_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in ("fz", "G", "R"))
a = L * eta * long**2 / 2 + (xi * L_tilde) ** 2 * eta * (1 - eta) * long**3 / 2
moves, small, allowed = theorem.claim(
    (z_next - z).equals(-long * mean(g)),
    average <= 2 * f_0 / (long * T) + G_0 / (theta * T) + 2 * a * R_0 / (long * T),
    (xi * L_tilde * simple) ** 2 + L * (1 + eta) / (1 - eta) * simple <= 1,
)

# %% [markdown]
# ## Proof
# ||v||^2 is at most eta ||v_last||^2 + ||mean g_i||^2/(1 - eta), as squares are convex.

# %%
beta = s**2 / (1 - s)
moved = theorem.identity("moves", moves)
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
# The gradient at z is not the one at x: what that costs is shared between ||mean g_i||^2 and R by Young's inequality.
# V = f(z) + lambda/(2 theta) G + a R decreases by lambda/2 ||grad f(x)||^2.

# %%
V = f_z + long / (2 * theta) * G + a * R
growth = a + long / (2 * theta) * beta * (L_tilde * step) ** 2
one_step = theorem.combine(
    "one step",
    f_z_next + long / (2 * theta) * expectation(G_next) + a * R_next <= V - long / 2 * square(mean(h)),
    [
        smooth,
        ((1 - eta) / (2 * L * eta), lipschitz),
        (long / (2 * theta), contraction),
        (growth, convex),
        (long / 2 * square(mean(g)), short),
    ],
    squares=[((1 - eta) / (2 * L * eta), (mean(h) - h_z) - L * long * eta / (1 - eta) * mean(g))],
    mean_squares=[(long / 2, (g - h) - mean(g - h))],
    modulo=[expected, constants, now, momentum, momentum_next],
)

# %% [markdown]
# Sum over time.

# %%
errors = theorem.positive("errors at least zero", mean(error) >= 0)
length = theorem.positive("momentum at least zero", square(v_last) >= 0)
start = theorem.combine(
    "V at least zero", V >= 0, [bounded, (long / (2 * theta), errors), (a, length)], modulo=[now, momentum]
)
total = theorem.telescope(
    "sum over time",
    long / 2 * average <= (f_0 + long / (2 * theta) * G_0 + a * R_0) / T,
    Telescoped(
        one_step,
        V,
        {f_z: f_z_next, G: G_next, R: R_next},
        long / 2,
        square(mean(h)),
        start,
        average,
        {f_z: f_0, G: G_0, R: R_0},
        T,
    ),
)
theorem.qed(
    moved,
    theorem.cancel("small gradients", small, total, long / 2),
    theorem.positive("simple step", allowed),
)

# %%
theorem.survivors = {
    "the lower bound of lambda' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
