# %% [markdown]
# # MARINA-P: compressed models from the server to the agents
#
# Agent i has a copy w_i = x + u_i of the model, and sends its gradient k_i there; x+ = x + v with v = -gamma mean
# k_i. Then a coin falls: with probability p all copies become x+; otherwise agent i receives q_i, a compressed v, and
# w+_i = w_i + q_i. So u+_i = m (u_i + q_i - v) where m is 0 or 1.
#
# Messages to different agents may differ, and then what counts is how large theta is, the error of their mean: for
# PermK of n agents in d >= n coordinates it is zero, and omega enters with L_A only, how much the agents' functions
# differ.

# %%
from fractions import Fraction

from eftheory.methods.marina_p import MarinaP
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "marina_p",
    "MARINA-P finds points of small gradient at the rate 1/T; "
    "for omega, theta and p of PermK, steps up to 1/(L + (n - 1) L_A) are short",
    source="own, for the method of [GruntkowskaTyurinRichtarik2024]",
)

p = theorem.parameter("p", above=0, at_most=1)
omega = theorem.parameter("omega", latex=r"\omega")
theta = theorem.parameter("theta", latex=r"\theta")
L = theorem.parameter("L", above=0)
L_A, L_B = theorem.parameter("L_A", at_least=0, latex="L_A"), theorem.parameter("L_B", latex="L_B")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
P, P_next = theorem.scalar("P"), theorem.scalar("P+", random=True, latex="P^{+}")
u, h, k = theorem.vector("u", indexed=True), theorem.vector("h", indexed=True), theorem.vector("k", indexed=True)
q = theorem.vector("q", indexed=True, random=True)
m = theorem.scalar("m", random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound, and h_i is the gradient of f_i at x. P is the right side of the functional
# inequality: the errors of the copies and of their mean. Messages are unbiased, with variance omega ||v||^2, and
# theta ||v||^2 for their mean; those to different agents may depend on each other, but not on the coin.

# %%
x, numbers = theorem.vector("x"), {"step_size": step, "full": p}
new = OneStep(MarinaP, numbers, {"w": x + u}, local_gradient=k, coin=m, send=q)
v = new.move("x", -step * mean(k))
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
unbiased = theorem.given("unbiased", expectation(q).equals(v))
variance = theorem.given("variance", expectation(square(q - v)) <= omega * square(v))
mean_variance = theorem.given("variance of the mean", expectation(square(mean(q) - v)) <= theta * square(v))
short = theorem.given("short step", (1 / p - 1) * (L_A**2 * omega + L_B**2 * theta) * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points is small; f0 and P0 belong to the start, and P0 = 0 if all copies
# are right there. A step is short up to 1/(L + M), where M^2 = (1/p - 1)(L_A^2 omega + L_B^2 theta). PermK for n agents
# and d >= n coordinates has omega = n - 1 and theta = 0 (`perm_k`); with p = 1/n a step is short up to 1/(L + (n - 1)
# L_A).

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals((1 / p - 1) * (L_A**2 * omega + L_B**2 * theta)))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
n = theorem.parameter("n", at_least=1)
permuted = theorem.parameter("gamma*", above=0, at_most=1 / (L + (n - 1) * L_A), latex=r"\gamma^*")
average = theorem.scalar("average")
f_0, P_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("P0", latex="P^{0}")
small, allowed, allowed_perm = theorem.claim(
    average <= 2 * f_0 / (step * T) + P_0 / (p * T),
    (1 / p - 1) * (L_A**2 * omega + L_B**2 * theta) * simple**2 + L * simple <= 1,
    (1 / (1 / n) - 1) * (L_A**2 * (n - 1) + L_B**2 * 0) * permuted**2 + L * permuted <= 1,
)

# %% [markdown]
# ## Proof
# As m^2 = m, what a coin leaves of P is a part 1 - p; before the coin falls, messages add their variances to it.

# %%
tossed = theorem.combine("coin tossed", P_next.equals(m * left_error), [after, (left_error, coin)])
expected = theorem.expect("coin, expected", expectation(P_next).equals(expectation(m * left_error)), tossed)
own = theorem.combine(
    "own error", expectation(square(left)) <= square(u) + omega * square(v), [variance, (2 * u, unbiased)]
)
errors = theorem.average("errors", mean(expectation(square(left))) <= mean(square(u) + omega * square(v)), own)
mean_unbiased = theorem.average("mean unbiased", mean(expectation(q)).equals(v), unbiased)
kappa = L_A**2 * omega + L_B**2 * theta
contraction = theorem.combine(
    "contraction",
    expectation(P_next) <= (1 - p) * (P + kappa * square(v)),
    [
        expected,
        independent,
        ((1 - p) * L_A**2, errors),
        ((1 - p) * L_B**2, mean_variance),
        (2 * (1 - p) * L_B**2 * mean(u), mean_unbiased),
    ],
    modulo=[now],
)

# %% [markdown]
# So V = f + gamma/(2p) P decreases by gamma/2 ||grad f||^2 in each step. Sum over time.

# %%
V = f + step / (2 * p) * P
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * p) * expectation(P_next) <= V - step / 2 * square(mean(h)),
    [smooth, (step / (2 * p), contraction), (step / 2, functional), (step / 2 * square(mean(k)), short)],
    modulo=[now],
)
errors_now = theorem.positive("errors now", L_A**2 * mean(square(u)) + L_B**2 * square(mean(u)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * p), errors_now)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * p) * P_0) / T,
    Telescoped(one_step, V, {f: f_next, P: P_next}, step / 2, square(mean(h)), start, average, {f: f_0, P: P_0}, T),
)
condition = theorem.positive("its condition", (M * simple) ** 2 + L * simple <= 1)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
    theorem.positive("step with PermK", allowed_perm),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "the lower bound of gamma* not strict": "a step of zero is short, too",
    "claim 3: *": "there is room: x^2 + y <= 1 where x + y <= 1; `step_size_lemma` has the exact bound",
}

# %%
fifth = -Fraction(1, 5)
first, second = [fifth, 0], [0, fifth]
theorem.example(
    outcomes=4,
    values={
        m: [0, 0, 1, 1],
        q: [[first, second, first, second], [second, first, second, first]],
        k: [[2, 0], [0, 2]],
        u: [[Fraction(1, 10), 0], [0, Fraction(1, 5)]],
        step: Fraction(1, 10),
        p: Fraction(1, 2),
        omega: 1,
        theta: 0,
        L_A: 2,
        L_B: 1,
        L: 3,
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
