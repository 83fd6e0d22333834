# %% [markdown]
# # Compressed models down and compressed minibatches up: M3 without momentum, with stochastic gradients
#
# Agent i has a copy w_i = x + a_i of the model, and keeps the mean G_i = k_i + noise_i of B samples of its gradient
# there, k_i. x+ = x + v with v = -gamma g. One coin brings all copies up to date, or each agent receives its part of v,
# which PermK deals out in teams of Q agents: the copies are right on average. Then agents draw anew, G+_i = k+_i +
# noise+_i; by a second coin they send these, and g+ = mean G+_i, or compressed differences, and g+ = g + mean c_i.
#
# The method is M3 with beta = 1, where the gradient before the step is the minibatch that was kept.
# It is a reconstruction of ours, in the place of one whose text is not available; nothing is claimed of that.

# %%
from fractions import Fraction

from eftheory.methods.m3_minibatch import M3Minibatch
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "m3_minibatch",
    "M3 without momentum, with teams and minibatches: small gradients up to the variance, at the rate 1/T",
    source="own, for a method in the manner of [GruntkowskaTyurinRichtarik2024]",
)

Q = theorem.parameter("Q", at_least=1)
r = theorem.parameter("r", above=0, at_most=1)
n = theorem.parameter("n", above=0)
B = theorem.parameter("B", above=0)
sigma = theorem.parameter("sigma", latex=r"\sigma")
L = theorem.parameter("L", above=0)
L_max, L_A = theorem.parameter("L_max", latex=r"L_{\max}"), theorem.parameter("L_A", latex="L_A")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
N, N_next = theorem.scalar("N"), theorem.scalar("N+", random=True, latex="N^{+}")
D, D_next = theorem.scalar("D"), theorem.scalar("D+", random=True, latex="D^{+}")
X, X_next = theorem.scalar("X"), theorem.scalar("X+", random=True, latex="X^{+}")
Y, Y_next = theorem.scalar("Y"), theorem.scalar("Y+", random=True, latex="Y^{+}")
g, h = theorem.vector("g"), theorem.vector("h")
a, k = theorem.vector("a", indexed=True), theorem.vector("k", indexed=True)
k_next = theorem.vector("k+", indexed=True, random=True, latex="k^{+}")
noise = theorem.vector("noise", indexed=True, latex=r"\xi")
noise_next = theorem.vector("noise+", indexed=True, random=True, latex=r"\xi^{+}")
q, c = theorem.vector("q", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)
m, m_up = theorem.scalar("m", random=True), theorem.scalar("m'", random=True)

# %% [markdown]
# ## The method
# m and m' are 0 if all is sent, down and up, and 1 if messages are dealt out or compressed.

# %%
x, p = theorem.vector("x"), 1 / Q
G, G_next = k + noise, k_next + noise_next
numbers = {"step_size": step, "full_down": p, "full_up": r}
state = {"x": x, "v": g, "w": x + a, "k": G}
new = OneStep(M3Minibatch, numbers, state, noisy_local_gradient=G_next, coin=[m, m_up], send=q, compress=c)
v = new.move("x", -step * g)
left = a + q - v
a_next = rewritten(new.w - new.x, m * left)
y = new.move("w", v - a + m * left)
lost = c - (G_next - G)
missing = g - mean(G) + mean(lost)
error = rewritten(new.v - mean(G_next), m_up * missing)

# %% [markdown]
# ## What is followed
# N is the error of g against the minibatches, D that of the copies, X and Y are the noise of agents and of their mean.

# %%
N_now = theorem.given("N now", N.equals(square(g - mean(G))))
N_after = theorem.given("N next", N_next.equals(square(error)))
D_now = theorem.given("D now", D.equals(mean(square(a))))
D_after = theorem.given("D next", D_next.equals(mean(square(a_next))))
X_now = theorem.given("X now", X.equals(mean(square(noise))))
X_after = theorem.given("X next", X_next.equals(mean(square(noise_next))))
Y_now = theorem.given("Y now", Y.equals(square(mean(noise))))
Y_after = theorem.given("Y next", Y_next.equals(square(mean(noise_next))))

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
# Up: new samples have no bias whatever the copies are, and are independent; a mean of B of them has the variance
# sigma^2/B. Messages are unbiased, with variance 1/r - 1 (r d of d coordinates), and those of agents not correlated.

# %%
fresh = theorem.given("new samples", expectation(mean(inner(k_next - k - noise, noise_next))).equals(0))
samples = theorem.given("variance of samples", expectation(mean(square(noise_next))) <= sigma**2 / B)
mean_samples = theorem.given("variance of their mean", expectation(square(mean(noise_next))) <= sigma**2 / (n * B))
coin_up = theorem.given("coin up", (m_up**2).equals(m_up))
apart_up = theorem.given(
    "independent coin, up", expectation(m_up * square(missing)).equals((1 - r) * expectation(square(missing)))
)
unbiased_up = theorem.given("unbiased up", expectation(mean(lost)).equals(0 * h))
uncorrelated = theorem.given(
    "uncorrelated", expectation(square(mean(lost))).equals(expectation(mean(square(lost))) / n)
)
variance_up = theorem.given(
    "variance up", expectation(mean(square(lost))) <= (1 / r - 1) * expectation(mean(square(G_next - G)))
)

# %% [markdown]
# The step is short in terms of M^2: what is lost on the way up, and on the way down.

# %%
u = (1 - r) ** 2 / (r**2 * n)
M_squared = 6 * u * L_max**2 * (2 * Q - 3 + 2 / Q) + 3 * (Q - 1) ** 2 * L_A**2
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
f_0, N_0, D_0, X_0, Y_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fNDXY")
of_D = Q * L_A**2 + 2 * u * L_max**2
floor = 3 * sigma**2 / (n * B) + 9 * u * sigma**2 / B
stays, small, allowed = theorem.claim(
    mean(a_next).equals(0 * h),
    average <= 2 * f_0 / (step * T) + 3 * (N_0 / r + of_D * D_0 + 2 * u * X_0 + Y_0) / T + floor,
    M_squared * simple**2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof: the way down
# What the coin leaves of D is a part 1 - 1/Q. A copy moves by v - a_i if it is brought up to date, and by q_i if not.

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
# The minibatches differ by the move of the gradients, the old noise and the new.

# %%
apart_i = theorem.combine(
    "difference without new noise",
    square(k_next - k - noise) <= 2 * L_max**2 * square(y) + 2 * square(noise),
    [(2, smooth_i)],
    squares=[(1, k_next - k + noise)],
)
apart_all = theorem.average(
    "on average",
    mean(square(k_next - k - noise)) <= mean(2 * L_max**2 * square(y) + 2 * square(noise)),
    apart_i,
)
apart_expected = theorem.expect(
    "on average, expected",
    expectation(mean(square(k_next - k - noise))) <= expectation(mean(2 * L_max**2 * square(y) + 2 * square(noise))),
    apart_all,
)
differences = theorem.combine(
    "differences",
    expectation(mean(square(G_next - G)))
    <= 2 * L_max**2 * (p * D + (1 / Q + Q - 1) * square(v)) + 2 * X + sigma**2 / B,
    [apart_expected, (2, fresh), samples, (2 * L_max**2, moves)],
    modulo=[X_now],
)
N_tossed = theorem.combine(
    "N, coin tossed", N_next.equals(m_up * square(missing)), [N_after, (square(missing), coin_up)]
)
N_expected = theorem.expect("N, expected", expectation(N_next).equals(expectation(m_up * square(missing))), N_tossed)
N_shrinks = theorem.combine(
    "N shrinks",
    expectation(N_next)
    <= (1 - r) * N + u * r * (2 * L_max**2 * (p * D + (1 / Q + Q - 1) * square(v)) + 2 * X + sigma**2 / B),
    [
        N_expected,
        apart_up,
        (2 * (1 - r) * (g - mean(G)), unbiased_up),
        (1 - r, uncorrelated),
        ((1 - r) / n, variance_up),
        ((1 - r) * (1 / r - 1) / n, differences),
    ],
    modulo=[N_now],
)

# %% [markdown]
# ## Proof: one step
# ||g - h||^2 <= 3 (N + Y + L_A^2 D). So V = f + (3 gamma/2)(N/r + (Q L_A^2 + 2 u L_max^2) D + 2 u X + Y) decreases by
# gamma/2 ||grad f||^2, up to the noise. Sum over time.

# %%
bias = theorem.combine(
    "error of g",
    square(g - h) <= 3 * (N + Y + L_A**2 * D),
    [(3, functional)],
    squares=[
        (1, g - mean(G) - mean(noise)),
        (1, mean(noise) - (mean(k) - h)),
        (1, g - mean(G) - (mean(k) - h)),
    ],
    modulo=[N_now, Y_now, D_now],
)
X_expected = theorem.expect("X, expected", expectation(X_next).equals(expectation(mean(square(noise_next)))), X_after)
Y_expected = theorem.expect("Y, expected", expectation(Y_next).equals(expectation(square(mean(noise_next)))), Y_after)
weight = 3 * step / 2
V = f + weight * (N / r + of_D * D + 2 * u * X + Y)
after = expectation(N_next) / r + of_D * expectation(D_next) + 2 * u * expectation(X_next) + expectation(Y_next)
one_step = theorem.combine(
    "one step",
    f_next + weight * after <= V - step / 2 * square(h) + step / 2 * floor,
    [
        smooth,
        (step / 2, bias),
        (weight / r, N_shrinks),
        (weight * of_D, D_shrinks),
        (weight * 2 * u, X_expected),
        (weight * 2 * u, samples),
        (weight, Y_expected),
        (weight, mean_samples),
        (step / 2 * square(g), short),
    ],
)
errors = theorem.positive(
    "errors",
    square(g - mean(G)) / r + of_D * mean(square(a)) + 2 * u * mean(square(noise)) + square(mean(noise)) >= 0,
)
start = theorem.combine("V at least zero", V >= 0, [bounded, (weight, errors)], modulo=[N_now, D_now, X_now, Y_now])
following = {f: f_next, N: N_next, D: D_next, X: X_next, Y: Y_next}
first = {f: f_0, N: N_0, D: D_0, X: X_0, Y: Y_0}
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + weight * (N_0 / r + of_D * D_0 + 2 * u * X_0 + Y_0)) / T + step / 2 * floor,
    Telescoped(one_step, V, following, step / 2, square(h), start, average, first, T, noise=step / 2 * floor),
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
# An example: a team of two, and gradients that move as the copies do. Both coins are fair and independent of the
# messages, whose errors have the same size in all four outcomes.

# %%
# The next step goes on from there, with exact messages, the same samples, and gradients that stay.
exact = {m: [0, 0, 1, 1], m_up: [0, 1, 1, 0], q: -step * new.v, c: 0 * k, noise_next: noise_next}
half, tenth, signs = Fraction(1, 2), Fraction(1, 10), (1, -1, 1, -1)
parts = [[[-tenth, team * sign * tenth] for sign in signs] for team in (1, -1)]
moves = [[[-tenth, 0], [-tenth, 0], *own[2:]] for own in parts]
ends, kept = [[2, 1], [0, -1]], [[tenth, 0], [0, tenth]]
losses = [[sign * tenth / 4, 0] for sign in signs], [[0, sign * tenth / 4] for sign in signs]
theorem.example(
    later={a: a_next, g: new.v, h: mean(k_next), noise: noise_next, k: k_next, k_next: k_next, **exact},
    outcomes=4,
    values={
        **{Q: 2, r: half, n: 2, B: 1, sigma: 1, step: tenth, L: 2, L_max: 2, L_A: 1},
        **{a: [[0, 0], [0, 0]], g: [1, 0], h: [1, 0], k: ends, noise: kept, m: exact[m], m_up: exact[m_up]},
        q: parts,
        k_next: [[[e + z for e, z in zip(end, move)] for move in own] for end, own in zip(ends, moves)],
        noise_next: [[[0, 0]] * 4] * 2,
        c: [
            [[z - old + lost for z, old, lost in zip(move, has, gone)] for move, gone in zip(own, away)]
            for own, has, away in zip(moves, kept, losses)
        ],
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
