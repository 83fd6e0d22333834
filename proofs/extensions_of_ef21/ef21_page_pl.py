# %% [markdown]
# # EF21-PAGE under the Polyak-Lojasiewicz inequality
#
# The setting of `ef21_page`, and in addition 2 mu (f - f*) <= ||grad f||^2: linear convergence, with minibatches and
# full gradients now and then, to f* itself. All constants are ours.

# %%
from fractions import Fraction

from eftheory.proofkit import Decay, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_page_pl",
    "EF21-PAGE converges linearly if f satisfies the Polyak-Lojasiewicz inequality",
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
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
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
# weights. f is measured from f*. The rate is at most half of either contraction.

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
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(h)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), move) + L / 2 * square(move))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(move))
coin = theorem.given("coin", (b**2).equals(b))
chance = theorem.given("chance", expectation(b).equals(p))
unbiased = theorem.given("samples are unbiased", expectation((1 - b) * m).equals(0 * h))
variance = theorem.given("samples are smooth", expectation((1 - b) * square(m)) <= (1 - p) * K_i**2 * square(move))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
samples = theorem.given("Ktilde", mean(K_i**2).equals(K_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - sent)) <= (1 - alpha) * expectation(square(sent)))
weight_G = theorem.given("weight of G", ((1 - s) / 2 * B).equals(1 / (1 - t)))
weight_P = theorem.given("weight of P", (p / 2 * A).equals(1 / t + 2 * p * B * s**2 / (1 - s)))
slow = theorem.given("slow step", 2 * mu * step <= 1 - s)
slow_page = theorem.given("slow step for the estimates", 2 * mu * step <= p)
Z_squared = B * s**2 * (1 + p) / (1 - s) * L_tilde**2 + (A + B * s**2) * (1 - p) * K_tilde**2
short = theorem.given("short step", Z_squared * step**2 + L * step <= 1)

f_0, G_0, P_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fGP")

# %% [markdown]
# ## Claims
# Psi = f + gamma/2 (A P + B G) shrinks by 1 - gamma mu < 1 in each step, hence over T steps by its power, which tends
# to zero as T grows. Any step gamma' up to 1/(L + z) with z^2 = Z^2 is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(Z_squared))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
rate = 1 - step * mu
Psi = f + step / 2 * (A * P + B * G)
power = theorem.scalar("(1 - gamma mu)^T", latex=r"(1 - \gamma \mu)^T")
over_time = Decay(theorem, Psi, step * mu, T, power, {f: (f_0, f_next), G: (G_0, G_next), P: (P_0, P_next)})
shrinks, below_one, _, _, _, allowed = theorem.claim(*over_time.claims, Z_squared * simple**2 + L * simple <= 1)

# %% [markdown]
# ## Proof
# By `page_contraction`; half of each contraction pays for the errors, half is left for the rate.

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
one_step = theorem.combine(
    "one step",
    shrinks,
    [
        smooth,
        (step / 2, errors),
        (step / 2 * square(mean(g)), short),
        (step / 2, pl),
        (step / 4 * A * mean(drift), slow_page),
        (step / 4 * B * mean(lag), slow),
        (-step / 2 * mean(drift), weight_P),
        (-step / 2 * mean(lag), weight_G),
    ],
    modulo=[expected, expected_P, constants, samples, now, estimates],
)

# %% [markdown]
# The rate is positive, as gamma mu <= (1 - s)/2 <= 1/2. Repeat; Bernoulli's inequality says that the power tends to
# zero.

# %%
half = theorem.positive("1 - s at most 2", (1 - s) / 2 <= 1)
theorem.combine("rate at least zero", rate >= 0, [half, (Fraction(1, 2), slow)])
repeated = over_time.repeat(one_step)
limits = over_time.vanish()
theorem.positive("rate below 1", below_one)
condition = theorem.positive("its condition", (z * simple) ** 2 + L * simple <= 1)
theorem.qed(
    one_step,
    "rate below 1",
    repeated,
    *limits,
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
    "step '*', values of d: *": "the lemma takes the square of d only",
    "the lower bound of p not strict": "no A satisfies 'weight of P' then",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
