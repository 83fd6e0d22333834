# %% [markdown]
# # EF21 with stochastic gradients, on smooth functions
#
# x+ = x - gamma mean g_i, and g+_i = g_i + C(h+_i + n_i - g_i), where h_i and h+_i are the gradients of f_i at x and
# x+ and n_i is the noise of a minibatch. As `ef21_nonconvex`, with the constants of `stochastic_contraction`: the
# same rate, up to a multiple of the variance.

# %%
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "stochastic_ef21",
    "EF21 with noise finds points of gradients that are small up to the variance",
    source="own, for the stochastic EF21 of [RichtarikSokolovFatkhullin2021]",
)

q = theorem.parameter("q", above=0, below=1)
N = theorem.parameter("N")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
n, c = theorem.vector("n", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# alpha = 1 - q^4. f is measured from a lower bound, noise has mean zero and variance at most N = sigma^2/tau.

# %%
alpha, theta, beta, noise = 1 - q**4, 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
new = OneStep(EF21SGD, {"step_size": step}, {"d": g}, noisy_gradient=h_next + n, compress=c)
p = new.move("x", -step * mean(g))
sent = new.sent
error, error_next = square(g - h), square(new.d - h_next)
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(n).equals(0 * h))
variance = theorem.given("variance", expectation(square(n)) <= N)
short = theorem.given("short step", beta / theta * (L_tilde * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0 and G0 belong to the start. With
# z^2 = (beta/theta) Ltilde^2, any gamma' up to 1/(L + z) is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(beta / theta * L_tilde**2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (theta * T) + noise / theta * N,
    beta / theta * (L_tilde * simple) ** 2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof
# V = f + gamma/(2 theta) G decreases by gamma/2 ||grad f||^2, up to the noise.

# %%
contraction = theorem.lemma(
    "contraction",
    expectation(mean(error_next)) <= (1 - theta) * mean(error) + beta * mean(L_i**2) * square(p) + noise * N,
    "stochastic_contraction",
    {theorem.vector("p"): p},
    given=[compressor, unbiased, variance, smooth_i],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
V = f + step / (2 * theta) * G
floor = step / (2 * theta) * noise * N
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(mean(h)) + floor,
    [smooth, (step / (2 * theta), contraction), (step / 2 * square(mean(g)), short)],
    mean_squares=[(step / 2, (g - h) - mean(g - h))],
    modulo=[expected, constants, now],
)

# %% [markdown]
# Sum over time, as V stays at least zero.

# %%
errors = theorem.positive("errors", mean(error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta), errors)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta) * G_0) / T + floor,
    Telescoped(
        one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(h)), start, average, {f: f_0, G: G_0}, T, floor
    ),
)
condition = theorem.positive("its condition", (z * simple) ** 2 + L * simple <= 1)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
