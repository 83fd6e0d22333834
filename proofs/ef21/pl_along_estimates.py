# %% [markdown]
# # Linear convergence along estimates of the gradient
#
# How proofs under the Polyak-Lojasiewicz inequality end: x+ = x - gamma g, where g is an estimate of the gradient h of
# f whose squared error is at most E. E contracts by 1 - theta, up to a multiple of the squared move and to noise. Half
# of the contraction pays for the error in the step of f; half is left for the rate. Which estimate it is, and what of,
# does not matter: see `ef21_pl`, `ef21_plus_pl`, `ef21_w_pl`, `ef21_weighted_pl`, `ef21_partial_pl` and
# `stochastic_ef21_pl`.

# %%
from fractions import Fraction

from eftheory.proofkit import Theorem, expectation, inner, square

theorem = Theorem(
    "pl_along_estimates",
    "Along estimates whose error contracts, f and the error shrink by 1 - gamma mu, up to noise, under PL",
    source="the argument of [RichtarikSokolovFatkhullin2021], Theorem 3",
)

theta = theorem.parameter("theta", above=0, at_most=2, latex=r"\theta")
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", at_least=0, latex=r"\gamma")
L, B, N = theorem.scalar("L"), theorem.scalar("B"), theorem.scalar("N")
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
E, E_next = theorem.scalar("E"), theorem.scalar("E+", random=True, latex="E^{+}")
g, h = theorem.vector("g"), theorem.vector("h")

# %% [markdown]
# ## Hypotheses
# f is measured from f*; B is the multiple, and N the noise.

# %%
p = -step * g
smooth = theorem.given("f is smooth", f_next <= f + inner(h, p) + L / 2 * square(p))
pl = theorem.given("Polyak-Lojasiewicz", 2 * mu * f <= square(h))
error = theorem.given("error", square(g - h) <= E)
contraction = theorem.given("contraction", expectation(E_next) <= (1 - theta) * E + B * square(p) + N)
short = theorem.given("short step", 2 * B / theta * step**2 + L * step <= 1)
slow = theorem.given("slow step", 2 * mu * step <= theta)

# %% [markdown]
# ## Claims
# f + (gamma/theta) E, less a level, shrinks by 1 - gamma mu, which is not negative. Without noise the level is 0.

# %%
rate, level = 1 - step * mu, N / (mu * theta)
shrinks, sign = theorem.claim(
    f_next + step / theta * expectation(E_next) - level <= rate * (f + step / theta * E - level), rate >= 0
)

# %% [markdown]
# ## Proof
# f falls by gamma/2 (||h||^2 - ||g - h||^2), and by what a short step gains; gamma mu <= theta/2 is left for the rate.
# The level is where a gain of gamma mu level and the noise of one step balance.

# %%
positive = theorem.combine("E at least zero", E >= 0, [error], squares=[(1, g - h)])
one_step = theorem.combine(
    "one step",
    shrinks,
    [
        smooth,
        (step / theta, contraction),
        (step / 2, error),
        (step / 2 * square(g), short),
        (step / 2, pl),
        (step / (2 * theta) * E, slow),
    ],
)
half = theorem.positive("theta at most 2", theta / 2 <= 1)
theorem.qed(one_step, theorem.combine("rate at least zero", sign, [half, (Fraction(1, 2), slow)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
