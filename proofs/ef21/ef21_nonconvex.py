# %% [markdown]
# # EF21 on smooth functions
#
# In words: compress the change of the gradient, not the gradient, and you find points where the gradient is small as
# fast as gradient descent does, up to a constant: after T rounds its mean square is at most a constant over T.
#
# ![V on the axes of error and gradient: each round ends on a smaller level.](lyapunov_levels.svg)
#
# x+ = x - gamma mean g_i, and g+_i = g_i + C(h+_i - g_i) where h_i and h+_i are the gradients of f_i at x and x+. The
# mean of the f_i is L-smooth, each f_i is L_i-smooth, none need be convex. Any first estimates are allowed, and so is
# any dependence between the compressors of different agents.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_nonconvex",
    "EF21 finds points of small gradient at the rate 1/T",
    source="[RichtarikSokolovFatkhullin2021], Theorem 2",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", at_least=0, latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Symbols
# - `G`: the mean squared error of the estimates
# - `G+`: the same in the next round
# - `gamma'`: a step that the paper allows
# - `average`: the mean of E ||grad f(x)||^2 over the rounds

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound. That f is L-smooth is used as the quadratic upper bound from x to x+, and that f_i
# is L_i-smooth as a Lipschitz gradient. alpha = 1 - s^2, and xi is that of `theta_beta`: sqrt(beta/theta). The step is
# bounded as weakly as the proof allows; the published bound is a special case, see the last claim.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21, {"step_size": step}, {"d": g}, gradient=h_next, compress=c)
p = new.move("x", -step * mean(g))
now = theorem.given("G now", G.equals(mean(square(g - h))))
after = theorem.given("G next", G_next.equals(mean(square(new.d - h_next))))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", (xi * L_tilde * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points is small: that is E ||grad f||^2 at a point drawn at random from
# them, each with probability 1/T, the x-hat of the published theorem. f0 and G0 belong to the start. Any step gamma' up
# to 1/(L + Ltilde xi) is short enough: that is the published bound.

# %%
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + L_tilde * xi), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (theta * T),
    (xi * L_tilde * published) ** 2 + L * published <= 1,
)

# %% [markdown]
# ## Proof
# By the contraction lemma, and as the squared length of a mean is at most the mean of squared lengths,
# V = f + gamma/(2 theta) G decreases by gamma/2 ||grad f||^2 in each step.

# %%
beta = s**2 / (1 - s)
contraction = theorem.lemma(
    "contraction",
    expectation(mean(square(new.d - h_next))) <= (1 - theta) * mean(square(g - h)) + beta * mean(L_i**2) * square(p),
    "theta_beta",
    {"p": p, "y": 1},
    given=[compressor, smooth_i],
    prose="The estimates catch up: their error shrinks by theta, up to the move.",
)
expected = theorem.expect(
    "G next, expected",
    expectation(G_next).equals(expectation(mean(square(new.d - h_next)))),
    after,
    prose="G in the next round, in expectation over what is sent.",
)
V = f + step / (2 * theta) * G
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(mean(h)),
    [smooth, (step / (2 * theta), contraction), (step / 2 * square(mean(g)), short)],
    mean_squares=[(step / 2, (g - h) - mean(g - h))],
    modulo=[expected, constants, now],
    prose="f falls by the step along the gradient, up to the error of the estimates; G pays for that "
    "error, and V = f + gamma/(2 theta) G keeps what is left.",
)

# %% [markdown]
# Sum over time: V stays at least zero, so the decreases add up to at most its first value.

# %%
errors = theorem.positive("errors", mean(square(g - h)) >= 0, prose="A mean of squares is not negative.")
start = theorem.combine(
    "V at least zero",
    V >= 0,
    [bounded, (step / (2 * theta), errors)],
    modulo=[now],
    prose="V cannot fall below zero, as neither part of it can.",
)
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(h)), start, average, {f: f_0, G: G_0}, T),
    prose="V falls by a half gamma ||grad f||^2 in each round and cannot fall below zero: so all falls "
    "together are at most V at the start.",
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2, prose="Divide by what stands before the mean."),
    theorem.positive("published step", allowed, prose="The step that the paper allows is shorter than ours must be."),
)

# %%
theorem.survivors = {
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "claim 2: *": "there is room: x^2 + y <= 1 where x + y <= 1; `step_size_lemma` has the exact bound",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
