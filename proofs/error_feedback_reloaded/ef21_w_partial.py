# %% [markdown]
# # EF21-W with partial participation
#
# The rounds of EF21-W with coins: agent i keeps an estimate g_i of the gradient u_i of f_i/w_i, with w_i = L_i/A. x+ =
# x - gamma mean w_i g_i, and g+_i = g_i + b_i C(u+_i - g_i) with the coins b_i of `ef21_partial`. The mean of the L_i
# enters the step, up to the probabilities. The compressor need not be homogeneous.

# %%
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_w_partial",
    "EF21-W with partial participation finds points of small gradient, with means of the L_i in its step size",
    source="own constants, for EF21-PP and EF21-W of [FatkhullinEtAl2021] and [RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
rho = theorem.parameter("rho", above=0, latex=r"\rho")
q = theorem.parameter("q", above=0, at_most=1)
p_i = theorem.parameter("p", at_least=q, at_most=1, indexed=True)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", at_least=0)
A = theorem.parameter("A", above=0)
L_i = theorem.parameter("L", above=0, indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, u = theorem.vector("g", indexed=True), theorem.vector("u", indexed=True)
u_next = theorem.vector("u+", indexed=True, latex="u^{+}")
c = theorem.vector("c", indexed=True, random=True)
b = theorem.scalar("b", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# The gradient of f_i is w_i u_i; alpha = 1 - s^2. A is the mean of the L_i, and M^2 is A/theta_p times the mean of L_i
# and what moves cost: if that is the same for all agents, A^2/theta_p times that. theta_p > 0 means that rho is small;
# rho = q theta/2 is. Of the coins' independence of what the compressor draws, one consequence is used.

# %%
alpha, theta, beta = 1 - s**2, 1 - s, s**2 / (1 - s)
theta_p = q * theta - (1 - q) * rho
beta_i = p_i * beta + (1 - p_i) * (1 + 1 / rho)
w = L_i / A
scaled, numbers = [w * g, u_next], {"step_size": step, "weights": (), "chance": p_i}
new = OneStep(EF21WPP, numbers, {"d": g}, gradient=w * u_next, scaled=scaled, coins=b, compress=c)
move = new.move("x", -step * mean(w * g))
error, error_next, active = square(g - u), square(new.d - u_next), square(g + c - u_next)
arithmetic = theorem.given("A", mean(L_i).equals(A))
contracts = theorem.given("rho", theta_p > 0)
constants = theorem.given("M", (A * mean(beta_i * L_i)).equals(theta_p * M**2))
now = theorem.given("G now", G.equals(mean(w * error)))
after = theorem.given("G next", G_next.equals(mean(w * error_next)))
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(w * u), move) + L / 2 * square(move))
smooth_i = theorem.given("f_i is smooth", square(w * u_next - w * u) <= L_i**2 * square(move))
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
# V = f + gamma/(2 theta_p) G decreases by gamma/2 ||grad f||^2 in each step. By Jensen's inequality the squared error
# of mean w_i g_i is at most G.

# %%
equal = theorem.cancel("f_i/w_i is smooth", square(u_next - u) <= A**2 * square(move), smooth_i, w**2)
contraction = theorem.lemma(
    "contraction",
    expectation(error_next) <= (1 - theta_p) * error + beta_i * square(u_next - u),
    "partial_contraction",
    {
        theorem.vector("h", indexed=True): u,
        theorem.vector("h+", indexed=True): u_next,
        theorem.scalar("pmax"): 1,
    },
    given=[compressor, coin, chance, independent],
)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta_p) * error + beta_i * A**2 * square(move),
    [contraction, (beta_i, equal)],
)
errors = theorem.average(
    "errors",
    mean(w * expectation(error_next)) <= mean(w * ((1 - theta_p) * error + beta_i * A**2 * square(move))),
    one_agent,
    weight=w,
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(w * error_next))), after)
V = f + step / (2 * theta_p) * G
one_step = theorem.combine(
    "one step",
    f_next + step / (2 * theta_p) * expectation(G_next) <= V - step / 2 * square(mean(w * u)),
    [
        smooth,
        (step / (2 * theta_p), errors),
        (step / (2 * theta_p) * square(move), constants),
        (step / 2 * square(mean(w * g)), short),
    ],
    mean_squares=[(step / 2 * w, (g - u) - mean(w * (g - u)))],
    modulo=[expected, now, arithmetic],
)

# %% [markdown]
# Sum over time.

# %%
positive = theorem.positive("errors at least zero", mean(w * error) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (step / (2 * theta_p), positive)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + step / (2 * theta_p) * G_0) / T,
    Telescoped(one_step, V, {f: f_next, G: G_next}, step / 2, square(mean(w * u)), start, average, {f: f_0, G: G_0}, T),
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
