# %% [markdown]
# # How many steps of EF21 bring the gradient down to eps
#
# `ef21_nonconvex` bounds the mean squared gradient over any number of steps; here it is used at a number that is large
# enough, at the longest published step, 1/(L + Ltilde xi).

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "ef21_nonconvex_steps",
    "After a multiple of 1/eps steps of EF21, told below, the mean squared gradient is at most eps",
    source="[RichtarikSokolovFatkhullin2021], Theorem 2",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
L_tilde = theorem.parameter("Ltilde", at_least=0, latex=r"\tilde L")
L_i = theorem.parameter("L", indexed=True)
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
E = theorem.parameter("E", at_least=0)
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## Hypotheses
# Those of `ef21_nonconvex`, with alpha = 1 - s^2. At first f is at most Delta above its lower bound, and G, the mean
# squared error of the estimates, at most E.

# %%
theta, xi = 1 - s, s / (1 - s)
step = 1 / (L + L_tilde * xi)
hypotheses = theorem.given_as_in("ef21_nonconvex", {"gamma": step}, without=["short step"])
f_0, G_0 = theorem.scalar("f0", latex="f^{0}"), theorem.scalar("G0", latex="G^{0}")
near = theorem.given("f at first", f_0 <= Delta)
good = theorem.given("G at first", G_0 <= E)

# %% [markdown]
# ## Claim
# The mean of E ||grad f||^2 over the first N points is at most eps.

# %%
needed = 2 * Delta / step + E / theta
N = theorem.parameter("N", at_least=needed / eps)
average = theorem.scalar("averageN")
claim = theorem.claim(average <= eps)

# %% [markdown]
# ## Proof
# The bound of `ef21_nonconvex` at N steps.

# %%
short = theorem.positive("short step", (xi * L_tilde * step) ** 2 + L * step <= 1)
small = theorem.lemma(
    "small gradients",
    average <= 2 * f_0 / (step * N) + G_0 / (theta * N),
    "ef21_nonconvex",
    {"gamma": step, "gamma'": step, "T": N, "average": average},
    given=[*hypotheses, short],
)
enough = theorem.positive("enough steps", needed <= eps * N)
theorem.qed(
    theorem.combine("at most eps", claim, [small, (2 / (step * N), near), (1 / (theta * N), good), (1 / N, enough)])
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
