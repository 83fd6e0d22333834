# %% [markdown]
# # EF21 with compression in both directions
#
# Agents keep estimates d_i by EF21, d+_i = d_i + C(h+_i - d_i); the server follows their mean with another compressor,
# g+ = g + C'(mean d+_i - g), and sends only that; x+ = x - gamma g. The agents' alpha is 1 - s^2, the server's 1 - r^2.
# All constants are ours. A parameter t weights mean d_i - grad f and g - mean d_i as 1 - t to t: for t = r those of
# EF21 come back as r tends to 0, if the server starts with the mean of the d_i.

# %%
from fractions import Fraction

from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_bidirectional",
    "EF21 with two compressors finds points of small gradient at the rate 1/T",
    source="own constants, for EF21-BC of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0, below=1)
t = theorem.parameter("t", above=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", at_least=0, latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
P, P_next = theorem.scalar("P"), theorem.scalar("P+", random=True, latex="P^{+}")
d, h = theorem.vector("d", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
g = theorem.vector("g")
c = theorem.vector("c", indexed=True, random=True)
b = theorem.vector("b", random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound. G is the error of the agents, P that of the server. The server's compressor
# contracts whatever the agents send, hence also in the mean over what they send. In the condition on the step, Z takes
# the place of the xi of `ef21_nonconvex`; t may be any number from 0 to 1.

# %%
alpha, alpha_server = 1 - s**2, 1 - r**2
new = OneStep(EF21BC, {"step_size": step}, {"v": g, "d": d}, gradient=h_next, compress=c, compress_server=b)
p = new.move("x", -step * g)
error, error_next = square(d - h), square(new.d - h_next)
sent = new.asked("compress_server")
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
server = theorem.given("P now", P.equals(square(g - mean(d))))
server_next = theorem.given("P next", P_next.equals(square(new.v - mean(new.d))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
downlink = theorem.given(
    "server's compressor", expectation(square(b - sent)) <= (1 - alpha_server) * expectation(square(sent))
)


def weights(t, ratio):
    """Of P and G, and the square of Z; the ratio is r^2/t."""
    moved = ratio * (1 + s) ** 2 / (1 - r) ** 2
    of_G = (1 / (1 - t) + 2 * moved) / (1 - s)
    return 1 / (t * (1 - r)), of_G, of_G * s**2 / (1 - s) + 2 * moved


A, B, Z_squared = weights(t, r**2 / t)
short = theorem.given("short step", Z_squared * (L_tilde * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points is small. With t = r any gamma' up to 1/(L + 3 Ltilde/((1-s)(1-r)))
# is short. The factor of P0 is 1/(r (1-r)) then, which is no loss if P0 = 0: the server starts with g = mean d_i. If it
# does not, take t = 1/2: the factor is 2/(1-r), and any gamma* up to 1/(L + 4 Ltilde/((1-s)(1-r))) is short.

# %%
Z_squared_r, Z_squared_half = weights(r, r)[2], weights(Fraction(1, 2), 2 * r**2)[2]
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + 3 * L_tilde / ((1 - s) * (1 - r))), latex=r"\gamma'")
other = theorem.parameter("gamma*", above=0, at_most=1 / (L + 4 * L_tilde / ((1 - s) * (1 - r))), latex=r"\gamma^*")
average = theorem.scalar("average")
f_0, G_0, P_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fGP")
small, allowed, allowed_half = theorem.claim(
    average <= 2 * f_0 / (step * T) + (A * P_0 + B * G_0) / T,
    Z_squared_r * (L_tilde * simple) ** 2 + L * simple <= 1,
    Z_squared_half * (L_tilde * other) ** 2 + L * other <= 1,
)

# %% [markdown]
# ## Proof
# Both errors contract, by `two_compressors_contract`.

# %%
contraction = theorem.lemma(
    "contraction",
    expectation(mean(error_next)) <= s * mean(error) + s**2 / (1 - s) * mean(L_i**2) * square(p),
    "two_compressors_contract",
    {"p": p, "A": 1, "B": 1},
    given=[smooth_i, compressor, downlink],
)
server_error = theorem.lemma(
    "error of the server",
    expectation(square(new.v - mean(new.d)))
    <= r * square(g - mean(d)) + 2 * r**2 * (1 + s) ** 2 / (1 - r) * (mean(error) + mean(L_i**2) * square(p)),
    "two_compressors_contract",
    {"p": p, "A": 1, "B": 1},
    given=[smooth_i, compressor, downlink],
)

# %% [markdown]
# Together: V = f + gamma/2 (A P + B G) decreases by gamma/2 ||grad f||^2.

# %%
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
expected_P = theorem.expect(
    "P next, expected", expectation(P_next).equals(expectation(square(new.v - mean(new.d)))), server_next
)
V = f + step / 2 * (A * P + B * G)
one_step = theorem.combine(
    "one step",
    f_next + step / 2 * (A * expectation(P_next) + B * expectation(G_next)) <= V - step / 2 * square(mean(h)),
    [
        smooth,
        (step / 2 * A, server_error),
        (step / 2 * B, contraction),
        (step / 2 * square(g), short),
    ],
    squares=[(step / (2 * t * (1 - t)), (1 - t) * (g - mean(d)) - t * mean(d - h))],
    mean_squares=[(step / (2 * (1 - t)), (d - h) - mean(d - h))],
    modulo=[expected, expected_P, constants, now, server],
)

# %% [markdown]
# Sum over time; and the simple steps.

# %%
errors = theorem.positive("errors at least zero", mean(error) >= 0)
server_errors = theorem.positive("server's error at least zero", square(g - mean(d)) >= 0)
start = theorem.combine(
    "V at least zero",
    V >= 0,
    [bounded, (step / 2 * B, errors), (step / 2 * A, server_errors)],
    modulo=[now, server],
)
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / 2 * (A * P_0 + B * G_0)) / T,
    Telescoped(
        one_step,
        V,
        {f: f_next, G: G_next, P: P_next},
        step / 2,
        square(mean(h)),
        start,
        average,
        {f: f_0, G: G_0, P: P_0},
        T,
    ),
)
crude = theorem.positive("Z is below, t = r", Z_squared_r <= 9 / ((1 - s) * (1 - r)) ** 2)
crude_half = theorem.positive("Z is below, t = 1/2", Z_squared_half <= 16 / ((1 - s) * (1 - r)) ** 2)
condition = theorem.positive(
    "its condition, t = r", (3 / ((1 - s) * (1 - r)) * L_tilde * simple) ** 2 + L * simple <= 1
)
condition_half = theorem.positive(
    "its condition, t = 1/2", (4 / ((1 - s) * (1 - r)) * L_tilde * other) ** 2 + L * other <= 1
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step, t = r", allowed, [condition, ((L_tilde * simple) ** 2, crude)]),
    theorem.combine("simple step, t = 1/2", allowed_half, [condition_half, ((L_tilde * other) ** 2, crude_half)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "the lower bound of gamma* not strict": "a step of zero is short, too",
    "step '*', values of p: *": "the lemma takes the square of p only",
    "step '*', values of A: *": "A and B are for the third conclusion of the lemma",
    "step '*', values of B: *": "A and B are for the third conclusion of the lemma",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
