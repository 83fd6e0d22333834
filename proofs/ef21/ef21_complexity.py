# %% [markdown]
# # How many steps of EF21 make the error at most eps
#
# The bounds of `ef21_nonconvex` and of `ef21_w` at their longest published step 1/(L + C xi): C is Ltilde for the first
# and the mean of the L_i for the second, G0 the error of the first estimates as each of them measures it. And the bound
# of `ef21_pl` at its step, the lesser of 1/(L + z) and theta/(2 mu): `blocks` says how many times to halve Psi.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "ef21_complexity",
    "Numbers of steps after which the bounds of EF21 and EF21-W are at most eps, or, under the Polyak-Lojasiewicz "
    "inequality, halved",
    source="[RichtarikSokolovFatkhullin2021], Theorems 2 and 3; [RichtarikGasanovBurlachenko2024]",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
C = theorem.parameter("C", at_least=0)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
z = theorem.parameter("z", at_least=0)
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
G_0 = theorem.parameter("G0", at_least=0, latex="G^{0}")
Psi_0 = theorem.parameter("Psi0", at_least=0, latex=r"\Psi^{0}")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## The steps
# alpha = 1 - s^2, and Delta is f - f_inf at first. Each number of steps is a whole number in its range.

# %%
alpha, theta, xi = 1 - s**2, 1 - s, s / (1 - s)
T = theorem.parameter("T", at_least=(2 * Delta * (L + C * xi) + G_0 / theta) / eps)
simple = theorem.parameter("T'", at_least=2 * (Delta * (L + (2 / alpha - 1) * C) + G_0 / alpha) / eps)
H = theorem.parameter("H", at_least=(L + z) / mu + 2 / theta)
step, long, short = 1 / (L + C * xi), 1 / (L + z), theta / (2 * mu)

# %% [markdown]
# ## Claims
# 1. The mean of E ||grad f||^2 over T steps is at most eps. 2. So it is over T' steps, which alpha says without s. 3.,
# 4. With the Polyak-Lojasiewicz inequality, H steps halve Psi, whichever bound is the step.

# %%
claims = theorem.claim(
    2 * Delta / (step * T) + G_0 / (theta * T) <= eps,
    2 * Delta / (step * simple) + G_0 / (theta * simple) <= eps,
    Psi_0 / (1 + H * long * mu) <= Psi_0 / 2,
    Psi_0 / (1 + H * short * mu) <= Psi_0 / 2,
)

# %% [markdown]
# ## Proof
# xi <= 2/alpha - 1 and 1/theta <= 2/alpha.

# %%
needed = 2 * Delta * (L + C * xi) + G_0 / theta
for name, number, claim in (("T steps", T, claims[0]), ("T' steps", simple, claims[1])):
    enough = theorem.positive(f"{name}, enough", needed <= eps * number)
    theorem.cancel(name, claim, enough, number)
for name, share, claim in (("H steps, long", H * long * mu, claims[2]), ("H steps, short", H * short * mu, claims[3])):
    enough = theorem.positive(f"{name}, enough", share >= 1)
    theorem.combine(name, claim, [(Psi_0 / (2 * (1 + share)), enough)])
theorem.qed("T steps", "T' steps", "H steps, long", "H steps, short")

# %%
if __name__ == "__main__":
    theorem.print_lesson()
