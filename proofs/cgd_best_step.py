# %% [markdown]
# # The best step of compressed gradient descent, and its stability limit
#
# The root of the rate of a step is rho, the larger of 1 - step (1 - s) mu and step (1 + s) L - 1 (`cgd`).

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "cgd_best_step",
    "No constant step of compressed gradient descent has a better rate than 2/((1 + s) L + (1 - s) mu)",
    source="[ThomsenTaylorDieuleveut2025]",
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
step = theorem.parameter("step", above=0, latex=r"\gamma")
limit = 2 / ((1 + s) * L)
short = theorem.parameter("short", above=0, below=limit, latex=r"\gamma_<")
long = theorem.parameter("long", at_least=limit, latex=r"\gamma_\geq")
rho = theorem.scalar("rho", latex=r"\rho")

# %% [markdown]
# ## Hypotheses

# %%
flat, steep = (1 - s) * mu, (1 + s) * L
at_mu = theorem.given("flat", 1 - step * flat <= rho)
at_L = theorem.given("steep", step * steep - 1 <= rho)

# %% [markdown]
# ## Claims
# 1. No step has a smaller rho than z. 2. z is more than s, so that every rho is. 3., 4. The best step has z. 5., 6. For
# steps below 2/((1 + s) L) both numbers are less than 1, and 7. from there on the second is not.

# %%
total = steep + flat
z, best = (steep - flat) / total, 2 / total
claims = theorem.claim(
    z <= rho,
    s < z,
    (1 - best * flat).equals(z),
    (best * steep - 1).equals(z),
    1 - short * flat < 1,
    short * steep - 1 < 1,
    long * steep - 1 >= 1,
)

# %% [markdown]
# ## Proof
# The mean of the two numbers with weights (1 + s) L and (1 - s) mu does not depend on the step.

# %%
both = theorem.combine("sum of both", total * z <= total * rho, [(steep, at_mu), (flat, at_L)])
theorem.qed(
    theorem.cancel("least rho", claims[0], both, total),
    theorem.positive("more than s", claims[1]),
    theorem.identity("best, mu", claims[2]),
    theorem.identity("best, L", claims[3]),
    theorem.positive("below the limit, mu", claims[4]),
    theorem.positive("below the limit, L", claims[5]),
    theorem.positive("beyond the limit", claims[6]),
)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the lower bound of step *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
