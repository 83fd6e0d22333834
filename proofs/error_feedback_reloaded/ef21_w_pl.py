# %% [markdown]
# # EF21-W under the Polyak-Lojasiewicz inequality
#
# The setting of `ef21_w`, and in addition 2 mu (f - f*) <= ||grad f||^2. The rounds are those of EF21-W: agent i keeps
# an estimate g_i of the gradient u_i of f_i/w_i, with w_i = L_i/M. x+ = x - gamma mean w_i g_i, and g+_i = g_i +
# C(u+_i - g_i). The compressor need not be homogeneous. (In the paper weights sum to 1; here their mean is 1.)

# %%
from eftheory.methods.ef21_w import EF21W
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_w_pl",
    "EF21-W converges linearly under the PL inequality, with the mean of the smoothness constants in its step size",
    source="[RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", above=0)
L_i = theorem.parameter("L", above=0, indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, u = theorem.vector("g", indexed=True), theorem.vector("u", indexed=True)
u_next = theorem.vector("u+", indexed=True, latex="u^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# The gradient of f_i is w_i u_i. f is measured from f*; alpha = 1 - s^2; xi = sqrt(beta/theta); M is the mean of the
# L_i.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
w = L_i / M
new = OneStep(
    EF21W, {"step_size": step, "weights": ()}, {"d": g}, gradient=w * u_next, scaled=[w * g, u_next], compress=c
)
p = new.move("x", -step * mean(w * g))
error, error_next = square(g - u), square(new.d - u_next)
constants = theorem.given("M", mean(L_i).equals(M))
now = theorem.given("G now", G.equals(mean(w * error)))
after = theorem.given("G next", G_next.equals(mean(w * error_next)))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(w * u)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(w * u), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(w * u_next - w * u) <= L_i**2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", 2 * (xi * M * step) ** 2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= theta)
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")

# %% [markdown]
# ## Claims
# Psi = f + (gamma/theta) G shrinks by 1 - gamma mu < 1 in each step, hence over T steps by its power, which tends to
# zero as T grows. Any gamma' up to 1/(L + z) with z^2 = 2 (xi M)^2 is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(2 * (xi * M) ** 2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
rate = 1 - step * mu
Psi = f + step / theta * G
power = theorem.scalar("(1 - gamma mu)^T", latex=r"(1 - \gamma \mu)^T")
over_time = Decay(theorem, Psi, step * mu, T, power, {f: (f_0, f_next), G: (G_0, G_next)})
shrinks, below_one, _, _, _, allowed = theorem.claim(*over_time.claims, 2 * (xi * M * simple) ** 2 + L * simple <= 1)

# %% [markdown]
# ## Proof
# The contraction lemma for one agent, on f_i/w_i, averaged with the weights. The error of mean w_i g_i is at most G by
# Jensen's inequality. The rest is `pl_along_estimates`.

# %%
beta = s**2 / (1 - s)
equal = theorem.cancel("f_i/w_i is smooth", square(u_next - u) <= M**2 * square(p), smooth_i, w**2)
contraction = theorem.lemma(
    "contraction",
    expectation(error_next) <= (1 - theta) * error + beta * square(u_next - u),
    "theta_beta",
    {
        theorem.vector("h", indexed=True): u,
        theorem.vector("h+", indexed=True): u_next,
        theorem.vector("p"): p,
        theorem.scalar("L", indexed=True): M,
        theorem.scalar("y"): 1,
    },
    given=[compressor, equal],
)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta) * error + beta * M**2 * square(p),
    [contraction, (beta, equal)],
)
errors = theorem.average(
    "errors",
    mean(w * expectation(error_next)) <= mean(w * ((1 - theta) * error + beta * M**2 * square(p))),
    one_agent,
    weight=w,
)
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(w * error_next))), after)
jensen = theorem.combine(
    "error of the mean",
    square(mean(w * (g - u))) <= G,
    mean_squares=[(w, (g - u) - mean(w * (g - u)))],
    modulo=[now, constants],
)
contracts = theorem.combine(
    "G contracts",
    expectation(G_next) <= (1 - theta) * G + beta * M**2 * square(p),
    [errors],
    modulo=[expected, now, constants],
)
values = {"E": G, "E+": G_next, "theta": theta, "B": beta * M**2, "N": 0, "g": mean(w * g), "h": mean(w * u)}
given = [smooth, pl, jensen, contracts, short, slow]
one_step = theorem.lemma("one step", shrinks, "pl_along_estimates", values, given=given)

# %% [markdown]
# Repeat; Bernoulli's inequality says that the power tends to zero.

# %%
theorem.lemma("rate at least zero", rate >= 0, "pl_along_estimates", values, given=given)
repeated = over_time.repeat(one_step)
limits = over_time.vanish()
condition = theorem.positive("its condition", (z * simple) ** 2 + L * simple <= 1)
theorem.positive("rate below 1", below_one)
theorem.qed(
    one_step,
    "rate below 1",
    repeated,
    *limits,
    theorem.combine("simple step", allowed, [condition, (-(simple**2), root)]),
)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
    "step 'contraction', values of L: *": "the lemma takes the square of L_i only",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
