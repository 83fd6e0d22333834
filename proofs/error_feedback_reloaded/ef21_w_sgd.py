# %% [markdown]
# # EF21-W with stochastic gradients
#
# The rounds of EF21-W with noise: agent i keeps an estimate g_i of the gradient u_i of f_i/w_i, with w_i = L_i/M. x+ =
# x - gamma mean w_i g_i, and g+_i = g_i + C(u+_i + v_i n_i - g_i) with v_i = 1/w_i and the noise n_i of its minibatch's
# gradient of f_i, of variance N_i. The constants are those of `stochastic_contraction`; the compressor need not be
# homogeneous.

# %%
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_w_sgd",
    "EF21-W with noise finds points of small gradient up to a weighted variance, with the mean of the L_i in its step",
    source="own constants, for [RichtarikGasanovBurlachenko2024]",
)

q = theorem.parameter("q", above=0, below=1)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", above=0)
B = theorem.parameter("B")
L_i = theorem.parameter("L", above=0, indexed=True)
v = theorem.parameter("v", indexed=True)
N = theorem.parameter("N", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, u = theorem.vector("g", indexed=True), theorem.vector("u", indexed=True)
u_next = theorem.vector("u+", indexed=True, latex="u^{+}")
n, c = theorem.vector("n", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# The gradient of f_i is w_i u_i. alpha = 1 - q^4. M is the mean of the L_i, and B that of v_i N_i: noise of agents with
# small L_i counts more. The compressor contracts for each sample, hence also in the mean over samples.

# %%
alpha, theta, beta, noise = 1 - q**4, 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
w = L_i / M
scaled = [w * g, u_next + v * n]
numbers = {"step_size": step, "weights": ()}
new = OneStep(EF21WSGD, numbers, {"d": g}, noisy_gradient=w * u_next + n, scaled=scaled, compress=c)
p = new.move("x", -step * mean(w * g))
sent = new.sent
error, error_next = square(g - u), square(new.d - u_next)
constants = theorem.given("M", mean(L_i).equals(M))
weights = theorem.given("v", (v * L_i).equals(M))
variances = theorem.given("B", mean(v * N).equals(B))
now = theorem.given("G now", G.equals(mean(w * error)))
after = theorem.given("G next", G_next.equals(mean(w * error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(w * u), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(w * u_next - w * u) <= L_i**2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(n).equals(0 * u))
variance = theorem.given("variance", expectation(square(n)) <= N)
short = theorem.given("short step", beta / theta * (M * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0 and G0 belong to the start. With z^2 = (beta/theta) M^2, any
# gamma' up to 1/(L + z) is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(beta / theta * M**2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (theta * T) + noise / theta * B,
    beta / theta * (M * simple) ** 2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof
# The contraction of `stochastic_contraction`, for one agent and f_i/w_i: Young's inequality twice.

# %%
split = theorem.combine(
    "noise split off",
    error_next <= square(c - sent) / q + square(v * n) / (1 - q),
    squares=[(1 / (q * (1 - q)), (1 - q) * (c - sent) - q * v * n)],
)
expected_split = theorem.expect(
    "noise split off, expected",
    expectation(error_next) <= expectation(square(c - sent) / q + square(v * n) / (1 - q)),
    split,
)
equal = theorem.cancel("f_i/w_i is smooth", square(u_next - u) <= M**2 * square(p), smooth_i, w**2)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta) * error + beta * M**2 * square(p) + noise * v**2 * N,
    [
        expected_split,
        (1 / q, compressor),
        (noise * v**2, variance),
        (2 * q**3 * v * (u_next - g), unbiased),
        (beta, equal),
    ],
    squares=[(q**2 / (1 - q), (1 - q) * (u - g) - q * (u_next - u))],
)

# %% [markdown]
# Averaged with the weights. By Jensen's inequality the squared error of mean w_i g_i is at most G; V = f +
# gamma/(2 theta) G decreases by gamma/2 ||grad f||^2, up to the noise.

# %%
errors = theorem.average(
    "errors",
    mean(w * expectation(error_next)) <= mean(w * ((1 - theta) * error + beta * M**2 * square(p) + noise * v**2 * N)),
    one_agent,
    weight=w,
)
inverse = theorem.average("v w = 1", mean(v * N * v * L_i).equals(mean(v * N * M)), weights, weight=v * N)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(w * error_next))), after)
V, level = f + step / (2 * theta) * G, step / (2 * theta) * noise * B
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(mean(w * u)) + level,
    [
        smooth,
        (step / (2 * theta), errors),
        (step / (2 * theta) * noise / M, inverse),
        (step / 2 * square(mean(w * g)), short),
    ],
    mean_squares=[(step / 2 * w, (g - u) - mean(w * (g - u)))],
    modulo=[expected, now, variances, constants],
)
positive = theorem.positive("errors at least zero", mean(w * error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta), positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta) * G_0) / T + level,
    Telescoped(
        one_step,
        V,
        {f: f_next, G: G_next},
        step / 2,
        square(mean(w * u)),
        start,
        average,
        {f: f_0, G: G_0},
        T,
        noise=level,
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
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
