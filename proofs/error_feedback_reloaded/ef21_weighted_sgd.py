# %% [markdown]
# # EF21 with stochastic gradients, analysed with weights
#
# EF21 with noise: x+ = x - gamma mean g_i, and g+_i = g_i + C(h+_i + n_i - g_i) with the gradients h_i of f_i and the
# noise n_i of agent i's minibatch, whose variance N_i may differ from agent to agent. As in `ef21_weighted`, weights
# v_i inversely proportional to the L_i enter the analysis only; with the constants of `stochastic_contraction`.

# %%
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_weighted_sgd",
    "EF21 with noise finds points of small gradient up to a weighted variance, with the mean of the L_i in its step",
    source="own constants, for [RichtarikGasanovBurlachenko2024]",
)

q = theorem.parameter("q", above=0, below=1)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", above=0)
B = theorem.parameter("B")
L_i = theorem.parameter("L", indexed=True)
v = theorem.parameter("v", above=0, indexed=True)
N = theorem.parameter("N", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
n, c = theorem.vector("n", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# alpha = 1 - q^4. M is the mean of the L_i, v_i = M/L_i, and B the mean of v_i N_i. The compressor contracts for each
# sample, hence also in the mean over samples.

# %%
alpha, theta, beta, noise = 1 - q**4, 1 - q**2, q**3 / (1 - q), q**3 + 1 / (1 - q)
new = OneStep(EF21SGD, {"step_size": step}, {"d": g}, noisy_gradient=h_next + n, compress=c)
p = new.move("x", -step * mean(g))
sent = new.sent
error, error_next = square(g - h), square(new.d - h_next)
weights = theorem.given("v", (v * L_i).equals(M))
constants = theorem.given("M", mean(L_i).equals(M))
variances = theorem.given("B", mean(v * N).equals(B))
now = theorem.given("G now", G.equals(mean(v * error)))
after = theorem.given("G next", G_next.equals(mean(v * error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(n).equals(0 * h))
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
# The contraction of `stochastic_contraction`, for one agent: Young's inequality twice.

# %%
split = theorem.combine(
    "noise split off",
    error_next <= square(c - sent) / q + square(n) / (1 - q),
    squares=[(1 / (q * (1 - q)), (1 - q) * (c - sent) - q * n)],
)
expected_split = theorem.expect(
    "noise split off, expected",
    expectation(error_next) <= expectation(square(c - sent) / q + square(n) / (1 - q)),
    split,
)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta) * error + beta * L_i**2 * square(p) + noise * N,
    [expected_split, (1 / q, compressor), (noise, variance), (2 * q**3 * (h_next - g), unbiased), (beta, smooth_i)],
    squares=[(q**2 / (1 - q), (1 - q) * (h - g) - q * (h_next - h))],
)

# %% [markdown]
# Averaged with the weights, by `weighted_jensen`; V = f + gamma/(2 theta) G decreases by gamma/2 ||grad f||^2, up to
# the noise.

# %%
errors = theorem.average(
    "errors",
    mean(v * expectation(error_next)) <= mean(v * ((1 - theta) * error + beta * L_i**2 * square(p) + noise * N)),
    one_agent,
    weight=v,
)
jensen = theorem.lemma(
    "error of the mean",
    square(mean(g - h)) <= mean(v * error),
    "weighted_jensen",
    {theorem.vector("e", indexed=True): g - h},
    given=[weights, constants],
)
squares = theorem.lemma("mean of squares", mean(v * L_i**2).equals(M**2), "weighted_jensen", given=[weights, constants])
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(v * error_next))), after)
V, level = f + step / (2 * theta) * G, step / (2 * theta) * noise * B
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(mean(h)) + level,
    [
        smooth,
        (step / (2 * theta), errors),
        (step / (2 * theta) * beta * square(p), squares),
        (step / 2, jensen),
        (step / 2 * square(mean(g)), short),
    ],
    modulo=[expected, variances, now],
)
positive = theorem.positive("errors at least zero", mean(v * error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta), positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta) * G_0) / T + level,
    Telescoped(
        one_step,
        V,
        {f: f_next, G: G_next},
        step / 2,
        square(mean(h)),
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
    "step 'error of the mean', values of e: the whole times -1": "the lemma takes squares only",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
