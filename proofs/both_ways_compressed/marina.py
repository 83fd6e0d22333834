# %% [markdown]
# # MARINA: compressed differences of gradients, sent up
#
# x+ = x + v with v = -gamma g. A coin falls: with probability p the agents send their gradients and g+ = mean k+_i;
# otherwise they send c_i, compressed k+_i - k_i, and g+ = g + mean c_i. So the error of g is erased, or grows by that
# of the messages' mean, which is 1/n of one message's if messages of different agents are uncorrelated.

# %%
from fractions import Fraction

from eftheory.methods.marina import Marina
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "marina",
    "MARINA finds points of small gradient at the rate 1/T",
    source="own, for the method of [GorbunovEtAl2021]",
)

p = theorem.parameter("p", above=0, at_most=1)
n = theorem.parameter("n", above=0)
omega = theorem.parameter("omega", at_least=0, latex=r"\omega")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g = theorem.vector("g")
k, k_next = theorem.vector("k", indexed=True), theorem.vector("k+", indexed=True, latex="k^{+}")
c = theorem.vector("c", indexed=True, random=True)
m = theorem.scalar("m", random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound. m is 0 if all is sent and 1 if messages are compressed. They are unbiased with
# variance omega; uncorrelated means that the squared error of their mean has no terms of two agents.

# %%
new = OneStep(Marina, {"step_size": step, "full": p}, {"v": g}, gradient=[k, k_next], compress=c, coin=m)
v = new.move("x", -step * g)
lost = c - new.sent
missing = g - mean(k) + mean(lost)
_error = rewritten(new.v - mean(k_next), m * missing)
now = theorem.given("G now", G.equals(square(g - mean(k))))
after = theorem.given("G next", G_next.equals(square(_error)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(k), v) + L / 2 * square(v))
smooth_i = theorem.given("f_i is smooth", square(k_next - k) <= L_i**2 * square(v))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
coin = theorem.given("coin", (m**2).equals(m))
independent = theorem.given(
    "independent coin", expectation(m * square(missing)).equals((1 - p) * expectation(square(missing)))
)
unbiased = theorem.given("unbiased", expectation(c).equals(k_next - k))
variance = theorem.given("variance", expectation(square(lost)) <= omega * square(k_next - k))
uncorrelated = theorem.given(
    "uncorrelated", expectation(square(mean(lost))).equals(mean(expectation(square(lost))) / n)
)
M_squared = (1 - p) * omega / (p * n) * L_tilde**2
short = theorem.given("short step", M_squared * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0 and G0 belong to the start. A step is short up to 1/(L + M),
# where M = Ltilde sqrt((1 - p) omega/(p n)).

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals(M_squared))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(average <= 2 * f_0 / (step * T) + G_0 / (p * T), M_squared * simple**2 + L * simple <= 1)

# %% [markdown]
# ## Proof
# As m^2 = m, what the coin leaves of G is a part 1 - p; before it falls, messages add the variance of their mean.

# %%
tossed = theorem.combine("coin tossed", G_next.equals(m * square(missing)), [after, (square(missing), coin)])
expected = theorem.expect("coin, expected", expectation(G_next).equals(expectation(m * square(missing))), tossed)
moves = theorem.average("moves", mean(square(k_next - k)) <= mean(L_i**2) * square(v), smooth_i)
variances = theorem.average("variances", mean(expectation(square(lost))) <= mean(omega * square(k_next - k)), variance)
mean_unbiased = theorem.average("mean unbiased", mean(expectation(c)).equals(mean(k_next - k)), unbiased)
contraction = theorem.combine(
    "contraction",
    expectation(G_next) <= (1 - p) * (G + omega / n * L_tilde**2 * square(v)),
    [
        expected,
        independent,
        (2 * (1 - p) * (g - mean(k)), mean_unbiased),
        (1 - p, uncorrelated),
        ((1 - p) / n, variances),
        ((1 - p) * omega / n, moves),
    ],
    modulo=[now, constants],
)

# %% [markdown]
# So V = f + gamma/(2p) G decreases by gamma/2 ||grad f||^2 in each step. Sum over time.

# %%
V = f + step / (2 * p) * G
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * p) * expectation(G_next) <= V - step / 2 * square(mean(k)),
    [smooth, (step / (2 * p), contraction), (step / 2 * square(g), short)],
    modulo=[now],
)
error = theorem.positive("error", square(g - mean(k)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * p), error)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * p) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(k)), start, average, {f: f_0, G: G_0}, T),
)
condition = theorem.positive("its condition", (M * simple) ** 2 + L * simple <= 1)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %%
tenth = Fraction(1, 10)
first, second = [[4 * tenth, 0], [0, -2 * tenth]], [[-2 * tenth, 0], [0, 2 * tenth]]
theorem.example(
    outcomes=8,
    values={
        m: [0] * 4 + [1] * 4,
        c: [[first[0], first[0], first[1], first[1]] * 2, [second[0], second[1]] * 4],
        k: [[2, 0], [0, 2]],
        k_next: [[2 + 2 * tenth, -tenth], [-tenth, 2 + tenth]],
        g: [1, 1],
        step: tenth,
        L_i: [7, 1],
        L_tilde: 5,
        p: Fraction(1, 2),
        omega: 1,
        n: 2,
    },
    later={m: [0] * 4 + [1] * 4, c: [[[0, 0]] * 8] * 2, k: [[0, 0]] * 2, k_next: [[0, 0]] * 2},
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
