# %% [markdown]
# # EF21-SGDM: EF21 with stochastic gradients and momentum of the agents
#
# x+ = x - gamma mean d_i. Agents average their noisy gradients over time, v+_i = (1 - eta) v_i + eta (k+_i + noise_i),
# where k_i and k+_i are the gradients of f_i at x and x+, and EF21 follows the averages, d+_i = d_i + c_i with c_i
# compressed v+_i - d_i. With eta = 1 it is EF21-SGD, whose noise stays as large as that of one agent; here it is eta
# sigma^2 times 2/n, up to terms of higher order in eta.

# %%
from fractions import Fraction

from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "ef21_sgdm",
    "EF21 with momentum of the agents: small gradients up to eta times the variance over n, at the rate 1/T",
    source="own, for the method of [FatkhullinTyurinRichtarik2023]",
)

s = theorem.parameter("s", at_least=0, below=1)
eta = theorem.parameter("eta", above=0, at_most=1, latex=r"\eta")
n = theorem.parameter("n", above=0)
sigma = theorem.parameter("sigma", latex=r"\sigma")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
P, P_next = theorem.scalar("P"), theorem.scalar("P+", random=True, latex="P^{+}")
R, R_next = theorem.scalar("R"), theorem.scalar("R+", random=True, latex="R^{+}")
a, p = theorem.vector("a", indexed=True), theorem.vector("p", indexed=True)
k, k_next = theorem.vector("k", indexed=True), theorem.vector("k+", indexed=True, latex="k^{+}")
noise = theorem.vector("noise", indexed=True, random=True, latex=r"\xi")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## What is followed
# v_i = k_i + p_i and d_i = v_i + a_i: p_i is the error of an average, a_i that of what is known of it. G, P and R are
# the mean of ||a_i||^2, that of ||p_i||^2, and the square of the mean of the p_i.

# %%
state = {"v": k + p, "d": k + p + a}
new = OneStep(EF21SGDM, {"step_size": step, "eta": eta}, state, noisy_gradient=k_next + noise, compress=c)
v = new.move("x", -step * mean(k + p + a))
change = k_next - k
sent = new.sent
_sent = rewritten(sent, eta * (change - p) - a + eta * noise)
a_next = rewritten(new.d - new.v, c - sent)
p_next = rewritten(new.v - k_next, (1 - eta) * (p - change) + eta * noise)
G_now = theorem.given("G now", G.equals(mean(square(a))))
G_after = theorem.given("G next", G_next.equals(mean(square(a_next))))
P_now = theorem.given("P now", P.equals(mean(square(p))))
P_after = theorem.given("P next", P_next.equals(mean(square(p_next))))
R_now = theorem.given("R now", R.equals(square(mean(p))))
R_after = theorem.given("R next", R_next.equals(square(mean(p_next))))

# %% [markdown]
# ## Hypotheses
# alpha = 1 - s^2. f is measured from a lower bound. Noise has mean zero and variance at most sigma^2, and is
# independent of agent to agent.

# %%
xi = s / (1 - s)
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(k), v) + L / 2 * square(v))
lipschitz = theorem.given("gradient of f", square(mean(change)) <= L**2 * square(v))
smooth_i = theorem.given("f_i is smooth", square(change) <= L_i**2 * square(v))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= s**2 * expectation(square(sent)))
unbiased = theorem.given("unbiased", expectation(noise).equals(0 * k))
variance = theorem.given("variance", expectation(square(noise)) <= sigma**2)
of_mean = theorem.given("variance of the mean", expectation(square(mean(noise))) <= sigma**2 / n)
M_squared = 4 * xi**2 * (eta**2 + (1 - eta) ** 2) * L_tilde**2 + 2 * ((1 - eta) / eta) ** 2 * L**2
short = theorem.given("short step", M_squared * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0, G0, P0 and R0 belong to the start. A step is short up to
# 1/(L + M).

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals(M_squared))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0, P_0, R_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fGPR")
of_P = 2 * xi**2 * eta
floor = 2 * eta * sigma**2 / n + (2 * s * xi * eta**2 + 4 * xi**2 * eta**3) * sigma**2
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + 2 * (G_0 / (1 - s) + of_P * P_0 + R_0 / eta) / T + floor,
    M_squared * simple**2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof: the averages
# ||(1 - eta) (p_i - k+_i + k_i)||^2 <= (1 - eta) ||p_i||^2 + ((1 - eta)^2/eta) ||k+_i - k_i||^2.

# %%
forgotten = (1 - eta) ** 2 / eta
own = theorem.combine(
    "error of an average",
    expectation(square(p_next)) <= (1 - eta) * square(p) + forgotten * L_i**2 * square(v) + eta**2 * sigma**2,
    [(2 * (1 - eta) * eta * (p - change), unbiased), (eta**2, variance), (forgotten, smooth_i)],
    squares=[(eta * (1 - eta), p + (1 - eta) / eta * change)],
)
all_own = theorem.average(
    "errors of averages",
    mean(expectation(square(p_next)))
    <= mean((1 - eta) * square(p) + forgotten * L_i**2 * square(v) + eta**2 * sigma**2),
    own,
)
P_expected = theorem.expect("P, expected", expectation(P_next).equals(expectation(mean(square(p_next)))), P_after)
P_shrinks = theorem.combine(
    "P shrinks",
    expectation(P_next) <= (1 - eta) * P + forgotten * L_tilde**2 * square(v) + eta**2 * sigma**2,
    [P_expected, all_own],
    modulo=[P_now, constants],
)
no_bias = theorem.average("no bias", mean(expectation(noise)).equals(mean(0 * k)), unbiased)
R_expected = theorem.expect("R, expected", expectation(R_next).equals(expectation(square(mean(p_next)))), R_after)
R_shrinks = theorem.combine(
    "R shrinks",
    expectation(R_next) <= (1 - eta) * R + forgotten * L**2 * square(v) + eta**2 * sigma**2 / n,
    [
        R_expected,
        (2 * (1 - eta) * eta * mean(p - change), no_bias),
        (eta**2, of_mean),
        (forgotten, lipschitz),
    ],
    squares=[(eta * (1 - eta), mean(p) + (1 - eta) / eta * mean(change))],
    modulo=[R_now],
)

# %% [markdown]
# ## Proof: what is known of them
# s^2 ||eta (k+_i - k_i - p_i) - a_i||^2 <= s ||a_i||^2 + (s^2 eta^2/(1 - s)) ||k+_i - k_i - p_i||^2.

# %%
known = theorem.combine(
    "error of what is known",
    expectation(square(a_next))
    <= s * square(a) + 2 * s * xi * eta**2 * (L_i**2 * square(v) + square(p)) + s**2 * eta**2 * sigma**2,
    [
        compressor,
        (2 * s**2 * eta * (eta * (change - p) - a), unbiased),
        (s**2 * eta**2, variance),
        (2 * s * xi * eta**2, smooth_i),
    ],
    squares=[(s * (1 - s), a + xi * eta * (change - p)), (s * xi * eta**2, change + p)],
)
all_known = theorem.average(
    "errors of what is known",
    mean(expectation(square(a_next)))
    <= mean(s * square(a) + 2 * s * xi * eta**2 * (L_i**2 * square(v) + square(p)) + s**2 * eta**2 * sigma**2),
    known,
)
G_expected = theorem.expect("G, expected", expectation(G_next).equals(expectation(mean(square(a_next)))), G_after)
G_shrinks = theorem.combine(
    "G shrinks",
    expectation(G_next) <= s * G + 2 * s * xi * eta**2 * (L_tilde**2 * square(v) + P) + s**2 * eta**2 * sigma**2,
    [G_expected, all_known],
    modulo=[G_now, P_now, constants],
)

# %% [markdown]
# ## Proof: one step
# ||mean d_i - mean k_i||^2 <= 2 (G + R). So V = f + gamma (G/(1 - s) + 2 xi^2 eta P + R/eta) decreases by gamma/2
# ||grad f||^2, up to the noise. Sum over time.

# %%
bias = theorem.combine(
    "error of the step",
    square(mean(a + p)) <= 2 * (G + R),
    squares=[(1, mean(a) - mean(p))],
    mean_squares=[(2, a - mean(a))],
    modulo=[G_now, R_now],
)
V = f + step * (G / (1 - s) + of_P * P + R / eta)
one_step = theorem.combine(
    "one step",
    f_next + step * (expectation(G_next) / (1 - s) + of_P * expectation(P_next) + expectation(R_next) / eta)
    <= V - step / 2 * square(mean(k)) + step / 2 * floor,
    [
        smooth,
        (step / 2, bias),
        (step / (1 - s), G_shrinks),
        (step * of_P, P_shrinks),
        (step / eta, R_shrinks),
        (step / 2 * square(mean(k + p + a)), short),
    ],
)
errors = theorem.positive("errors", mean(square(a)) / (1 - s) + of_P * mean(square(p)) + square(mean(p)) / eta >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step, errors)], modulo=[G_now, P_now, R_now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step * (G_0 / (1 - s) + of_P * P_0 + R_0 / eta)) / T + step / 2 * floor,
    Telescoped(
        one_step,
        V,
        {f: f_next, G: G_next, P: P_next, R: R_next},
        step / 2,
        square(mean(k)),
        start,
        average,
        {f: f_0, G: G_0, P: P_0, R: R_0},
        T,
        noise=step / 2 * floor,
    ),
)
condition = theorem.positive("its condition", (M * simple) ** 2 + L * simple <= 1)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %% [markdown]
# An example: two agents without errors, of which nothing is lost in compression; noise is one of two opposite vectors.
# The next step goes on from there, with gradients that stay and no noise.

# %%
tenth, half = Fraction(1, 10), Fraction(1, 2)
signs = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
drawn = [[[first, 0] for first, _ in signs], [[0, second] for _, second in signs]]
changes = [[-tenth, 0], [0, -tenth]]
theorem.example(
    later={a: a_next, p: p_next, k: k_next, k_next: k_next, noise: 0 * k, c: -eta * p_next - a_next},
    outcomes=4,
    values={
        **{s: half, eta: half, n: 2, sigma: 1, step: tenth, L: 1, L_tilde: 1, L_i: [1, 1]},
        **{a: [[0, 0]] * 2, p: [[0, 0]] * 2, k: [[2, 0], [0, 2]], k_next: [[2 - tenth, 0], [0, 2 - tenth]]},
        noise: drawn,
        c: [
            [[half * (x + z) for x, z in zip(change_i, xi_i)] for xi_i in own] for change_i, own in zip(changes, drawn)
        ],
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
