# %% [markdown]
# # EF21 with partial participation, under the Polyak-Lojasiewicz inequality
#
# The setting of `ef21_partial`, and in addition 2 mu (f - f*) <= ||grad f||^2.

# %%
from eftheory.methods.ef21_partial import EF21PP
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_partial_pl",
    "EF21 with partial participation converges linearly if f satisfies the Polyak-Lojasiewicz inequality",
    source="own constants, for EF21-PP of [FatkhullinEtAl2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
rho = theorem.parameter("rho", above=0, latex=r"\rho")
q = theorem.parameter("q", above=0, at_most=1)
p_i = theorem.parameter("p", at_least=q, at_most=1, indexed=True)
L = theorem.parameter("L", above=0)
M = theorem.parameter("M")
L_i = theorem.parameter("L", indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
G, G_next = theorem.scalar("G"), theorem.scalar("G+", random=True, latex="G^{+}")
g, h = theorem.vector("g", indexed=True), theorem.vector("h", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
c = theorem.vector("c", indexed=True, random=True)
b = theorem.scalar("b", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from f*. M and rho are as in `ef21_partial`. The rate is at most theta_p/2.

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
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(h)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), move) + L / 2 * square(move))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(move))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
coin = theorem.given("coin", (b**2).equals(b))
chance = theorem.given("chance", expectation(b).equals(new.asked("coins")))
independent = theorem.given("independent", expectation(b * active).equals(p_i * expectation(active)))
short = theorem.given("short step", 2 * (M * step) ** 2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= theta_p)
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")

# %% [markdown]
# ## Claims
# Psi = f + (gamma/theta_p) G shrinks by 1 - gamma mu < 1 in each step, hence over T steps by its power, which tends
# to zero as T grows. With z = M sqrt(2), any gamma' up to 1/(L + z) is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(2 * M**2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
rate = 1 - step * mu
Psi = f + step / theta_p * G
power = theorem.scalar("(1 - gamma mu)^T", latex=r"(1 - \gamma \mu)^T")
over_time = Decay(theorem, Psi, step * mu, T, power, {f: (f_0, f_next), G: (G_0, G_next)})
shrinks, below_one, _, _, _, allowed = theorem.claim(*over_time.claims, 2 * (M * simple) ** 2 + L * simple <= 1)

# %% [markdown]
# ## Proof
# As for `ef21_pl`: G contracts, and bounds the error of the mean estimate. The rest is `pl_along_estimates`.

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
jensen = theorem.combine(
    "error of the mean", square(mean(g - h)) <= G, mean_squares=[(1, (g - h) - mean(g - h))], modulo=[now]
)
contracts = theorem.combine(
    "G contracts",
    expectation(G_next) <= (1 - theta_p) * G + theta_p * M**2 * square(move),
    [errors, (square(move), constants)],
    modulo=[expected, now],
)
values = {"E": G, "E+": G_next, "theta": theta_p, "B": theta_p * M**2, "N": 0, "g": mean(g), "h": mean(h)}
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
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
