# %% [markdown]
# # MARINA-P with minibatches
#
# The method of `marina_p`, with stochastic gradients: agent i sends k_i plus the noise of a
# minibatch, so v = -gamma mean (k_i + noise_i). With s independent samples for each of n agents, the variance of the
# mean of the noise is at most N = sigma^2/(n s): it falls with the number of agents.

# %%
from fractions import Fraction

from eftheory.methods.marina_p import MarinaP
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "marina_p_minibatch",
    "MARINA-P with minibatches finds points of gradients that are small up to the variance, at the rate 1/T",
    source="own, for the method of [GruntkowskaTyurinRichtarik2024]",
)

p = theorem.parameter("p", above=0, at_most=1)
omega = theorem.parameter("omega", at_least=0, latex=r"\omega")
theta = theorem.parameter("theta", at_least=0, latex=r"\theta")
L = theorem.parameter("L", at_least=0)
L_A, L_B = theorem.parameter("L_A", latex="L_A"), theorem.parameter("L_B", latex="L_B")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
N = theorem.parameter("N")
f, f_next = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^{+}")
P, P_next = theorem.scalar("P"), theorem.scalar("P+", random=True, latex="P^{+}")
u, h, k = theorem.vector("u", indexed=True), theorem.vector("h", indexed=True), theorem.vector("k", indexed=True)
noise, q = (
    theorem.vector("noise", indexed=True, random=True, latex=r"\xi"),
    theorem.vector("q", indexed=True, random=True),
)
m = theorem.scalar("m", random=True)

# %% [markdown]
# ## Hypotheses
# As in `marina_p`, and the noise has mean zero. Messages are unbiased given v, with variance omega ||v||^2, and theta
# ||v||^2 for their mean; in expectation over the noise, too, this reads as follows. The coin depends on nothing else.

# %%
x, numbers = theorem.vector("x"), {"step_size": step, "full": p}
new = OneStep(MarinaP, numbers, {"w": x + u}, local_gradient=k + noise, coin=m, send=q)
v = new.move("x", -step * mean(k + noise))
left = u + q - v
_lag = rewritten(new.w - new.x, m * left)
now = theorem.given("P now", P.equals(L_A**2 * mean(square(u)) + L_B**2 * square(mean(u))))
after = theorem.given("P next", P_next.equals(L_A**2 * mean(square(_lag)) + L_B**2 * square(m * mean(left))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), v) + L / 2 * square(v))
functional = theorem.given(
    "functional inequality", square(mean(k - h)) <= L_A**2 * mean(square(u)) + L_B**2 * square(mean(u))
)
left_error = L_A**2 * mean(square(left)) + L_B**2 * square(mean(left))
coin = theorem.given("coin", (m**2).equals(m))
independent = theorem.given("independent", expectation(m * left_error).equals((1 - p) * expectation(left_error)))
noise_mean = theorem.given("noise of mean zero", expectation(mean(k + noise)).equals(mean(k)))
noise_variance = theorem.given("variance of the noise", expectation(square(mean(noise))) <= N)
unbiased = theorem.given("unbiased", expectation(q).equals(expectation(v)))
variance = theorem.given("variance", expectation(mean(square(q - v))) <= omega * expectation(square(v)))
mean_variance = theorem.given(
    "variance of the mean", expectation(square(mean(q) - v)) <= theta * expectation(square(v))
)
short = theorem.given("short step", (1 / p - 1) * (L_A**2 * omega + L_B**2 * theta) * step**2 + L * step <= 1)

# %% [markdown]
# ## Claim
# The mean of E ||grad f||^2 over the first T points; the factor of N is at most one by the hypothesis on the step.
# `marina_p` says which steps are short.

# %%
factor = (1 / p - 1) * (L_A**2 * omega + L_B**2 * theta) * step**2 + L * step
average = theorem.scalar("average")
f_0, P_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("P0", latex="P^{0}")
small = theorem.claim(average <= 2 * f_0 / (step * T) + P_0 / (p * T) + factor * N)

# %% [markdown]
# ## Proof
# As m^2 = m, what a coin leaves of P is a part 1 - p; before the coin falls, messages add their variances to it.

# %%
tossed = theorem.combine("coin tossed", P_next.equals(m * left_error), [after, (left_error, coin)])
expected = theorem.expect("coin, expected", expectation(P_next).equals(expectation(m * left_error)), tossed)
products = theorem.average(
    "products", mean(inner(u, expectation(q))).equals(inner(mean(u), expectation(v))), unbiased, weight=u
)
mean_unbiased = theorem.average("mean unbiased", mean(expectation(q)).equals(expectation(v)), unbiased)
kappa = L_A**2 * omega + L_B**2 * theta
contraction = theorem.combine(
    "contraction",
    expectation(P_next) <= (1 - p) * (P + kappa * expectation(square(v))),
    [
        expected,
        independent,
        ((1 - p) * L_A**2, variance),
        (2 * (1 - p) * L_A**2, products),
        ((1 - p) * L_B**2, mean_variance),
        (2 * (1 - p) * L_B**2 * mean(u), mean_unbiased),
    ],
    modulo=[now],
)

# %% [markdown]
# The move v has the mean -gamma mean k_i, and its squared length exceeds that of its mean by at most gamma^2 N. So
# V = f + gamma/(2p) P decreases by gamma/2 ||grad f||^2, up to the noise. Sum over time.

# %%
V = f + step / (2 * p) * P
smooth_expected = theorem.expect(
    "f is smooth, expected",
    expectation(f_next) <= expectation(f + inner(mean(h), v) + L / 2 * square(v)),
    smooth,
)
loss = L / 2 + (1 / p - 1) * kappa * step / 2
one_step = theorem.combine(
    "one step",
    expectation(f_next) + step / (2 * p) * expectation(P_next)
    <= V - step / 2 * square(mean(h)) + step / 2 * factor * N,
    [
        smooth_expected,
        (step / (2 * p), contraction),
        (step / 2, functional),
        (step / 2 * square(mean(k)), short),
        (loss * step**2, noise_variance),
        (-step * mean(h) + 2 * loss * step**2 * mean(k), noise_mean),
    ],
    modulo=[now],
)
errors_now = theorem.positive("errors now", L_A**2 * mean(square(u)) + L_B**2 * square(mean(u)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * p), errors_now)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * p) * P_0) / T + step / 2 * factor * N,
    Telescoped(
        one_step,
        V,
        {f: f_next, P: P_next},
        step / 2,
        square(mean(h)),
        start,
        average,
        {f: f_0, P: P_0},
        T,
        noise=step / 2 * factor * N,
    ),
)
theorem.qed(theorem.cancel("small gradients", small, total, step / 2))

# %%
moves = [[-Fraction(3, 20), -Fraction(1, 10)], [-Fraction(1, 20), -Fraction(1, 10)]]
halves = [([2 * x, 0], [0, 2 * y]) for x, y in moves]
theorem.example(
    later={u: _lag, h: k, k: k, noise: 0 * k, q: -step * mean(k), m: [0, 1] * 4},  # goes on without noise
    outcomes=8,
    values={
        m: [0, 1] * 4,
        noise: [[[2, 0]] * 4 + [[-2, 0]] * 4, [[-1, 0]] * 4 + [[1, 0]] * 4],
        q: [
            [half for pair in halves for half in (*pair[:1] * 2, *pair[1:] * 2)],
            [half for pair in halves for half in (*pair[1:] * 2, *pair[:1] * 2)],
        ],
        k: [[2, 0], [0, 2]],
        u: [[Fraction(1, 10), 0], [0, Fraction(1, 5)]],
        step: Fraction(1, 10),
        p: Fraction(1, 2),
        omega: 1,
        theta: 0,
        L_A: 2,
        L_B: 1,
        L: 3,
        N: Fraction(1, 4),
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
