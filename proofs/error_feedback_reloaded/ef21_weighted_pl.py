# %% [markdown]
# # EF21 with weights in its analysis, under the Polyak-Lojasiewicz inequality
#
# The setting of `ef21_weighted`, and in addition 2 mu (f - f*) <= ||grad f||^2. The method is EF21, unchanged: x+ = x
# - gamma mean g_i, and g+_i = g_i + C(h+_i - g_i) with the gradients h_i of f_i. Weights v_i inversely proportional to
# the L_i enter the analysis only.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_weighted_pl",
    "EF21 converges linearly under the PL inequality, with the mean of the smoothness constants in its step size",
    source="[RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M", above=0)
L_i = theorem.parameter("L", indexed=True)
v = theorem.parameter("v", above=0, indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from f*; alpha = 1 - s^2; xi = sqrt(beta/theta); M is the mean of the L_i, and v_i = M/L_i.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21, {"step_size": step}, {"d": g}, gradient=h_next, compress=c)
p = new.move("x", -step * mean(g))
error, error_next = square(g - h), square(new.d - h_next)
weights = theorem.given("v", (v * L_i).equals(M))
constants = theorem.given("M", mean(L_i).equals(M))
now = theorem.given("G now", G.equals(mean(v * error)))
after = theorem.given("G next", G_next.equals(mean(v * error_next)))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(h)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
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
# The contraction lemma for one agent, averaged with the weights; the error of the mean by `weighted_jensen`. The
# rest is `pl_along_estimates`.

# %%
beta = s**2 / (1 - s)
contraction = theorem.lemma(
    "contraction",
    expectation(error_next) <= (1 - theta) * error + beta * square(h_next - h),
    "theta_beta",
    {theorem.vector("p"): p, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
)
one_agent = theorem.combine(
    "one agent",
    expectation(error_next) <= (1 - theta) * error + beta * L_i**2 * square(p),
    [contraction, (beta, smooth_i)],
)
errors = theorem.average(
    "errors",
    mean(v * expectation(error_next)) <= mean(v * ((1 - theta) * error + beta * L_i**2 * square(p))),
    one_agent,
    weight=v,
)
jensen = theorem.lemma(
    "error of the mean",
    square(mean(g - h)) <= mean(v * error),
    "weighted_jensen",
    {theorem.vector("e", indexed=True): g - h},
    given=[weights, constants],
)
squares = theorem.lemma("mean of squares", mean(v * L_i**2).equals(M**2), "weighted_jensen", given=[weights, constants])
expected = theorem.expect("G next, expected", expectation(G_next).equals(expectation(mean(v * error_next))), after)
jensen_G = theorem.combine("error of the mean, in G", square(mean(g - h)) <= G, [jensen], modulo=[now])
contracts = theorem.combine(
    "G contracts",
    expectation(G_next) <= (1 - theta) * G + beta * M**2 * square(p),
    [errors, (beta * square(p), squares)],
    modulo=[expected, now],
)
values = {"E": G, "E+": G_next, "theta": theta, "B": beta * M**2, "N": 0, "g": mean(g), "h": mean(h)}
given = [smooth, pl, jensen_G, contracts, short, slow]
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
    "step 'error of the mean', values of e: the whole times -1": "the lemma takes squares only",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
