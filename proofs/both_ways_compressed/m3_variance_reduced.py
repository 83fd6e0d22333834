# %% [markdown]
# # Compressed models down and compressed sampled changes up: noise that shrinks with all agents
#
# As `m3_minibatch`, where noise shrinks with the agents of a team only. Here agents compress s_i, the change of their
# gradients from w_i to w_i+, sampled by the same b samples at both; so its noise shrinks with the move. With
# probability r, instead, they send minibatches of B new samples, and those are drawn only then: what stays of the noise
# is 2 sigma^2/(n B), and a round takes 2 b + r B samples on average.
#
# That asks for more: sampled functions are smooth in the mean of their squares, with the constant L_s. The method is
# ours, in the manner of MARINA with variance reduction; nothing is claimed of the one whose text is not available.

# %%
from fractions import Fraction

from eftheory.methods.m3_variance_reduced import M3VarianceReduced
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "m3_variance_reduced",
    "M3 without momentum, with teams and variance reduction: small gradients up to 2/n of the variance, at 1/T",
    source="own, for a method in the manner of [GruntkowskaTyurinRichtarik2024] and [GorbunovEtAl2021]",
)

Q = theorem.parameter("Q", at_least=1)
r = theorem.parameter("r", above=0, at_most=1)
n = theorem.parameter("n", above=0)
b, B = theorem.parameter("b", above=0), theorem.parameter("B", above=0)
sigma = theorem.parameter("sigma", latex=r"\sigma")
L = theorem.parameter("L", above=0)
L_max, L_A = theorem.parameter("L_max", latex=r"L_{\max}"), theorem.parameter("L_A", latex="L_A")
L_s = theorem.parameter("L_s", latex="L_s")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
N, N_next = theorem.scalar("N"), theorem.scalar("N+", random=True, latex="N^{+}")
D, D_next = theorem.scalar("D"), theorem.scalar("D+", random=True, latex="D^{+}")
g, h = theorem.vector("g"), theorem.vector("h")
a, k = theorem.vector("a", indexed=True), theorem.vector("k", indexed=True)
k_next = theorem.vector("k+", indexed=True, random=True, latex="k^{+}")
noise, s = (
    theorem.vector("noise", indexed=True, random=True, latex=r"\xi"),
    theorem.vector("s", indexed=True, random=True),
)
q, c = theorem.vector("q", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)
m, m_up = theorem.scalar("m", random=True), theorem.scalar("m'", random=True)

# %% [markdown]
# ## The method
# m and m' are 0 if all is sent, down and up, and 1 if messages are dealt out or compressed.

# %%
x, p = theorem.vector("x"), 1 / Q
numbers = {"step_size": step, "full_down": p, "full_up": r}
samples_of = {"noisy_change": s, "noisy_local_gradient": k_next + noise}
new = OneStep(
    M3VarianceReduced, numbers, {"x": x, "v": g, "w": x + a}, **samples_of, coin=[m, m_up], send=q, compress=c
)
v = new.move("x", -step * g)
left = a + q - v
a_next = rewritten(new.w - new.x, m * left)
y = new.move("w", v - a + m * left)
lost = c - (k_next - k)
missing = g - mean(k) + mean(lost)
error = rewritten(new.v - mean(k_next), m_up * missing + (1 - m_up) * mean(noise))

# %% [markdown]
# ## What is followed
# N is the error of g against the gradients at the copies, D that of the copies.

# %%
N_now = theorem.given("N now", N.equals(square(g - mean(k))))
N_after = theorem.given("N next", N_next.equals(square(error)))
D_now = theorem.given("D now", D.equals(mean(square(a))))
D_after = theorem.given("D next", D_next.equals(mean(square(a_next))))

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound and L-smooth, with the gradient h at x; each f_i is L_max-smooth. Of displacements
# with mean zero the functional inequality is asked without L_B.

# %%
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(h, v) + L / 2 * square(v))
smooth_i = theorem.given("f_i is smooth", square(k_next - k) <= L_max**2 * square(y))
functional = theorem.given("functional inequality", square(mean(k) - h) <= L_A**2 * mean(square(a)))
centred = theorem.given("copies are right on average", mean(a).equals(0 * h))

# %% [markdown]
# Down: as in `marina_p`, with omega = Q - 1 of PermK for Q agents, and without error in the mean.

# %%
drift = v - a
coin = theorem.given("coin", (m**2).equals(m))
apart = theorem.given(
    "independent coin, errors", expectation(m * mean(square(left))).equals((1 - p) * expectation(mean(square(left))))
)
apart_drift = theorem.given(
    "independent coin, products",
    expectation(m * mean(inner(drift, left))).equals((1 - p) * expectation(mean(inner(drift, left)))),
)
unbiased = theorem.given("unbiased", expectation(q).equals(v))
variance = theorem.given("variance", expectation(mean(square(q - v))) <= (Q - 1) * square(v))
no_error = theorem.given("no error in the mean", mean(q).equals(v))

# %% [markdown]
# Up: sampled changes have no bias, and a mean of b of them has the variance L_s^2 ||w_i+ - w_i||^2/b; messages about
# them are unbiased with variance 1/r - 1 (r d of d coordinates), and agents are not correlated. The mean of all
# minibatches has the variance sigma^2/(n B).

# %%
change = k_next - k
coin_up = theorem.given("coin up", (m_up**2).equals(m_up))
apart_up = theorem.given(
    "independent coin, up", expectation(m_up * square(missing)).equals((1 - r) * expectation(square(missing)))
)
apart_full = theorem.given(
    "independent coin, in full",
    expectation(m_up * square(mean(noise))).equals((1 - r) * expectation(square(mean(noise)))),
)
unbiased_up = theorem.given("unbiased up", expectation(mean(lost)).equals(0 * h))
uncorrelated = theorem.given(
    "uncorrelated", expectation(square(mean(lost))).equals(expectation(mean(square(lost))) / n)
)
variance_up = theorem.given(
    "variance up", expectation(mean(square(c - s))) <= (1 / r - 1) * expectation(mean(square(s)))
)
apart_messages = theorem.given("messages and samples", expectation(mean(inner(c - s, s - change))).equals(0))
fresh = theorem.given("samples are unbiased", expectation(mean(inner(s - change, change))).equals(0))
samples = theorem.given(
    "variance of changes", expectation(mean(square(s - change))) <= L_s**2 / b * expectation(mean(square(y)))
)
mean_samples = theorem.given("variance of minibatches", expectation(square(mean(noise))) <= sigma**2 / (n * B))

# %% [markdown]
# The step is short in terms of M^2: what is lost on the way up, and on the way down.

# %%
U = (1 - r) * ((1 - r) * L_max**2 + L_s**2 / b) / (r**2 * n)
M_squared = 2 * U * (2 * Q - 3 + 2 / Q) + 2 * (Q - 1) ** 2 * L_A**2
short = theorem.given("short step", M_squared * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# 1. The copies stay right on average. 2. The mean of E ||grad f||^2 over the first T points; what ends with 0 belongs
# to the start, and is 0 but for f0 if that is from exact gradients. 3. A step is short up to 1/(L + M).

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals(M_squared))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, N_0, D_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fND")
of_D = U + Q * L_A**2
floor = 2 * sigma**2 / (n * B)
stays, small, allowed = theorem.claim(
    mean(a_next).equals(0 * h),
    average <= 2 * f_0 / (step * T) + 2 * (N_0 / r + of_D * D_0) / T + floor,
    M_squared * simple**2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof: the way down
# As in `m3_minibatch`.

# %%
theorem.combine("copies stay right", stays, [(m, centred), (m, no_error)])
D_tossed = theorem.combine(
    "D, coin tossed", D_next.equals(m * mean(square(left))), [D_after, (mean(square(left)), coin)]
)
D_expected = theorem.expect("D, expected", expectation(D_next).equals(expectation(m * mean(square(left)))), D_tossed)
products = theorem.average("products", mean(inner(a, expectation(q))).equals(inner(mean(a), v)), unbiased, weight=a)
mean_unbiased = theorem.average("mean unbiased", mean(expectation(q)).equals(v), unbiased)
D_shrinks = theorem.combine(
    "D shrinks",
    expectation(D_next) <= (1 - p) * (D + (Q - 1) * square(v)),
    [D_expected, apart, (1 - p, variance), (2 * (1 - p), products)],
    modulo=[D_now],
)
squares_y = mean(square(drift)) + 2 * m * mean(inner(drift, left)) + m * mean(square(left))
y_tossed = theorem.combine("moves, coin tossed", mean(square(y)).equals(squares_y), [(mean(square(left)), coin)])
y_expected = theorem.expect("moves, expected", expectation(mean(square(y))).equals(expectation(squares_y)), y_tossed)
moves = theorem.combine(
    "moves",
    expectation(mean(square(y))) <= p * D + (1 / Q + Q - 1) * square(v),
    [
        y_expected,
        apart,
        (2, apart_drift),
        (1 - p, variance),
        (2 * (1 - p) * v, mean_unbiased),
        (-2 * p * v, centred),
    ],
    modulo=[D_now],
)

# %% [markdown]
# ## Proof: the way up
# What a message loses is the error of compression and that of the samples, which are not correlated.

# %%
smooth_all = theorem.average("smooth on average", mean(square(change)) <= mean(L_max**2 * square(y)), smooth_i)
smooth_expected = theorem.expect(
    "smooth on average, expected",
    expectation(mean(square(change))) <= expectation(mean(L_max**2 * square(y))),
    smooth_all,
)
losses = theorem.combine(
    "what messages lose",
    expectation(mean(square(lost)))
    <= ((1 / r - 1) * L_max**2 + L_s**2 / (r * b)) * (p * D + (1 / Q + Q - 1) * square(v)),
    [
        variance_up,
        (2, apart_messages),
        (2 * (1 / r - 1), fresh),
        (1 / r, samples),
        (1 / r - 1, smooth_expected),
        ((1 / r - 1) * L_max**2 + L_s**2 / (r * b), moves),
    ],
)
N_tossed = theorem.combine(
    "N, coin tossed",
    N_next.equals(m_up * square(missing) + (1 - m_up) * square(mean(noise))),
    [N_after, (square(missing - mean(noise)), coin_up)],
)
N_expected = theorem.expect(
    "N, expected",
    expectation(N_next).equals(expectation(m_up * square(missing) + (1 - m_up) * square(mean(noise)))),
    N_tossed,
)
N_shrinks = theorem.combine(
    "N shrinks",
    expectation(N_next) <= (1 - r) * N + r * U * (p * D + (1 / Q + Q - 1) * square(v)) + r * sigma**2 / (n * B),
    [
        N_expected,
        apart_up,
        (-1, apart_full),
        (r, mean_samples),
        (2 * (1 - r) * (g - mean(k)), unbiased_up),
        (1 - r, uncorrelated),
        ((1 - r) / n, losses),
    ],
    modulo=[N_now],
)

# %% [markdown]
# ## Proof: one step
# ||g - h||^2 <= 2 (N + L_A^2 D). So V = f + gamma (N/r + (U + Q L_A^2) D) decreases by gamma/2 ||grad f||^2, up to the
# noise. Sum over time.

# %%
bias = theorem.combine(
    "error of g",
    square(g - h) <= 2 * (N + L_A**2 * D),
    [(2, functional)],
    squares=[(1, g - mean(k) - (mean(k) - h))],
    modulo=[N_now, D_now],
)
V = f + step * (N / r + of_D * D)
one_step = theorem.combine(
    "one step",
    f_next + step * (expectation(N_next) / r + of_D * expectation(D_next))
    <= V - step / 2 * square(h) + step / 2 * floor,
    [
        smooth,
        (step / 2, bias),
        (step / r, N_shrinks),
        (step * of_D, D_shrinks),
        (step / 2 * square(g), short),
    ],
)
errors = theorem.positive("errors", square(g - mean(k)) / r + of_D * mean(square(a)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step, errors)], modulo=[N_now, D_now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step * (N_0 / r + of_D * D_0)) / T + step / 2 * floor,
    Telescoped(
        one_step,
        V,
        {f: f_next, N: N_next, D: D_next},
        step / 2,
        square(h),
        start,
        average,
        {f: f_0, N: N_0, D: D_0},
        T,
        noise=step / 2 * floor,
    ),
)
condition = theorem.positive("its condition", (M * simple) ** 2 + L * simple <= 1)
theorem.qed(
    "copies stay right",
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %% [markdown]
# An example: a team of two, and gradients that move as the copies do; samples of their changes are right. Both coins
# are fair and independent of the messages, whose errors have the same size in all four outcomes.

# %%
# The next step goes on from there, with exact messages and gradients that stay.
exact = {m: [0, 0, 1, 1], m_up: [0, 1, 1, 0], q: -step * new.v, s: 0 * k, c: 0 * k, noise: 0 * k}
half, tenth, signs = Fraction(1, 2), Fraction(1, 10), (1, -1, 1, -1)
parts = [[[-tenth, team * sign * tenth] for sign in signs] for team in (1, -1)]
moves_of = [[[-tenth, 0], [-tenth, 0], *own[2:]] for own in parts]
ends = [[2, 1], [0, -1]]
losses_of = [[sign * tenth / 4, 0] for sign in signs], [[0, sign * tenth / 4] for sign in signs]
theorem.example(
    later={a: a_next, g: new.v, h: mean(k_next), k: k_next, k_next: k_next, **exact},
    outcomes=4,
    values={
        **{Q: 2, r: half, n: 2, b: 1, B: 1, sigma: 1, step: tenth, L: 2, L_max: 2, L_A: 1, L_s: 1},
        **{a: [[0, 0], [0, 0]], g: [1, 0], h: [1, 0], k: ends, m: [0, 0, 1, 1], m_up: [0, 1, 1, 0]},
        **{q: parts, s: moves_of, noise: [[[tenth, 0]] * 4] * 2},
        k_next: [[[e + z for e, z in zip(end, move)] for move in own] for end, own in zip(ends, moves_of)],
        c: [
            [[z + lost for z, lost in zip(move, gone)] for move, gone in zip(own, away)]
            for own, away in zip(moves_of, losses_of)
        ],
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
