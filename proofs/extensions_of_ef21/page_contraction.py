# %% [markdown]
# # The contraction lemma of EF21-PAGE
#
# Agent i follows its gradient by v_i: with probability p, v+_i is the gradient h+_i of f_i at x+; otherwise v_i moves
# by the difference of two minibatch gradients, at x+ and at x, which is h+_i - h_i + m_i with a small error m_i of mean
# zero. As in EF21, g+_i = g_i + C(v+_i - g_i). x has moved by d.

# %%
from eftheory.proofkit import Theorem, expectation, inner, mean, square

theorem = Theorem(
    "page_contraction",
    "Both errors of EF21-PAGE contract, up to the moves of gradients and of samples",
    source="own constants, for EF21-PAGE of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
p = theorem.parameter("p", at_least=0, at_most=1)
t = theorem.parameter("t", above=0, below=1)
A, B = theorem.parameter("A", at_least=0), theorem.parameter("B", at_least=0)
L_i = theorem.parameter("L", indexed=True)
K_i = theorem.parameter("K", indexed=True)
g, v, h = (theorem.vector(name, indexed=True) for name in "gvh")
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
b = theorem.scalar("b", indexed=True, random=True)
m, c = theorem.vector("m", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)
move = theorem.vector("d")

# %% [markdown]
# ## Hypotheses
# b_i is 1 if agent i takes its full gradient, else 0; then samples are drawn, and the hypotheses about m_i are about
# them: if the mean over all samples of ||grad (at x+) - grad (at x)||^2 is at most M_i^2 ||x+ - x||^2, tau_i
# independent samples have K_i^2 = M_i^2/tau_i. The compressor contracts whatever it is given, hence also in the mean.

# %%
alpha = 1 - s**2
v_next = h_next + (1 - b) * (v - h + m)
sent = v_next - g
lag, lag_next, drift, drift_next = square(g - v), square(g + c - v_next), square(v - h), square(v_next - h_next)
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(move))
coin = theorem.given("coin", (b**2).equals(b))
chance = theorem.given("chance", expectation(b).equals(p))
unbiased = theorem.given("samples are unbiased", expectation((1 - b) * m).equals(0 * h))
variance = theorem.given("samples are smooth", expectation((1 - b) * square(m)) <= (1 - p) * K_i**2 * square(move))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))

# %% [markdown]
# ## Claims
# About v_i, whose error loses a share p, and about g_i, which follows v_i; and of both, with weights A and B: what they
# leave once the error of mean g_i is paid for, in which t weights lags and errors of v_i as 1 - t to t.

# %%
moved, sampled = mean(L_i**2) * square(move), mean(K_i**2) * square(move)
Z_squared = B * s**2 * (1 + p) / (1 - s) * mean(L_i**2) + (A + B * s**2) * (1 - p) * mean(K_i**2)
estimates, followed, together = theorem.claim(
    mean(expectation(drift_next)) <= (1 - p) * (mean(drift) + sampled),
    mean(expectation(lag_next))
    <= s * mean(lag) + s**2 / (1 - s) * (2 * p * mean(drift) + (1 + p) * moved) + s**2 * (1 - p) * sampled,
    A * mean(expectation(drift_next)) + B * mean(expectation(lag_next)) + square(mean(g - h))
    <= ((1 - p) * A + 2 * p * B * s**2 / (1 - s) + 1 / t) * mean(drift)
    + (s * B + 1 / (1 - t)) * mean(lag)
    + Z_squared * square(move),
)

# %% [markdown]
# ## Proof
# With b_i^2 = b_i, squares with the factor 1 - b_i are those of what it multiplies. So v_i loses a share p of its
# error.

# %%
coined = theorem.combine(
    "estimate's error, coin used", drift_next.equals((1 - b) * square(v - h + m)), [(square(v - h + m), coin)]
)
coined_expected = theorem.expect(
    "estimate's error, expected", expectation(drift_next).equals(expectation((1 - b) * square(v - h + m))), coined
)
one_estimate = theorem.combine(
    "one estimate",
    expectation(drift_next) <= (1 - p) * (drift + K_i**2 * square(move)),
    [coined_expected, variance, (-drift, chance), (2 * (v - h), unbiased)],
)

# %% [markdown]
# What is compressed is the lag g_i - v_i, the move of the gradient and, with probability p, the error of v_i.

# %%
sent_coined = theorem.combine(
    "message, coin used",
    square(sent).equals(square(h_next - g) + (1 - b) * (2 * inner(h_next - g, v - h + m) + square(v - h + m))),
    [(square(v - h + m), coin)],
)
sent_expected = theorem.expect(
    "message, expected",
    expectation(square(sent)).equals(
        expectation(square(h_next - g) + (1 - b) * (2 * inner(h_next - g, v - h + m) + square(v - h + m)))
    ),
    sent_coined,
)
message = theorem.combine(
    "message",
    s * expectation(square(sent))
    <= lag + s / (1 - s) * (2 * p * drift + (1 + p) * L_i**2 * square(move)) + s * (1 - p) * K_i**2 * square(move),
    [
        (s, sent_expected),
        (s, variance),
        (-s * (2 * inner(h_next - g, v - h) + drift), chance),
        (2 * s * (h_next - g + v - h), unbiased),
        (s * (1 + p) / (1 - s), smooth_i),
    ],
    squares=[
        (p / (1 - s), (1 - s) * (v - g) + s * (v - h) - s * (h_next - h)),
        (p * s / (1 - s), (v - h) + (h_next - h)),
        ((1 - p) / (1 - s), (1 - s) * (v - g) - s * (h_next - h)),
    ],
)
one_lag = theorem.combine(
    "one lag",
    expectation(lag_next)
    <= s * lag
    + s**2 / (1 - s) * (2 * p * drift + (1 + p) * L_i**2 * square(move))
    + s**2 * (1 - p) * K_i**2 * square(move),
    [compressor, (s, message)],
)

# %% [markdown]
# Averages over the agents.

# %%
drifts = theorem.average(
    "estimates", mean(expectation(drift_next)) <= mean((1 - p) * (drift + K_i**2 * square(move))), one_estimate
)
lags = theorem.average(
    "lags",
    mean(expectation(lag_next))
    <= mean(
        s * lag
        + s**2 / (1 - s) * (2 * p * drift + (1 + p) * L_i**2 * square(move))
        + s**2 * (1 - p) * K_i**2 * square(move)
    ),
    one_lag,
)
all_estimates = theorem.combine("all estimates", estimates, [drifts])
all_lags = theorem.combine("all lags", followed, [lags])
both = theorem.combine(
    "together",
    together,
    [(A, all_estimates), (B, all_lags)],
    mean_squares=[(1 / (t * (1 - t)), (1 - t) * (v - h) - t * (g - v)), (1, (g - h) - mean(g - h))],
)
theorem.qed(all_estimates, all_lags, both)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
