# %% [markdown]
# # EF21 with partial participation
#
# Agent i takes part in a round with probability p_i: a coin b_i is 1 or 0, and g+_i = g_i + b_i C(h+_i - g_i); x+ = x
# - gamma mean g_i, as in EF21. Probabilities may differ; q is a bound below all of them.

# %%
from eftheory.methods.ef21_partial import EF21PP
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_partial",
    "EF21 with partial participation finds points of small gradient at the rate 1/T",
    source="own constants, for EF21-PP of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
rho = theorem.parameter("rho", above=0, latex=r"\rho")
q = theorem.parameter("q", above=0, at_most=1)
p_i = theorem.parameter("p", at_least=q, at_most=1, indexed=True)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", at_least=0)
L_i = theorem.parameter("L", indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)
b = theorem.scalar("b", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# Those of `ef21_nonconvex` and of `partial_contraction`; M^2 is B/theta_p, where B is the mean of L_i^2 times what
# moves cost. theta_p > 0 means that rho is small; rho = q theta/2 is.

# %%
alpha, theta, beta = 1 - s**2, 1 - s, s**2 / (1 - s)
theta_p = q * theta - (1 - q) * rho
beta_i = p_i * beta + (1 - p_i) * (1 + 1 / rho)
new = OneStep(EF21PP, {"step_size": step, "chance": p_i}, {"d": g}, gradient=h_next, coins=b, compress=c)
move = new.move("x", -step * mean(g))
error, error_next, active = square(g - h), square(new.d - h_next), square(g + c - h_next)
contracts = theorem.given("rho", theta_p > 0)
constants = theorem.given("M", mean(beta_i * L_i**2).equals(theta_p * M**2))
now = theorem.given("G now", G.equals(mean(error)))
after = theorem.given("G next", G_next.equals(mean(error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), move) + L / 2 * square(move))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(move))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
coin = theorem.given("coin", (b**2).equals(b))
chance = theorem.given("chance", expectation(b).equals(new.asked("coins")))
independent = theorem.given("independent", expectation(b * active).equals(p_i * expectation(active)))
short = theorem.given("short step", (M * step) ** 2 + L * step <= 1)

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points is small; any step gamma' up to 1/(L + M) is short enough.

# %%
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + M), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
small, allowed = theorem.claim(
    average <= 2 * f_0 / (step * T) + G_0 / (theta_p * T),
    (M * published) ** 2 + L * published <= 1,
)

# %% [markdown]
# ## Proof
# V = f + gamma/(2 theta_p) G decreases by gamma/2 ||grad f||^2 in each step.

# %%
contraction = theorem.lemma(
    "contraction",
    expectation(error_next) <= (1 - theta_p) * error + beta_i * square(h_next - h),
    "partial_contraction",
    {theorem.scalar("pmax"): 1},
    given=[compressor, coin, chance, independent],
)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta_p) * error + beta_i * L_i**2 * square(move),
    [contraction, (beta_i, smooth_i)],
)
errors = theorem.average(
    "errors", mean(expectation(error_next)) <= mean((1 - theta_p) * error + beta_i * L_i**2 * square(move)), one_agent
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(error_next))), after)
V = f + step / (2 * theta_p) * G
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta_p) * expectation(G_next) <= V - step / 2 * square(mean(h)),
    [
        smooth,
        (step / (2 * theta_p), errors),
        (step / (2 * theta_p) * square(move), constants),
        (step / 2 * square(mean(g)), short),
    ],
    mean_squares=[(step / 2, (g - h) - mean(g - h))],
    modulo=[expected, now],
)

# %% [markdown]
# Sum over time.

# %%
positive = theorem.positive("errors at least zero", mean(error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta_p), positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta_p) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(h)), start, average, {f: f_0, G: G_0}, T),
)
theorem.qed(
    theorem.cancel("small gradients", small, total, step / 2),
    theorem.positive("published step", allowed),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
