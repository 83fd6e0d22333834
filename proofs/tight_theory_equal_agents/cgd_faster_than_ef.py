# %% [markdown]
# # With one agent, compressed gradient descent is faster than error feedback
#
# Each at its best step. The rate of CGD (`cgd`) is z^2 with z = ((1+s) L - (1-s) mu)/((1+s) L + (1-s) mu), which is
# (k + s)/(1 + k s) with k = (L - mu)/(L + mu); that of EF and EF21 is r^2 with r = (1 - s) k + s/r (`tight_rate`). With
# several agents there is no such comparison, as CGD need not converge.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "cgd_faster_than_ef",
    "One agent: the rate of CGD is less than that of EF and EF21, all at their best steps",
    source="[ThomsenTaylorDieuleveut2025]",
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", at_least=mu)
r = theorem.parameter("r", above=0)

# %% [markdown]
# ## Hypothesis and claims

# %%
k = (L - mu) / (L + mu)
root = theorem.given("r", (r - s / r).equals((1 - s) * k))
flat, steep = (1 - s) * mu, (1 + s) * L
z = (steep - flat) / (steep + flat)
claims = theorem.claim(z.equals((k + s) / (1 + k * s)), z < r)

# %% [markdown]
# ## Proof
# z - s/z is less than (1 - s) k = r - s/r, and x - s/x grows with x. First, z > 0.

# %%
velocity = theorem.identity("velocity addition", claims[0])
theorem.positive("z above 0", steep - flat > 0)
gap = theorem.positive("gap", s * (1 - s) * (1 - k) ** 2 * (1 + k) / ((1 + k * s) * (k + s)) > 0)
less = theorem.combine("z - s/z", z - s / z < (1 - s) * k, [gap])
difference = theorem.combine("difference", (1 + s / (z * r)) * z < (1 + s / (z * r)) * r, [less, (-1, root)])
theorem.qed(velocity, theorem.cancel("z < r", claims[1], difference, 1 + s / (z * r)))

# %%
theorem.survivors = {
    "step 'z above 0' dropped": "for the reader: the sign is seen without it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
