# %% [markdown]
# # EF21 with compression in both directions, under the Polyak-Lojasiewicz inequality
#
# The setting of `ef21_bidirectional`: d+_i = d_i + C(h+_i - d_i), g+ = g + C'(mean d+_i - g) and x+ = x - gamma g, and
# in addition 2 mu (f - f*) <= ||grad f||^2. The agents' alpha is 1 - s^2, the server's 1 - r^2, and t weights the two
# errors as there. All constants are ours.

# %%
from fractions import Fraction

from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_bidirectional_pl",
    "EF21 with two compressors converges linearly if f satisfies the Polyak-Lojasiewicz inequality",
    source="own constants, for EF21-BC of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0, below=1)
t = theorem.parameter("t", above=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", at_least=0, latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
A, B = theorem.parameter("A", at_least=0), theorem.parameter("B", at_least=0)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
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
# f is measured from f*. G is the error of the agents, P that of the server; A and B are their weights. The server's
# compressor contracts whatever the agents send, hence also in the mean over what they send. The rate is at most half of
# either contraction.

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
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(h)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
downlink = theorem.given(
    "server's compressor", expectation(square(b - sent)) <= (1 - alpha_server) * expectation(square(sent))
)


def moved(ratio):
    """By how much the server's input moves with the agents; the ratio is r^2/t."""
    return 4 * ratio * (1 + s) ** 2 / (1 - r) ** 2


def squared(t, ratio):
    """The factor of (Ltilde gamma)^2 in the condition on the step; twice that of `ef21_bidirectional` at least."""
    return 2 * (1 / (1 - t) + moved(ratio)) * s**2 / (1 - s) ** 2 + moved(ratio)


weight_P = theorem.given("weight of P", (A * (1 - r) / 2).equals(1 / t))
weight_G = theorem.given("weight of G", (B * (1 - s) / 2).equals(1 / (1 - t) + moved(r**2 / t)))
short = theorem.given("short step", squared(t, r**2 / t) * (L_tilde * step) ** 2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= 1 - s)
slow_server = theorem.given("slow step for the server", 2 * mu * step <= 1 - r)
f_0, G_0, P_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fGP")

# %% [markdown]
# ## Claims
# Psi = f + gamma/2 (A P + B G) shrinks by 1 - gamma mu < 1 in each step, hence over T steps by its power, which tends
# to zero as T grows. With t = r any gamma' up to 1/(L + 6 Ltilde/((1-s)(1-r))) is short. The factor A of P0 is 2/(r
# (1-r)) then, which is no loss if the server starts with g = mean d_i. If it does not, take t = 1/2: A is 4/(1-r), and
# any gamma* up to 1/(L + 8 Ltilde/((1-s)(1-r))) is short.

# %%
Z_squared_r, Z_squared_half = squared(r, r), squared(Fraction(1, 2), 2 * r**2)
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + 6 * L_tilde / ((1 - s) * (1 - r))), latex=r"\gamma'")
other = theorem.parameter("gamma*", above=0, at_most=1 / (L + 8 * L_tilde / ((1 - s) * (1 - r))), latex=r"\gamma^*")
rate = 1 - step * mu
Psi = f + step / 2 * (A * P + B * G)
power = theorem.scalar("(1 - gamma mu)^T", latex=r"(1 - \gamma \mu)^T")
over_time = Decay(theorem, Psi, step * mu, T, power, {f: (f_0, f_next), G: (G_0, G_next), P: (P_0, P_next)})
shrinks, below_one, _, _, _, allowed, allowed_half = theorem.claim(
    *over_time.claims,
    Z_squared_r * (L_tilde * simple) ** 2 + L * simple <= 1,
    Z_squared_half * (L_tilde * other) ** 2 + L * other <= 1,
)

# %% [markdown]
# ## Proof
# As for `ef21_bidirectional`: both errors contract, by `two_compressors_contract`.

# %%
price = 2 * r**2 * (1 + s) ** 2 / (1 - r)
errors = theorem.lemma(
    "errors",
    A * expectation(square(new.v - mean(new.d))) + B * expectation(mean(error_next)) + square(g - mean(h))
    <= (r * A + 1 / t) * square(g - mean(d))
    + (s * B + price * A + 1 / (1 - t)) * mean(error)
    + (price * A + B * s**2 / (1 - s)) * mean(L_i**2) * square(p),
    "two_compressors_contract",
    {"p": p},
    given=[smooth_i, compressor, downlink],
)

# %% [markdown]
# Together: half of each contraction pays for the errors, half is left for the rate.

# %%
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
expected_P = theorem.expect(
    "P next, expected", expectation(P_next).equals(expectation(square(new.v - mean(new.d)))), server_next
)
for_P = theorem.combine("P, half for the rate", 1 / t + r * A <= rate * A, [(A / 2, slow_server), (-1, weight_P)])
of_P = theorem.combine("what P costs G", (price * A).equals(moved(r**2 / t)), [(2 * price / (1 - r), weight_P)])
for_G = theorem.combine(
    "G, half for the rate",
    1 / (1 - t) + price * A + s * B <= rate * B,
    [(B / 2, slow), (-1, weight_G), (1, of_P)],
)
length = theorem.combine(
    "step length",
    (price * A + B * s**2 / (1 - s)) * (L_tilde * step) ** 2 + L * step <= 1,
    [short, ((L_tilde * step) ** 2, of_P), (2 * (L_tilde * step * s / (1 - s)) ** 2, weight_G)],
)
one_step = theorem.combine(
    "one step",
    shrinks,
    [
        smooth,
        (step / 2, errors),
        (step / 2 * square(g), length),
        (step / 2, pl),
        (step / 2 * square(g - mean(d)), for_P),
        (step / 2 * mean(error), for_G),
    ],
    modulo=[expected, expected_P, constants, now, server],
)

# %% [markdown]
# The rate is positive, as gamma mu <= (1 - s)/2 <= 1/2. Repeat; Bernoulli's inequality says that the power tends to
# zero. And the simple steps.

# %%
half = theorem.positive("1 - s at most 2", (1 - s) / 2 <= 1)
theorem.combine("rate at least zero", rate >= 0, [half, (Fraction(1, 2), slow)])
repeated = over_time.repeat(one_step)
limits = over_time.vanish()
crude = theorem.positive("Z is below, t = r", Z_squared_r <= 36 / ((1 - s) * (1 - r)) ** 2)
crude_half = theorem.positive("Z is below, t = 1/2", Z_squared_half <= 64 / ((1 - s) * (1 - r)) ** 2)
condition = theorem.positive(
    "its condition, t = r", (6 / ((1 - s) * (1 - r)) * L_tilde * simple) ** 2 + L * simple <= 1
)
condition_half = theorem.positive(
    "its condition, t = 1/2", (8 / ((1 - s) * (1 - r)) * L_tilde * other) ** 2 + L * other <= 1
)
theorem.positive("rate below 1", below_one)
theorem.qed(
    one_step,
    "rate below 1",
    repeated,
    *limits,
    theorem.combine("simple step, t = r", allowed, [condition, ((L_tilde * simple) ** 2, crude)]),
    theorem.combine("simple step, t = 1/2", allowed_half, [condition_half, ((L_tilde * other) ** 2, crude_half)]),
)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "the lower bound of gamma* not strict": "a step of zero is short, too",
    "step '*', values of p: *": "the lemma takes the square of p only",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
