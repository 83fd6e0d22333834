# %% [markdown]
# # How many steps of EF21 bring Psi down to eps
#
# Under the Polyak-Lojasiewicz inequality: `ef21_pl` bounds Psi after any number of steps; here it is used at a number
# that is large enough. To halve Psi takes 1/(gamma mu) steps; used again and again (`blocks`), that makes it as small
# as one likes.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "ef21_pl_steps",
    "After (E/eps - 1)/(gamma mu) steps of EF21 under the Polyak-Lojasiewicz inequality Psi is at most eps",
    source="[RichtarikSokolovFatkhullin2021], Theorem 3",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
z = theorem.parameter("z", at_least=0)

E = theorem.parameter("E", above=0)
eps = theorem.parameter("eps", above=0, at_most=E, latex=r"\varepsilon")

# %% [markdown]
# ## Hypotheses
# Those of `ef21_pl`, with alpha = 1 - s^2. At first Psi = f + (gamma/theta) G is at most E.

# %%
theta = 1 - s
hypotheses = theorem.given_as_in("ef21_pl")
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
before = f_0 + step / theta * G_0
start = theorem.given("Psi at first", before <= E)

# %% [markdown]
# ## Claim
# f and G after N steps.

# %%
N = theorem.parameter("N", at_least=(E / eps - 1) / (step * mu))
f_N, G_N = theorem.scalar("fN", latex="f^{N}"), theorem.scalar("GN", latex="G^{N}")
after = f_N + step / theta * G_N
claim = theorem.claim(after <= eps)

# %% [markdown]
# ## Proof
# The bounds of `ef21_pl` after N steps: Psi is at most a power times Psi at first, and the power is not negative and at
# most 1/(1 + N gamma mu).

# %%
growth = 1 + N * (step * mu)
power = theorem.scalar("power")
values = {"(1 - gamma mu)^T": power, "fT": f_N, "GT": G_N, "gamma'": 1 / (L + z), "T": N}
shrinks, small, sign = (
    theorem.lemma(name, says, "ef21_pl", values, given=hypotheses)
    for name, says in {
        "N steps": after <= power * before,
        "power": power <= 1 / growth,
        "power at least zero": power >= 0,
    }.items()
)
enough = theorem.positive("enough steps", E <= eps * growth)
theorem.qed(theorem.combine("at most eps", claim, [shrinks, (power, start), (E, small), (1 / growth, enough)]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
