# %% [markdown]
# # DIANA: compressed differences of gradients and of shifts that learn them, on smooth functions
#
# Agents compress k_i - h_i, the difference of the gradient at x and a shift; c_i is the message. x+ = x + v with
# v = -gamma mean (h_i + c_i), which is right on average, and h+_i = h_i + beta c_i with beta = 1/(1 + omega). So the
# variance of the step is omega/n times G, the mean of ||k_i - h_i||^2, which shrinks as shifts learn.

# %%
from eftheory.methods import Diana
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "diana",
    "DIANA finds points of small gradient at the rate 1/T, on smooth functions that need not be convex",
    source="own, for the method of [MishchenkoEtAl2019]",
)

n = theorem.parameter("n", above=0)
omega = theorem.parameter("omega", at_least=0, latex=r"\omega")
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
h, k = theorem.vector("h", indexed=True), theorem.vector("k", indexed=True)
k_next = theorem.vector("k+", indexed=True, random=True, latex="k^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound. Messages are unbiased with variance omega; uncorrelated means that the squared error
# of their mean has no terms of two agents.

# %%
beta = 1 / (1 + omega)
new = OneStep(Diana, {"step_size": step, "beta": beta}, {"h": h}, gradient=k, compress=c)
v = new.move("x", -step * mean(h + c))
sent = new.sent
error, error_next = k - h, rewritten(k_next - new.h, k_next - h - beta * c)
now = theorem.given("G now", G.equals(mean(square(error))))
after = theorem.given("G next", G_next.equals(mean(square(error_next))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(k), v) + L / 2 * square(v))
smooth_i = theorem.given("f_i is smooth", square(k_next - k) <= L_i**2 * square(v))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
unbiased = theorem.given("unbiased", expectation(c).equals(sent))
variance = theorem.given("variance", expectation(square(c - sent)) <= omega * square(sent))
uncorrelated = theorem.given(
    "uncorrelated", expectation(square(mean(c - sent))).equals(mean(expectation(square(c - sent))) / n)
)
M_squared = 4 * omega * (1 + omega) * (3 + 2 * omega) * L_tilde**2 / n
short = theorem.given("short step", 2 * L * step <= 1)
slow = theorem.given("slow step", M_squared * step**2 <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; f0 and G0 belong to the start.

# %%
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
C = 2 * L * step**2 * omega * (1 + omega) / n
small = theorem.claim(average <= 2 * (f_0 + C * G_0) / (step * T))

# %% [markdown]
# ## Proof: the step
# It is right on average, up to the variance of messages.

# %%
mean_unbiased = theorem.average("mean unbiased", mean(expectation(c)).equals(mean(sent)), unbiased)
variances = theorem.average("variances", mean(expectation(square(c - sent))) <= mean(omega * square(sent)), variance)
moved = theorem.combine(
    "squared step",
    expectation(square(mean(h + c))) <= square(mean(k)) + omega / n * G,
    [uncorrelated, (1 / n, variances), (2 * mean(k), mean_unbiased)],
    modulo=[now],
)

# %% [markdown]
# ## Proof: the shifts
# ||k_i - h_i - beta c_i||^2 is at most (1 - beta) ||k_i - h_i||^2 on average, as beta (1 + omega) = 1. Young's
# inequality with beta/2 takes the move of the gradient off.

# %%
apart = theorem.combine(
    "shift and move",
    square(error_next) <= (1 + beta / 2) * square(k - h - beta * c) + (3 + 2 * omega) * L_i**2 * square(v),
    [(3 + 2 * omega, smooth_i)],
    squares=[(beta / 2, k - h - beta * c - 2 / beta * (k_next - k))],
)
all_apart = theorem.average(
    "shifts and moves",
    mean(square(error_next)) <= mean((1 + beta / 2) * square(k - h - beta * c) + (3 + 2 * omega) * L_i**2 * square(v)),
    apart,
)
expected = theorem.expect(
    "shifts and moves, expected",
    expectation(mean(square(error_next)))
    <= expectation(mean((1 + beta / 2) * square(k - h - beta * c) + (3 + 2 * omega) * L_i**2 * square(v))),
    all_apart,
)
learns = theorem.combine(
    "a shift learns",
    expectation(square(k - h - beta * c)) <= (1 - beta) * square(k - h),
    [(beta**2, variance), (2 * (beta**2 - beta) * (k - h), unbiased)],
)
all_learn = theorem.average(
    "shifts learn", mean(expectation(square(k - h - beta * c))) <= mean((1 - beta) * square(k - h)), learns
)
G_expected = theorem.expect("G, expected", expectation(G_next).equals(expectation(mean(square(error_next)))), after)
rest = theorem.positive("rest", beta**2 / 2 * mean(square(error)) >= 0)
G_shrinks = theorem.combine(
    "G shrinks",
    expectation(G_next)
    <= (1 - beta / 2) * G + (3 + 2 * omega) * L_tilde**2 * step**2 * (square(mean(k)) + omega / n * G),
    [G_expected, expected, (1 + beta / 2, all_learn), ((3 + 2 * omega) * L_tilde**2 * step**2, moved), rest],
    modulo=[now, constants],
)

# %% [markdown]
# ## Proof: one step
# So V = f + C G decreases by gamma/2 ||grad f||^2. Sum over time.

# %%
V = f + C * G
smooth_expected = theorem.expect(
    "f is smooth, expected", expectation(f_next) <= expectation(f + inner(mean(k), v) + L / 2 * square(v)), smooth
)
one_step = theorem.combine(
    "one step",
    expectation(f_next) + C * expectation(G_next) <= V - step / 2 * square(mean(k)),
    [
        smooth_expected,
        (L / 2 * step**2, moved),
        (-step * mean(k), mean_unbiased),
        (C, G_shrinks),
        (step / 2 * square(mean(k)), short),
        (L / 2 * step**2 * (square(mean(k)) + omega / n * mean(square(error))), slow),
    ],
    modulo=[now],
)
errors = theorem.positive("errors", C * mean(square(error)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, errors], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + C * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(k)), start, average, {f: f_0, G: G_0}, T),
)
theorem.qed(theorem.cancel("small gradients", small, total, step / 2))

# %%
theorem.survivors = {
    "the lower bound of L not strict": "an f that is linear and bounded below is constant; the proof holds of it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
