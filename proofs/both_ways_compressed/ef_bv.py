# %% [markdown]
# # EF-BV: error feedback and variance reduction in one, for biased and unbiased compressors
#
# Agents compress k_i - h_i, the difference of the gradient at x and a shift; c_i is the message. x+ = x + v with v =
# -gamma mean (h_i + nu c_i), and h+_i = h_i + beta c_i (beta is called lambda in the paper). With nu = beta = 1 it is
# EF21, with nu = 1 it is DIANA. Smooth functions that need not be convex.

# %%
from eftheory.methods import EFBV
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "ef_bv",
    "EF-BV finds points of small gradient at the rate 1/T, with compressors that have a bias, a variance, or both",
    source="own, for the method and the compressors of [CondatYiRichtarik2022]",
)

s = theorem.parameter("s", above=0, below=1)
nu = theorem.parameter("nu", at_least=0, at_most=1, latex=r"\nu")
beta = theorem.parameter("beta", at_least=0, at_most=1, latex=r"\beta")
eta = theorem.parameter("eta", at_least=0, latex=r"\eta")
omega = theorem.parameter("omega", latex=r"\omega")
omega_mean = theorem.parameter("omegabar", at_least=0, latex=r"\bar\omega")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
h, k, z = (theorem.vector(name, indexed=True) for name in "hkz")
k_next = theorem.vector("k+", indexed=True, random=True, latex="k^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound. Messages have a relative bias of at most eta, eta z_i, and around their means a
# variance of at most omega; that of their mean over agents is omegabar, which is omega/n if they are independent. s is
# below 1, and its square at least what is left of ||k_i - h_i||^2 as shifts learn.

# %%
new = OneStep(EFBV, {"step_size": step, "beta": beta, "nu": nu}, {"h": h}, gradient=k, compress=c)
g = h + nu * c
v = new.move("x", -step * mean(g))
sent = new.sent
left = sent - beta * c
error_next = rewritten(k_next - new.h, left + k_next - k)
now = theorem.given("G now", G.equals(mean(square(sent))))
after = theorem.given("G next", G_next.equals(mean(square(error_next))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(k), v) + L / 2 * square(v))
smooth_i = theorem.given("f_i is smooth", square(k_next - k) <= L_i**2 * square(v))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
bias = theorem.given("bias", expectation(c).equals(sent - eta * z))
small_bias = theorem.given("bias at most eta", square(z) <= square(sent))
variance = theorem.given("variance", expectation(square(c - expectation(c))) <= omega * square(sent))
together = theorem.given(
    "variance of the mean", expectation(square(mean(c - expectation(c)))) <= omega_mean * mean(square(sent))
)
learns = theorem.given("s", (1 - beta + beta * eta) ** 2 + beta**2 * omega <= s**2)
R = (1 - nu + nu * eta) ** 2 + nu**2 * omega_mean
short = theorem.given("short step", R * L_tilde**2 / (1 - s) ** 2 * step**2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0 and G0 belong to the start. R is the relative error of the
# estimate mean (h_i + nu c_i). A step is short up to 1/(L + M) with M = Ltilde sqrt(R)/(1 - s).

# %%
M = theorem.parameter("M", at_least=0)
root = theorem.given("M", (M**2).equals(R * L_tilde**2 / (1 - s) ** 2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + R * G_0 / ((1 - s) * T),
    R * L_tilde**2 / (1 - s) ** 2 * simple**2 + L * simple <= 1,
)

# %% [markdown]
# ## Proof: the estimate
# What is left of k_i - h_i without a part nu of its message has a mean, and varies around it.


# %%
def mean_left(part):
    """What is left of it on average: its square is at most (1 - part + part eta)^2 times that of what is sent."""
    return (1 - part) * sent + part * eta * z


biased = theorem.combine(
    "what is left on average",
    square(mean_left(nu)) <= (1 - nu + nu * eta) ** 2 * square(sent),
    [(nu * eta * (nu * eta + 1 - nu), small_bias)],
    squares=[((1 - nu) * nu * eta, sent - z)],
)
all_biased = theorem.average(
    "what is left on average, of all",
    mean(square(mean_left(nu))) <= mean((1 - nu + nu * eta) ** 2 * square(sent)),
    biased,
)
mean_bias = theorem.average("bias of the mean", mean(expectation(c)).equals(mean(sent - eta * z)), bias)
estimate = theorem.combine(
    "error of the estimate",
    expectation(square(mean(k - g))) <= R * G,
    [(nu**2, together), all_biased, (-nu * mean(sent - nu * expectation(c) + mean_left(nu)), mean_bias)],
    mean_squares=[(1, mean_left(nu) - mean(mean_left(nu)))],
    modulo=[now],
)

# %% [markdown]
# ## Proof: the shifts
# The same with beta, for each agent: ||k_i - h+_i||^2 is at most s^2 ||k_i - h_i||^2 on average. Young's inequality
# takes the move of the gradient off.

# %%
biased_beta = theorem.combine(
    "what shifts leave on average",
    square(mean_left(beta)) <= (1 - beta + beta * eta) ** 2 * square(sent),
    [(beta * eta * (beta * eta + 1 - beta), small_bias)],
    squares=[((1 - beta) * beta * eta, sent - z)],
)
shift = theorem.combine(
    "a shift learns",
    expectation(square(left)) <= s**2 * square(sent),
    [
        (beta**2, variance),
        biased_beta,
        (-beta * (sent - beta * expectation(c) + mean_left(beta)), bias),
        (square(sent), learns),
    ],
)
all_shifts = theorem.average("shifts learn", mean(expectation(square(left))) <= mean(s**2 * square(sent)), shift)
apart = theorem.combine(
    "shift and move",
    square(error_next) <= 1 / s * square(left) + 1 / (1 - s) * L_i**2 * square(v),
    [(1 / (1 - s), smooth_i)],
    squares=[((1 - s) / s, left - s / (1 - s) * (k_next - k))],
)
all_apart = theorem.average(
    "shifts and moves",
    mean(square(error_next)) <= mean(1 / s * square(left) + 1 / (1 - s) * L_i**2 * square(v)),
    apart,
)
expected = theorem.expect(
    "shifts and moves, expected",
    expectation(mean(square(error_next))) <= expectation(mean(1 / s * square(left) + 1 / (1 - s) * L_i**2 * square(v))),
    all_apart,
)
G_expected = theorem.expect("G, expected", expectation(G_next).equals(expectation(mean(square(error_next)))), after)
G_shrinks = theorem.combine(
    "G shrinks",
    expectation(G_next) <= s * G + L_tilde**2 / (1 - s) * step**2 * expectation(square(mean(g))),
    [G_expected, expected, (1 / s, all_shifts)],
    modulo=[now, constants],
)

# %% [markdown]
# ## Proof: one step
# So V = f + gamma R G/(2 (1 - s)) decreases by gamma/2 ||grad f||^2. Sum over time.

# %%
C = step * R / (2 * (1 - s))
V = f + C * G
smooth_expected = theorem.expect(
    "f is smooth, expected", expectation(f_next) <= expectation(f + inner(mean(k), v) + L / 2 * square(v)), smooth
)
one_step = theorem.combine(
    "one step",
    expectation(f_next) + C * expectation(G_next) <= V - step / 2 * square(mean(k)),
    [
        smooth_expected,
        (step / 2, estimate),
        (C, G_shrinks),
        (step / 2 * expectation(square(mean(g))), short),
    ],
)
errors = theorem.positive("errors", C * mean(square(sent)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, errors], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + C * G_0) / T,
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
if __name__ == "__main__":
    theorem.print_lesson()
