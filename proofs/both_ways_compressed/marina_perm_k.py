# %% [markdown]
# # MARINA with messages that are made for each other
#
# The method of `marina`, for compressors under the AB inequality: E ||mean c_i - mean d_i||^2 <= A mean ||d_i||^2
# - B ||mean d_i||^2, where c_i is compressed d_i. Independent messages have A = omega/n and B = 0; PermK has A = B
# (`perm_k`), and then only the differences between agents cost anything: L_pm is how much their gradients move apart.

# %%
from fractions import Fraction

from eftheory.methods.marina_perm_k import MarinaPermK
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "marina_perm_k",
    "MARINA under the AB inequality finds points of small gradient at the rate 1/T; "
    "with PermK and d >= n only differences between agents cost",
    source="own, for the method of [SzlendakTyurinRichtarik2022]",
)

p = theorem.parameter("p", above=0, at_most=1)
B = theorem.parameter("B", at_least=0)
A = theorem.parameter("A", at_least=B)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_pm = theorem.parameter("L_pm", at_least=0, latex=r"L_{\pm}")
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
# f is measured from a lower bound. m is 0 if all is sent and 1 if messages are compressed; the mean of these is
# unbiased, with the error of the AB inequality. The last but one is about the functions: their gradients' moves have a
# variance of at most L_pm^2 ||v||^2.

# %%
new = OneStep(MarinaPermK, {"step_size": step, "full": p}, {"v": g}, gradient=[k, k_next], compress=c, coin=m)
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
unbiased = theorem.given("unbiased", expectation(mean(c)).equals(mean(k_next - k)))
ab = theorem.given(
    "AB inequality",
    expectation(square(mean(lost))) <= A * mean(square(k_next - k)) - B * square(mean(k_next - k)),
)
apart = theorem.given("Hessian variance", mean(square(k_next - k)) - square(mean(k_next - k)) <= L_pm**2 * square(v))
M_squared = (1 - p) / p * ((A - B) * L_tilde**2 + B * L_pm**2)
short = theorem.given("short step", M_squared * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0 and G0 belong to the start. A step is short up to 1/(L + M),
# where M^2 = (1/p - 1) ((A - B) Ltilde^2 + B L_pm^2). With PermK for n agents and at least n coordinates, A = B = 1,
# and p = 1/n, that is M = sqrt(n - 1) L_pm; z is the root.

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals(M_squared))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
z = theorem.parameter("z", at_least=0)
permuted = theorem.parameter("gamma*", above=0, at_most=1 / (L + z * L_pm), latex=r"\gamma^*")
n = 1 + z**2
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed, allowed_perm = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (p * T),
    M_squared * simple**2 + L * simple <= 1,
    (n - 1) * L_pm**2 * permuted**2 + L * permuted <= 1,
)

# %% [markdown]
# ## Proof
# As m^2 = m, what the coin leaves of G is a part 1 - p; before it falls, messages add the variance of their mean.

# %%
tossed = theorem.combine("coin tossed", G_next.equals(m * square(missing)), [after, (square(missing), coin)])
expected = theorem.expect("coin, expected", expectation(G_next).equals(expectation(m * square(missing))), tossed)
moves = theorem.average("moves", mean(square(k_next - k)) <= mean(L_i**2) * square(v), smooth_i)
contraction = theorem.combine(
    "contraction",
    expectation(G_next) <= (1 - p) * (G + ((A - B) * L_tilde**2 + B * L_pm**2) * square(v)),
    [
        expected,
        independent,
        (2 * (1 - p) * (g - mean(k)), unbiased),
        (1 - p, ab),
        ((1 - p) * (A - B), moves),
        ((1 - p) * B, apart),
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
    theorem.positive("step with PermK", allowed_perm),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "the lower bound of gamma* not strict": "a step of zero is short, too",
    "claim 3: *": "there is room: x^2 + y <= 1 where x + y <= 1; `step_size_lemma` has the exact bound",
}

# %%
tenth = Fraction(1, 10)
theorem.example(
    outcomes=4,
    values={
        m: [0, 0, 1, 1],
        c: [[[4 * tenth, 0], [0, -2 * tenth]] * 2, [[0, 2 * tenth], [-2 * tenth, 0]] * 2],
        k: [[2, 0], [0, 2]],
        k_next: [[2 + 2 * tenth, -tenth], [-tenth, 2 + tenth]],
        g: [1, 2],
        step: tenth,
        f: 5,
        f_next: 4,
        p: Fraction(1, 2),
        A: 1,
        B: 1,
        L: 3,
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
