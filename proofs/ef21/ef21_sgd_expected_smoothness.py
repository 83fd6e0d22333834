# %% [markdown]
# # EF21 with minibatches under expected smoothness
#
# x+ = x - gamma mean g_i, and g+_i = g_i + C(h+_i + n_i - g_i), where h+_i + n_i is the mean of tau_i sample gradients
# of f_i at x+, v_i = 1/tau_i, with the noise of `expected_smoothness`. It may grow with f, and V = f + gamma/(2 theta)
# G by a factor in each step; but then points count the less the later they come. Squared gradients, so averaged, have a
# bound without powers. All noise in it is divided by the size of the minibatches.

# %%
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.proofkit import Geometric, OneStep, Repeated, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_sgd_expected_smoothness",
    "EF21 with minibatches finds points of gradients that are small up to the noise, under expected smoothness",
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
A = theorem.parameter("Atilde", above=0, latex=r"\tilde A")
C = theorem.parameter("Ctilde", latex=r"\tilde C")
D = theorem.parameter("D")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
F_next = theorem.scalar("F+", indexed=True, latex="F^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
S, S_next = theorem.scalar("S"), theorem.scalar("S+", latex="S^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
n, c = theorem.vector("n", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# alpha = 1 - q^4. Those about one agent are of `expected_smoothness`. f is measured from its infimum and F_i, the value
# of f_i, from that of f_i; the infimum of f exceeds the mean of those of the f_i by D. S is the sum of ||grad f||^2
# over the past points, where each step multiplies older terms by 1 + growth.

# %%
alpha, theta, beta, noise = 1 - q**4, 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
growth = step * noise * A / (2 * theta)
new = OneStep(EF21SGD, {"step_size": step}, {"d": g}, noisy_gradient=h_next + n, compress=c)
p = new.move("x", -step * mean(g))
sent = new.sent
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
add = theorem.given("S next", S_next.equals((1 + growth) * S + square(mean(h))))
bounded_now = theorem.given("f is bounded below", f >= 0)
bounded = theorem.given("f is bounded below, next", f_next >= 0)
bounded_i = theorem.given("f_i is bounded below", F_next >= 0)
values = theorem.given("infima", mean(F_next).equals(f_next + D))
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
short = theorem.given("short step", beta / theta * (L_tilde * step) ** 2 + L * step <= 1)
f_0, G_0, S_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fGS")
first_S = theorem.given("S at first", S_0.equals(0))

# %% [markdown]
# ## Claims
# In each step V grows by the factor 1 + growth at most, up to noise, less what the gradient takes. The weights 1, 1 +
# growth, ..., (1 + growth)^(T-1) have the sum (power - 1)/growth, over which S_T is E ||grad f||^2 at a point drawn at
# random from the first T, x_t with a probability in proportion to (1 + growth)^-t. With z^2 = (beta/theta) Ltilde^2,
# any gamma' up to 1/(L + z) is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(beta / theta * L_tilde**2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
V = f + step / (2 * theta) * G
V_0 = f_0 + step / (2 * theta) * G_0
level = noise / theta * (A * D + C)
power = theorem.scalar("power")
S_T, f_T, G_T = (theorem.scalar(f"{name}T", latex=f"{name}^{{T}}") for name in "SfG")
grows, small, allowed = theorem.claim(
    f_next + step / (2 * theta) * expectation(G_next)
    <= (1 + growth) * V - step / 2 * square(mean(h)) + step / 2 * level,
    S_T <= (power - 1) / growth * (2 * V_0 / (step * T) + noise / theta * (A * (V_0 + D) + C)),
    beta / theta * (L_tilde * simple) ** 2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof
# f+ is on both sides of the contraction of `expected_smoothness`, so the descent of f is used 1 + growth times.

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
positive = theorem.positive("errors at least zero", mean(error) >= 0)
weight = step / (2 * theta)
one_step = theorem.combine(
    "one step",
    grows,
    [
        (1 + growth, smooth),
        (weight, contraction),
        ((1 + growth) * step / 2 * square(mean(g)), short),
        (growth * weight * q**2, positive),
        (weight * noise * A, values),
        (weight * noise, floor),
    ],
    squares=[(growth * weight * beta * (L_tilde * step) ** 2, mean(g)), (growth * step / 2, mean(h))],
    mean_squares=[((1 + growth) * step / 2, (g - h) - mean(g - h))],
    modulo=[expected, constants, now],
)

# %% [markdown]
# So V + gamma/2 S, and what the noise adds up to, grow by the same factor; repeat.

# %%
shift = step / (2 * growth) * level
with_sum = theorem.combine(
    "one step, with the sum",
    f_next + weight * expectation(G_next) + step / 2 * S_next + shift <= (1 + growth) * (V + step / 2 * S + shift),
    [one_step],
    modulo=[add],
)
at_first, after_one, at_last = {f: f_0, G: G_0, S: S_0}, {f: f_next, G: G_next, S: S_next}, {f: f_T, G: G_T, S: S_T}
V_T = f_T + weight * G_T
repeated = theorem.repeat(
    "T steps",
    V_T + step / 2 * S_T + shift <= power * (V_0 + step / 2 * S_0 + shift),
    Repeated(with_sum, V + step / 2 * S + shift, after_one, 1 + growth, power, at_first, at_last),
)

# %% [markdown]
# V is at least zero at every time, hence at first; and after any step, hence after T.

# %%
now_V = theorem.combine("V now at least zero", V >= 0, [bounded_now, (weight, positive)], modulo=[now])
at_zero = {f: f_0, G: G_0}
nothing = Telescoped(now_V, V, {f: f_next, G: G_next}, 0, 0, now_V, theorem.scalar("mean"), at_zero, T)
first_V = theorem.telescope("V at first, over T", V_0 / T >= 0, nothing)
theorem.cancel("V at first", V_0 >= 0, first_V, 1 / T)
errors_next = theorem.positive("errors at least zero, next", mean(error_next) >= 0)
errors_expected = theorem.expect(
    "errors at least zero, next, expected", expectation(mean(error_next)) >= 0, errors_next
)
ever = theorem.combine(
    "V next at least zero",
    -(f_next + weight * expectation(G_next)) <= 0 * -V,
    [bounded, (weight, errors_expected)],
    modulo=[expected],
)
zero = theorem.scalar("zero")
still = theorem.repeat(
    "V at least zero, at most a multiple of V at first",
    -V_T <= zero * -V_0,
    Repeated(ever, -V, {f: f_next, G: G_next}, 0, zero, at_zero, {f: f_T, G: G_T}),
)
sign = theorem.geometric("power of 0", zero >= 0, Geometric(zero, 0, T))
least_V = theorem.combine("V at least zero", V_T >= 0, [still, (V_0, sign)])

# %% [markdown]
# By Bernoulli's inequality the weights add up to T at least.

# %%
bernoulli = theorem.geometric("power", 1 + T * growth <= power, Geometric(power, 1 + growth, T))
total = theorem.combine(
    "sum of squared gradients",
    step / 2 * S_T <= (power - 1) / growth * (V_0 * (1 / T + growth) + step / 2 * level),
    [repeated, least_V, (V_0 / (T * growth), bernoulli), (power * step / 2, first_S)],
)
condition = theorem.positive("its condition", (z * simple) ** 2 + L * simple <= 1)
theorem.qed(
    one_step,
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'V at first, over T', quantity: *": "nothing is said of its mean",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
