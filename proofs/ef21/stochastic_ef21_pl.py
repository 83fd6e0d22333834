# %% [markdown]
# # EF21 with stochastic gradients, under the Polyak-Lojasiewicz inequality
#
# The setting of `stochastic_ef21`, and in addition 2 mu (f - f*) <= ||grad f||^2. As `ef21_pl`: linear convergence with
# 1 - gamma mu, to a level that is a multiple of the variance.

# %%
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.proofkit import Geometric, OneStep, Repeated, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "stochastic_ef21_pl",
    "EF21 with noise converges linearly to a level proportional to the variance",
    source="own, for the stochastic EF21 of [RichtarikSokolovFatkhullin2021]",
)

q = theorem.parameter("q", above=0, below=1)
N = theorem.parameter("N", at_least=0)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
n, c = theorem.vector("n", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# alpha = 1 - q^4. f is measured from f*, noise has mean zero and variance at most N = sigma^2/tau.

# %%
alpha, theta, beta, noise = 1 - q**4, 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
new = OneStep(EF21SGD, {"step_size": step}, {"d": g}, noisy_gradient=h_next + n, compress=c)
p = new.move("x", -step * mean(g))
sent = new.sent
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(h)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(n).equals(0 * h))
variance = theorem.given("variance", expectation(square(n)) <= N)
short = theorem.given("short step", 2 * beta / theta * (L_tilde * step) ** 2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= theta)
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")

# %% [markdown]
# ## Claims
# Psi = f + (gamma/theta) G, less a level, shrinks by 1 - gamma mu < 1 in each step, hence over T steps by its power,
# which tends to zero as T grows. With z^2 = 2 (beta/theta) Ltilde^2, any gamma' up to 1/(L + z) is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(2 * beta / theta * L_tilde**2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
rate, level = 1 - step * mu, noise / (mu * theta) * N
V = f + step / theta * G - level
power = theorem.scalar("(1 - gamma mu)^T", latex=r"(1 - \gamma \mu)^T")
f_T, G_T = theorem.scalar("fT", latex="f^{T}"), theorem.scalar("GT", latex="G^{T}")
shrinks, below_one, linear, vanishes, sign, allowed = theorem.claim(
    f_next + step / theta * expectation(G_next) - level <= rate * V,
    rate < 1,
    f_T + step / theta * G_T <= power * (f_0 + step / theta * G_0) + (1 - power) * level,
    power <= 1 / (1 + T * step * mu),
    power >= 0,
    2 * beta / theta * (L_tilde * simple) ** 2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof
# As for `ef21_pl`, with noise: by `pl_along_estimates`.

# %%
contraction = theorem.lemma(
    "contraction",
    expectation(mean(error_next)) <= (1 - theta) * mean(error) + beta * mean(L_i**2) * square(p) + noise * N,
    "stochastic_contraction",
    {theorem.vector("p"): p},
    given=[compressor, unbiased, variance, smooth_i],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
jensen = theorem.combine(
    "error of the mean", square(mean(g - h)) <= G, mean_squares=[(1, (g - h) - mean(g - h))], modulo=[now]
)
contracts = theorem.combine(
    "G contracts",
    expectation(G_next) <= (1 - theta) * G + beta * L_tilde**2 * square(p) + noise * N,
    [contraction],
    modulo=[expected, constants, now],
)
values = {"E": G, "E+": G_next, "theta": theta, "B": beta * L_tilde**2, "N": noise * N, "g": mean(g), "h": mean(h)}
given = [smooth, pl, jensen, contracts, short, slow]
one_step = theorem.lemma("one step", shrinks, "pl_along_estimates", values, given=given)

# %% [markdown]
# Repeat, and write the level on the right.

# %%
theorem.lemma("rate at least zero", rate >= 0, "pl_along_estimates", values, given=given)
repeated = theorem.repeat(
    "T steps",
    f_T + step / theta * G_T - level <= power * (f_0 + step / theta * G_0 - level),
    Repeated(one_step, V, {f: f_next, G: G_next}, rate, power, {f: f_0, G: G_0}, {f: f_T, G: G_T}),
)
small = theorem.geometric("power", power * (1 + T * step * mu) <= 1, Geometric(power, rate, T))
with_level = theorem.combine("with the level", linear, [repeated])
limit = theorem.combine("limit", vanishes, [(1 / (1 + T * step * mu), small)])
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
    "the lower bound of N dropped": "it bounds a variance, so it has it",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
