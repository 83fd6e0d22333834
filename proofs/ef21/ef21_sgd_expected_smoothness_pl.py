# %% [markdown]
# # EF21 with minibatches under expected smoothness and the Polyak-Lojasiewicz inequality
#
# The setting of `ef21_sgd_expected_smoothness`, and in addition 2 mu (f - f*) <= ||grad f||^2. If the minibatches are
# so large that 2 (q^3 + 1/(1-q)) Atilde <= theta mu, the noise that grows with f takes half of the rate of `ef21_pl`:
# linear convergence with 1 - gamma mu/2, to a level that is again divided by the size of the minibatches.

# %%
from fractions import Fraction

from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.proofkit import Geometric, OneStep, Repeated, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_sgd_expected_smoothness_pl",
    "With large minibatches, EF21 converges linearly to the level of its noise, under expected smoothness",
    source="own constants, for EF21-SGD of [FatkhullinEtAl2021]",
)

q = theorem.parameter("q", above=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
A_i = theorem.parameter("A", indexed=True)
B_i = theorem.parameter("B", at_least=1, indexed=True)
C_i = theorem.parameter("C", indexed=True)
v = theorem.parameter("v", at_least=0, indexed=True)
A = theorem.parameter("Atilde", at_least=0, latex=r"\tilde A")
C = theorem.parameter("Ctilde", at_least=0, latex=r"\tilde C")
D = theorem.parameter("D", at_least=0)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
F_next = theorem.scalar("F+", indexed=True, latex="F^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
n, c = theorem.vector("n", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# Those about one agent are of `expected_smoothness`. f is measured from its infimum f* and F_i, the value of f_i, from
# that of f_i; f* exceeds the mean of those of the f_i by D.

# %%
alpha, theta, beta, noise = 1 - q**4, 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
new = OneStep(EF21SGD, {"step_size": step}, {"d": g}, noisy_gradient=h_next + n, compress=c)
p = new.move("x", -step * mean(g))
sent = new.sent
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
bounded = theorem.given("f is bounded below", f >= 0)
bounded_i = theorem.given("f_i is bounded below", F_next >= 0)
values = theorem.given("infima", mean(F_next).equals(f_next + D))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(h)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
least = theorem.given("f_i is smooth, down to its infimum", square(h_next) <= 2 * L_i * F_next)
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(n).equals(0 * h))
variance = theorem.given(
    "variance", expectation(square(n)) <= v * (2 * A_i * F_next + (B_i - 1) * square(h_next) + C_i)
)
largest = theorem.given("Atilde", 2 * v * (A_i + L_i * (B_i - 1)) <= A)
floor = theorem.given("Ctilde", mean(v * C_i).equals(C))
short = theorem.given("short step", 2 * beta / theta * (L_tilde * step) ** 2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= theta)
many = theorem.given("large minibatches", 2 * noise * A <= theta * mu)
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")

# %% [markdown]
# ## Claims
# Psi = f + (gamma/theta) G, less a level, shrinks by 1 - gamma mu/2 < 1 in each step, hence over T steps by its power,
# which tends to zero as T grows. With z^2 = 2 (beta/theta) Ltilde^2, any gamma' up to 1/(L + z) is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(2 * beta / theta * L_tilde**2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
rate, level = 1 - step * mu / 2, 2 * noise / (mu * theta) * (A * D + C)
V = f + step / theta * G - level
power = theorem.scalar("(1 - gamma mu/2)^T", latex=r"(1 - \gamma \mu/2)^T")
f_T, G_T = theorem.scalar("fT", latex="f^{T}"), theorem.scalar("GT", latex="G^{T}")
Psi_0, Psi_T = f_0 + step / theta * G_0, f_T + step / theta * G_T
shrinks, below_one, linear, vanishes, sign, allowed = theorem.claim(
    f_next + step / theta * expectation(G_next) - level <= rate * V,
    rate < 1,
    Psi_T <= power * Psi_0 + (1 - power) * level,
    power <= 1 / (1 + T * step * mu / 2),
    power >= 0,
    2 * beta / theta * (L_tilde * simple) ** 2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof
# The noise adds growth f+ to the bound, so the descent of f and the Polyak-Lojasiewicz inequality are used 1 + growth
# times; growth is at most gamma mu/2.

# %%
contraction = theorem.lemma(
    "contraction",
    expectation(mean(error_next))
    <= (1 - theta) * mean(error) + beta * mean(L_i**2) * square(p) + noise * (A * mean(F_next) + mean(v * C_i)),
    "expected_smoothness",
    {theorem.vector("p"): p},
    given=[compressor, unbiased, variance, largest, bounded_i, least, smooth_i],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
errors = theorem.positive("errors at least zero", mean(error) >= 0)
weight = step / theta
growth = weight * noise * A
one_step = theorem.combine(
    "one step",
    shrinks,
    [
        (1 + growth, smooth),
        (weight, contraction),
        ((1 + growth) * step / 2 * square(mean(g)), short),
        ((1 + growth) * step / 2, pl),
        (weight / 2 * f, many),
        (growth * step * mu, bounded),
        (weight / 2 * mean(error), slow),
        (step * weight / 4 * mean(error), many),
        (weight * step * mu * (2 - theta) / 4, errors),
        (weight * noise * A, values),
        (weight * noise, floor),
    ],
    squares=[(growth * weight * beta * (L_tilde * step) ** 2, mean(g))],
    mean_squares=[((1 + growth) * step / 2, (g - h) - mean(g - h))],
    modulo=[expected, constants, now],
)

# %% [markdown]
# The rate is positive, as gamma mu/2 <= theta/4 <= 1/4. Repeat, and write the level on the right.

# %%
quarter = theorem.positive("theta at most 4", theta / 4 <= 1)
theorem.combine("rate at least zero", rate >= 0, [quarter, (Fraction(1, 4), slow)])
repeated = theorem.repeat(
    "T steps",
    Psi_T - level <= power * (Psi_0 - level),
    Repeated(one_step, V, {f: f_next, G: G_next}, rate, power, {f: f_0, G: G_0}, {f: f_T, G: G_T}),
)
small = theorem.geometric("power", power * (1 + T * step * mu / 2) <= 1, Geometric(power, rate, T))
with_level = theorem.combine("with the level", linear, [repeated])
limit = theorem.combine("limit", vanishes, [(1 / (1 + T * step * mu / 2), small)])
condition = theorem.positive("its condition", (z * simple) ** 2 + L * simple <= 1)
theorem.qed(
    one_step,
    theorem.positive("rate below 1", below_one),
    with_level,
    limit,
    theorem.geometric("power at least zero", sign, Geometric(power, rate, T)),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
    "the lower bound of Ctilde dropped": "not needed; for the reader",
    "the lower bound of D dropped": "not needed; for the reader",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
