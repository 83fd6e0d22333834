# %% [markdown]
# # MARINA-P with stochastic gradients of one function, and repeated compressed messages up
#
# All agents have the same function f, and may draw samples of its gradient: k_i is the one at agent i's copy w_i of the
# model, w_i = x + u_i. Agent i draws a minibatch, k_i + noise_i, and sends it up in J independent compressed messages,
# whose mean is c_i; v = -gamma mean c_i. Down, the move v is dealt out by PermK in teams of Q agents, so that a team's
# copies are right on average: mean u_i = 0 at all times, and L_A is zero for a quadratic.
#
# The method is a reconstruction of ours, in the place of one whose text is not available; nothing is claimed of that.
#
# More messages divide the variance of compression by J, more agents that of everything.

# %%
from fractions import Fraction

from eftheory.methods.marina_p_repeated import MarinaPRepeated
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "marina_p_repeated",
    "MARINA-P for one function, with minibatches and repeated messages: small gradients up to the variance, at 1/T",
    source="own, for a method in the manner of [GruntkowskaTyurinRichtarik2024]",
)

Q = theorem.parameter("Q", at_least=1)
n = theorem.parameter("n", above=0)
J = theorem.parameter("J", above=0)
B = theorem.parameter("B", above=0)
omega = theorem.parameter("omega", at_least=0, below=n * J / 2, latex=r"\omega")
sigma = theorem.parameter("sigma", latex=r"\sigma")
L = theorem.parameter("L", above=0)
L_A = theorem.parameter("L_A", latex="L_A")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^{+}")
P, P_next = theorem.scalar("P"), theorem.scalar("P+", random=True, latex="P^{+}")
h = theorem.vector("h")
u, k = theorem.vector("u", indexed=True), theorem.vector("k", indexed=True)
noise = theorem.vector("noise", indexed=True, random=True, latex=r"\xi")
c, q = theorem.vector("c", indexed=True, random=True), theorem.vector("q", indexed=True, random=True)
m = theorem.scalar("m", random=True)

# %% [markdown]
# ## The method
# That of `marina_p` with p = 1/Q, where c_i, the mean of J messages, takes the place of the gradient.

# %%
x, p = theorem.vector("x"), 1 / Q
numbers, messages_up = {"step_size": step, "full": p, "repeats": 1}, {"noisy_local_gradient": k + noise, "compress": c}
new = OneStep(MarinaPRepeated, numbers, {"w": x + u}, **messages_up, coin=m, send=q)
v = new.move("x", -step * mean(c))
left = u + q - v
u_after = rewritten(new.w - new.x, m * left)

# %% [markdown]
# ## Hypotheses: the function
# f is measured from a lower bound; h is its gradient at x. f is L-smooth, and of displacements with mean zero the
# functional inequality is asked without L_B.

# %%
now = theorem.given("P now", P.equals(mean(square(u))))
after = theorem.given("P next", P_next.equals(mean(square(u_after))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(h, v) + L / 2 * square(v))
smooth_i = theorem.given("gradients", square(k - h) <= L**2 * square(u))
functional = theorem.given("functional inequality", square(mean(k) - h) <= L_A**2 * mean(square(u)))
centred = theorem.given("copies are right on average", mean(u).equals(0 * h))

# %% [markdown]
# ## Hypotheses: messages
# Up: a minibatch of B samples has the variance sigma^2/B, and the mean of J messages omega/J times the squared length
# of what is sent; neither has a bias, given all that came before, and agents draw independently. Down: as in
# `marina_p`, with omega = Q - 1 of PermK for Q agents, and without error in the mean.

# %%
noise_mean = theorem.given("samples are unbiased", expectation(noise).equals(0 * h))
samples = theorem.given("variance of samples", expectation(square(noise)) <= sigma**2 / B)
message_mean = theorem.given("messages up are unbiased", expectation(c).equals(k))
uncorrelated = theorem.given("messages and samples", expectation(inner(c - k - noise, noise)).equals(0))
messages = theorem.given(
    "variance of messages up",
    expectation(square(c - k - noise)) <= omega / J * expectation(square(k + noise)),
)
agents = theorem.given(
    "independent agents", expectation(square(mean(c - k))).equals(mean(expectation(square(c - k))) / n)
)
coin = theorem.given("coin", (m**2).equals(m))
independent = theorem.given(
    "independent coin", expectation(m * mean(square(left))).equals((1 - p) * expectation(mean(square(left))))
)
unbiased = theorem.given("messages down are unbiased", expectation(q).equals(expectation(v)))
variance = theorem.given(
    "variance of messages down", expectation(mean(square(q - v))) <= (Q - 1) * expectation(square(v))
)
no_error = theorem.given("no error in the mean", mean(q).equals(v))

# %% [markdown]
# a is what messages of all agents add to the variance, and C the weight of P.

# %%
a = omega / (J * n)
C = L_A**2 + 2 * a * L**2
factor = (Q - 1) ** 2 * C * step**2 + L * step
short = theorem.given("short step", factor <= 1)
N = (1 + omega / J) * sigma**2 / (B * n)

# %% [markdown]
# ## Claims
# 1. The copies stay right on average. 2. The mean of E ||grad f||^2 over the first T points; f0 and P0 belong to the
# start, and P0 = 0 if all copies are right there. 3. A step is short up to 1/(L + M) with M = (Q - 1) sqrt(L_A^2 + 2 a
# L^2).

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals((Q - 1) ** 2 * C))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, P_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("P0", latex="P^{0}")
stays, small, allowed = theorem.claim(
    mean(u_after).equals(0 * h),
    average <= (2 * f_0 / (step * T) + Q * C * P_0 / T + factor * N) / (1 - 2 * a),
    (Q - 1) ** 2 * C * simple**2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof: the way down
# As in `marina_p_minibatch`.

# %%
theorem.combine("copies stay right", stays, [(m, centred), (m, no_error)])
tossed = theorem.combine("coin tossed", P_next.equals(m * mean(square(left))), [after, (mean(square(left)), coin)])
expected = theorem.expect("coin, expected", expectation(P_next).equals(expectation(m * mean(square(left)))), tossed)
products = theorem.average(
    "products", mean(inner(u, expectation(q))).equals(inner(mean(u), expectation(v))), unbiased, weight=u
)
contraction = theorem.combine(
    "contraction",
    expectation(P_next) <= (1 - p) * (P + (Q - 1) * expectation(square(v))),
    [expected, independent, (1 - p, variance), (2 * (1 - p), products)],
    modulo=[now],
)

# %% [markdown]
# ## Proof: the way up
# The error of c_i is that of the messages and that of the samples, which are not correlated.

# %%
lengths = theorem.combine(
    "what is sent",
    expectation(square(k + noise)) <= square(k) + sigma**2 / B,
    [samples, (2 * k, noise_mean)],
)
own = theorem.combine(
    "own error",
    expectation(square(c - k)) <= omega / J * square(k) + (1 + omega / J) * sigma**2 / B,
    [messages, (2, uncorrelated), samples, (omega / J, lengths)],
)
errors = theorem.average(
    "errors",
    mean(expectation(square(c - k))) <= mean(omega / J * square(k) + (1 + omega / J) * sigma**2 / B),
    own,
)
mean_unbiased = theorem.average("mean unbiased", mean(expectation(c)).equals(mean(k)), message_mean)
moved = theorem.combine(
    "squared move",
    expectation(square(mean(c))) <= square(mean(k)) + a * mean(square(k)) + N,
    [agents, (1 / n, errors), (2 * mean(k), mean_unbiased)],
)
near = theorem.combine(
    "gradients of the copies",
    square(k) <= 2 * square(h) + 2 * L**2 * square(u),
    [(2, smooth_i)],
    squares=[(1, k - 2 * h)],
)
all_near = theorem.average("their mean", mean(square(k)) <= mean(2 * square(h) + 2 * L**2 * square(u)), near)

# %% [markdown]
# So V = f + (gamma Q C/2) P decreases by (gamma/2)(1 - 2 a) ||grad f||^2, up to the noise. Sum over time.

# %%
V = f + step * Q * C / 2 * P
smooth_expected = theorem.expect(
    "f is smooth, expected", expectation(f_next) <= expectation(f + inner(h, v) + L / 2 * square(v)), smooth
)
one_step = theorem.combine(
    "one step",
    expectation(f_next) + step * Q * C / 2 * expectation(P_next)
    <= V - step / 2 * (1 - 2 * a) * square(h) + step / 2 * factor * N,
    [
        smooth_expected,
        (step * Q * C / 2, contraction),
        (step / 2, functional),
        (step / 2 * factor, moved),
        (step / 2 * (square(mean(k)) + a * mean(square(k))), short),
        (step / 2 * a, all_near),
        (-step * h, mean_unbiased),
    ],
    modulo=[now],
)
errors_now = theorem.positive("errors now", mean(square(u)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step * Q * C / 2, errors_now)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * (1 - 2 * a) * average <= (f_0 + step * Q * C / 2 * P_0) / T + step / 2 * factor * N,
    Telescoped(
        one_step,
        V,
        {f: f_next, P: P_next},
        step / 2 * (1 - 2 * a),
        square(h),
        start,
        average,
        {f: f_0, P: P_0},
        T,
        noise=step / 2 * factor * N,
    ),
)
condition = theorem.positive("its condition", (M * simple) ** 2 + L * simple <= 1)
theorem.qed(
    "copies stay right",
    theorem.cancel("small gradients", small, total, step / 2 * (1 - 2 * a)),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %% [markdown]
# An example: a quadratic, a team of two agents, of which one has noise; nothing is compressed on the way up.

# %%
fifth = Fraction(1, 5)
moves = [[-Fraction(3, 20), -Fraction(1, 10)], [-Fraction(1, 20), -Fraction(1, 10)]]
dealt = [([2 * x, 0], [0, 2 * y]) for x, y in moves]
gradients, draws = [[1 + 2 * fifth, 1], [1 - 2 * fifth, 1]], [1] * 4 + [-1] * 4
theorem.example(
    later={u: u_after, h: h, k: h, c: h, noise: 0 * k, q: -step * h, m: [0, 1] * 4},  # goes on without noise
    outcomes=8,
    values={
        m: [0, 1] * 4,
        noise: [[[draw, 0] for draw in draws], [[0, 0]] * 8],
        c: [[[gradients[0][0] + draw, 1] for draw in draws], [gradients[1]] * 8],
        q: [
            [part for pair in dealt for part in (*pair[:1] * 2, *pair[1:] * 2)],
            [part for pair in dealt for part in (*pair[1:] * 2, *pair[:1] * 2)],
        ],
        h: [1, 1],
        k: gradients,
        u: [[fifth, 0], [-fifth, 0]],
        step: Fraction(1, 10),
        **{Q: 2, n: 2, J: 2, B: 1, omega: Fraction(1, 2), sigma: 2, L: 3, L_A: 1},
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
