# %% [markdown]
# # EF21-W: weighted error feedback
#
# Agent i works on f_i/w_i with w_i = L_i/A, where A is the mean of the L_i; these functions all have the constant A.
# It keeps an estimate g_i of their gradient u_i. The rounds of the method: x+ = x - gamma mean w_i g_i, and g+_i = g_i
# + C(u+_i - g_i). So agents are averaged with weights, and what they compress is divided by these. (In the paper
# weights sum to 1; here their mean is 1.)

# %%
from eftheory.methods.ef21_w import EF21W
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_w",
    "EF21-W finds points of small gradient at the rate 1/T, with steps up to 1/(L + A xi)",
    source="[RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
A = theorem.parameter("A", above=0)
L_i = theorem.parameter("L", above=0, indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, u = theorem.vector("g", indexed=True), theorem.vector("u", indexed=True)
u_next = theorem.vector("u+", indexed=True, latex="u^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# The gradient of f_i is w_i u_i. f is measured from a lower bound, alpha = 1 - s^2.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
w = L_i / A
new = OneStep(
    EF21W, {"step_size": step, "weights": ()}, {"d": g}, gradient=w * u_next, scaled=[w * g, u_next], compress=c
)
p = new.move("x", -step * mean(w * g))
error, error_next = square(g - u), square(new.d - u_next)
arithmetic = theorem.given("A", mean(L_i).equals(A))
now = theorem.given("G now", G.equals(mean(w * error)))
after = theorem.given("G next", G_next.equals(mean(w * error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(w * u), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(w * u_next - w * u) <= L_i**2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", (xi * A * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points is small; f0 and G0 belong to the start. Any step gamma' up to
# 1/(L + A xi) is short enough.

# %%
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + A * xi), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (theta * T),
    (xi * A * published) ** 2 + L * published <= 1,
)

# %% [markdown]
# ## Proof
# The contraction lemma for one agent, on f_i/w_i, averaged with the weights. By Jensen's inequality the squared error
# of mean w_i g_i is at most G.

# %%
beta = s**2 / (1 - s)
equal = theorem.cancel("f_i/w_i is smooth", square(u_next - u) <= A**2 * square(p), smooth_i, w**2)
contraction = theorem.lemma(
    "contraction",
    expectation(error_next) <= (1 - theta) * error + beta * square(u_next - u),
    "theta_beta",
    {
        theorem.vector("h", indexed=True): u,
        theorem.vector("h+", indexed=True): u_next,
        theorem.vector("p"): p,
        theorem.scalar("L", indexed=True): A,
        theorem.scalar("y"): 1,
    },
    given=[compressor, equal],
)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta) * error + beta * A**2 * square(p),
    [contraction, (beta, equal)],
)
errors = theorem.average(
    "errors",
    mean(w * expectation(error_next)) <= mean(w * ((1 - theta) * error + beta * A**2 * square(p))),
    one_agent,
    weight=w,
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(w * error_next))), after)
V = f + step / (2 * theta) * G
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta) * expectation(G_next) <= V - step / 2 * square(mean(w * u)),
    [smooth, (step / (2 * theta), errors), (step / 2 * square(mean(w * g)), short)],
    mean_squares=[(step / 2 * w, (g - u) - mean(w * (g - u)))],
    modulo=[expected, now, arithmetic],
)

# %% [markdown]
# Sum over time.

# %%
positive = theorem.positive("errors at least zero", mean(w * error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta), positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(w * u)), start, average, {f: f_0, G: G_0}, T),
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.positive("published step", allowed),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
    "step 'contraction', values of L: *": "the lemma takes the square of L_i only",
    "claim 2: *": "there is room: x^2 + y <= 1 where x + y <= 1; `step_size_lemma` has the exact bound",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
