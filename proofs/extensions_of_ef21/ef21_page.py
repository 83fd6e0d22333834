# %% [markdown]
# # EF21-PAGE: EF21 whose agents reduce the variance of their gradients
#
# Agent i follows its gradient by v_i: with probability p, v+_i is the gradient h+_i of f_i at x+; otherwise v_i moves
# by the difference of two minibatch gradients, at x+ and at x, which is h+_i - h_i + m_i with a small error m_i of mean
# zero. As in EF21, g+_i = g_i + C(v+_i - g_i) and x+ = x - gamma mean g_i. Full gradients are needed now and then, but
# there is no noise in the end. All constants are ours. A parameter t weights the errors of g_i and v_i as 1 - t to t.

# %%
from eftheory.proofkit import Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_page",
    "EF21-PAGE finds points of small gradient at the rate 1/T, with minibatches and full gradients now and then",
    source="own constants, for EF21-PAGE of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
p = theorem.parameter("p", above=0, at_most=1)
t = theorem.parameter("t", above=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
K_tilde = theorem.parameter("Ktilde", latex=r"\tilde K")
L_i = theorem.parameter("L", indexed=True)
K_i = theorem.parameter("K", indexed=True)
A, B = theorem.parameter("A", at_least=0), theorem.parameter("B", at_least=0)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
P, P_next = theorem.scalar("P"), theorem.scalar("P+", random=True, latex="P^{+}")
g, v, h = (theorem.vector(name, indexed=True) for name in "gvh")
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
b = theorem.scalar("b", indexed=True, random=True)
m, c = theorem.vector("m", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# Those about one agent are of `page_contraction`. G is the error of the g_i, P that of the v_i; A and B are their
# weights. f is measured from a lower bound.

# %%
alpha = 1 - s**2
v_next = h_next + (1 - b) * (v - h + m)
sent = v_next - g
move = -step * mean(g)
lag, lag_next, drift, drift_next = square(g - v), square(g + c - v_next), square(v - h), square(v_next - h_next)
now = theorem.given("G now", G.equals(mean(lag)))
after = theorem.given("G next", G_next.equals(mean(lag_next)))
estimates = theorem.given("P now", P.equals(mean(drift)))
estimates_next = theorem.given("P next", P_next.equals(mean(drift_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), move) + L / 2 * square(move))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(move))
coin = theorem.given("coin", (b**2).equals(b))
chance = theorem.given("chance", expectation(b).equals(p))
unbiased = theorem.given("samples are unbiased", expectation((1 - b) * m).equals(0 * h))
variance = theorem.given("samples are smooth", expectation((1 - b) * square(m)) <= (1 - p) * K_i**2 * square(move))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
samples = theorem.given("Ktilde", mean(K_i**2).equals(K_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
weight_G = theorem.given("weight of G", ((1 - s) * B).equals(1 / (1 - t)))
weight_P = theorem.given("weight of P", (p * A).equals(1 / t + 2 * p * B * s**2 / (1 - s)))
Z_squared = B * s**2 * (1 + p) / (1 - s) * L_tilde**2 + (A + B * s**2) * (1 - p) * K_tilde**2
short = theorem.given("short step", Z_squared * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points is small; f0, G0 and P0 belong to the start. Any step gamma' up to
# 1/(L + z) with z^2 = Z^2 is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(Z_squared))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0, P_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fGP")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + (A * P_0 + B * G_0) / T,
    Z_squared * simple**2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof
# By `page_contraction`, V = f + gamma/2 (A P + B G) decreases by gamma/2 ||grad f||^2.

# %%
moved, sampled = mean(L_i**2), mean(K_i**2)
errors = theorem.lemma(
    "errors",
    A * mean(expectation(drift_next)) + B * mean(expectation(lag_next)) + square(mean(g - h))
    <= ((1 - p) * A + 2 * p * B * s**2 / (1 - s) + 1 / t) * mean(drift)
    + (s * B + 1 / (1 - t)) * mean(lag)
    + (B * s**2 * (1 + p) / (1 - s) * moved + (A + B * s**2) * (1 - p) * sampled) * square(move),
    "page_contraction",
    {"d": move},
    given=[smooth_i, coin, chance, unbiased, variance, compressor],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(lag_next))), after)
expected_P = theorem.expect(
    "P next, expected", expectation(P_next).equals(expectation(mean(drift_next))), estimates_next
)
V = f + step / 2 * (A * P + B * G)
one_step = theorem.combine(
    "one step",
    f_next + step / 2 * (A * expectation(P_next) + B * expectation(G_next)) <= V - step / 2 * square(mean(h)),
    [
        smooth,
        (step / 2, errors),
        (step / 2 * square(mean(g)), short),
        (-step / 2 * mean(drift), weight_P),
        (-step / 2 * mean(lag), weight_G),
    ],
    modulo=[expected, expected_P, constants, samples, now, estimates],
)

# %% [markdown]
# Sum over time, as V stays at least zero.

# %%
lags_sign = theorem.positive("lags at least zero", mean(lag) >= 0)
drifts_sign = theorem.positive("estimates' errors at least zero", mean(drift) >= 0)
start = theorem.combine(
    "V at least zero",
    V >= 0,
    [bounded, (step / 2 * B, lags_sign), (step / 2 * A, drifts_sign)],
    modulo=[now, estimates],
)
successors, first = {f: f_next, G: G_next, P: P_next}, {f: f_0, G: G_0, P: P_0}
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / 2 * (A * P_0 + B * G_0)) / T,
    Telescoped(one_step, V, successors, step / 2, square(mean(h)), start, average, first, T),
)
condition = theorem.positive("its condition", (z * simple) ** 2 + L * simple <= 1)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "step '*', values of d: *": "the lemma takes the square of d only",
    "the lower bound of p not strict": "no A satisfies 'weight of P' then",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
