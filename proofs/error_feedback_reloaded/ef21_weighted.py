# %% [markdown]
# # EF21 needs the mean of the smoothness constants only
#
# The analysis of `ef21_nonconvex` gives all agents' errors the same weight, and the quadratic mean of the L_i comes
# out. With weights v_i inversely proportional to L_i it is their arithmetic mean, M, which is never larger
# (`means_of_constants`). Weights change what is proved; the method is as it was: x+ = x - step mean g_i, g_i+ = g_i +
# c_i.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_weighted",
    "EF21 finds points of small gradient, with the mean of the smoothness constants in its step size",
    source="[RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", above=0)
L_i = theorem.parameter("L", above=0, indexed=True)
v = theorem.parameter("v", above=0, indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + M * s / (1 - s)), latex=r"\gamma'")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# Those of `ef21_nonconvex` but for G, which is a weighted mean, and the step size. h_i is the gradient of f_i at x, c_i
# the compressed h_i+ - g_i; f is measured from a lower bound.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21, {"step_size": step}, {"d": g}, gradient=h_next, compress=c)
p = new.move("x", -step * mean(g))
error, error_next = square(g - h), square(new.d - h_next)
weights = theorem.given("v", (v * L_i).equals(M))
constants = theorem.given("M", mean(L_i).equals(M))
now = theorem.given("G now", G.equals(mean(v * error)))
after = theorem.given("G next", G_next.equals(mean(v * error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", (xi * M * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; and any step up to 1/(L + M xi) is short enough.

# %%
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (theta * T),
    (xi * M * published) ** 2 + L * published <= 1,
)

# %% [markdown]
# ## Proof
# The contraction lemma for one agent, averaged with the weights: the mean of v_i L_i^2 is M^2.

# %%
beta = s**2 / (1 - s)
contraction = theorem.lemma(
    "contraction",
    expectation(error_next) <= (1 - theta) * error + beta * square(h_next - h),
    "theta_beta",
    {theorem.vector("p"): p, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
)
errors = theorem.average(
    "contraction, averaged",
    mean(v * expectation(error_next)) <= mean(v * ((1 - theta) * error + beta * square(h_next - h))),
    contraction,
    weight=v,
)
moves = theorem.average("moves", mean(v * square(h_next - h)) <= mean(v * L_i**2) * square(p), smooth_i, weight=v)
products = theorem.average("v with L_i", mean(L_i * v * L_i).equals(mean(L_i * M)), weights, weight=L_i)

# %% [markdown]
# By the Cauchy-Schwarz inequality the squared error of mean g_i is at most G: the mean of 1/v_i is 1.

# %%
mean_error = mean(g - h)
along = theorem.average(
    "v along the mean error",
    mean(inner(g - h, mean_error) * v * L_i).equals(mean(inner(g - h, mean_error) * M)),
    weights,
    weight=inner(g - h, mean_error),
)
jensen = theorem.combine(
    "error of the mean",
    square(mean_error) <= mean(v * error),
    [(-2 / M, along), (square(mean_error) / M**2, products)],
    mean_squares=[(v, (g - h) - L_i / M * mean_error)],
    modulo=[constants],
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(v * error_next))), after)
V = f + step / (2 * theta) * G
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(mean(h)),
    [
        smooth,
        (step / (2 * theta), errors),
        (step * beta / (2 * theta), moves),
        (step * beta / (2 * theta) * square(p), products),
        (step / 2 * square(mean(g)), short),
        (step / 2, jensen),
    ],
    modulo=[expected, constants, now],
)

# %% [markdown]
# Sum over time.

# %%
positive = theorem.positive("errors", mean(v * error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta), positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(h)), start, average, {f: f_0, G: G_0}, T),
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.positive("published step", allowed),
)

# %%
theorem.survivors = {
    "the lower bound of L_i *": "follows from v_i > 0 and v_i L_i = M > 0",
    "the lower bound of v_i not strict": "it cannot be 0, as v_i L_i is M",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
    "claim 2: *": "there is room: x^2 + y <= 1 where x + y <= 1; `step_size_lemma` has the exact bound",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
