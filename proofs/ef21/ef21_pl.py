# %% [markdown]
# # EF21 under the Polyak-Lojasiewicz inequality
#
# The inequality says that far above the minimum the gradient is large. Then 1/T becomes a power: with gamma mu = 1/100,
# what is left after 1000 rounds is 0.99^1000, less than 1/20000 of it.
#
# The setting of `ef21_nonconvex`, and in addition 2 mu (f - f*) <= ||grad f||^2. The method is x+ = x - gamma mean
# g_i and g+_i = g_i + C(h+_i - g_i), where h_i and h+_i are the gradients of f_i at x and x+. Nothing is asked of f*
# but the inequality: it need not be attained.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import Decay, OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef21_pl",
    "EF21 converges linearly if f satisfies the Polyak-Lojasiewicz inequality",
    source="[RichtarikSokolovFatkhullin2021], Theorem 3",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", at_least=0)
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
# - `z`: xi Ltilde times the root of 2

# %% [markdown]
# ## Hypotheses
# f is measured from f*. alpha = 1 - s^2, xi = sqrt(beta/theta), and z = xi Ltilde sqrt(2), so that 1/(L + Ltilde
# sqrt(2 beta/theta)) is 1/(L + z). As in `ef21_nonconvex`, the bounds on the step are those that the proof needs; the
# published ones follow, see the claims.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
new = OneStep(EF21, {"step_size": step}, {"d": g}, gradient=h_next, compress=c)
p = new.move("x", -step * mean(g))
now = theorem.given("G now", G.equals(mean(square(g - h))))
after = theorem.given("G next", G_next.equals(mean(square(new.d - h_next))))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(mean(h)))
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), p) + L / 2 * square(p))
smooth_i = theorem.given("f_i is smooth", square(h_next - h) <= L_i**2 * square(p))
constants = theorem.given("Ltilde", mean(L_i**2).equals(L_tilde**2))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", 2 * (xi * L_tilde * step) ** 2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= theta)
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")

# %% [markdown]
# ## Claims
# Psi = f + (gamma/theta) G shrinks by 1 - gamma mu < 1 in each step, hence over T steps by its power, which tends to
# zero as T grows. Any gamma' up to 1/(L + z) with z^2 = 2 (xi Ltilde)^2 is short.

# %%
z = theorem.parameter("z", at_least=0)
root = theorem.given("z", (z**2).equals(2 * (xi * L_tilde) ** 2))
published = theorem.parameter("gamma'", above=0, at_most=1 / (L + z), latex=r"\gamma'")
rate = 1 - step * mu
Psi = f + step / theta * G
power = theorem.scalar("(1 - gamma mu)^T", latex=r"(1 - \gamma \mu)^T")
over_time = Decay(theorem, Psi, step * mu, T, power, {f: (f_0, f_next), G: (G_0, G_next)})
shrinks, below_one, _, _, _, allowed = theorem.claim(
    *over_time.claims, 2 * (xi * L_tilde * published) ** 2 + L * published <= 1
)

# %% [markdown]
# ## Proof
# G contracts, and by Jensen's inequality it bounds the error of the mean estimate. The rest is `pl_along_estimates`.

# %%
beta = s**2 / (1 - s)
contraction = theorem.lemma(
    "contraction",
    expectation(mean(square(new.d - h_next))) <= (1 - theta) * mean(square(g - h)) + beta * mean(L_i**2) * square(p),
    "theta_beta",
    {theorem.vector("p"): p, theorem.scalar("y"): 1},
    given=[compressor, smooth_i],
    prose="The estimates catch up: their error shrinks by theta, up to the move.",
)
expected = theorem.expect(
    "G next, expected",
    expectation(G_next).equals(expectation(mean(square(new.d - h_next)))),
    after,
    prose="G in the next round, in expectation over what is sent.",
)
jensen = theorem.combine(
    "error of the mean",
    square(mean(g - h)) <= G,
    mean_squares=[(1, (g - h) - mean(g - h))],
    modulo=[now],
    prose="The mean of the estimates errs by no more than they do on average (Jensen).",
)
contracts = theorem.combine(
    "G contracts",
    expectation(G_next) <= (1 - theta) * G + beta * L_tilde**2 * square(p),
    [contraction],
    modulo=[expected, constants, now],
    prose="The same lemma, in terms of G.",
)
values = {"E": G, "E+": G_next, "theta": theta, "B": beta * L_tilde**2, "N": 0, "g": mean(g), "h": mean(h)}
given = [smooth, pl, jensen, contracts, short, slow]
one_step = theorem.lemma(
    "one step",
    shrinks,
    "pl_along_estimates",
    values,
    given=given,
    prose="Where f is above its minimum the gradient is large, so f falls in proportion: this is the rate "
    "1 - gamma mu.",
)

# %% [markdown]
# Repeat; Bernoulli's inequality says that the power tends to zero.

# %%
theorem.lemma(
    "rate at least zero",
    rate >= 0,
    "pl_along_estimates",
    values,
    given=given,
    prose="The rate is a number to take powers of.",
)
repeated = over_time.repeat(one_step)
limits = over_time.vanish()
published_step = theorem.combine(
    "published step",
    allowed,
    [
        theorem.positive(
            "its condition", (z * published) ** 2 + L * published <= 1, prose="z takes the place of the root."
        ),
        (-(published**2), root),
    ],
    prose="The step that the paper allows is shorter than ours must be.",
)
theorem.positive("rate below 1", below_one, prose="gamma mu is positive.")
theorem.qed(one_step, "rate below 1", repeated, *limits, published_step)

# %%
theorem.survivors = {
    "claim 2: *": "only the sign matters",
    "step 'contraction', values of p: *": "the lemma takes the square of p only",
    "step 'contraction', values of y: *": "y is for other conclusions of the lemma",
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
