# %% [markdown]
# # The descent lemma with an inexact gradient
#
# One step x+ = x - gamma g with an estimate g of the gradient h of f at x. The estimate enters by its error alone, and
# the length of the step helps.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem(
    "descent_lemma",
    "An L-smooth function decreases, up to the error of the gradient estimate",
    source="[RichtarikSokolovFatkhullin2021]",
)

L = theorem.parameter("L")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
h, g = theorem.vector("h"), theorem.vector("g")

# %% [markdown]
# ## Hypothesis
# The quadratic upper bound of an L-smooth function, between x and x+ = x + p.

# %%
p = -step * g
smooth = theorem.given("smooth", f_next <= f + inner(h, p) + L / 2 * square(p))

# %% [markdown]
# ## Claim

# %%
claim = theorem.claim(
    f_next <= f - step / 2 * square(h) - (1 / (2 * step) - L / 2) * square(p) + step / 2 * square(g - h)
)

# %% [markdown]
# ## Proof
# The two sides of the hypothesis and of the claim differ by the same: 2 <h, g> = ||h||^2 + ||g||^2 - ||g - h||^2.

# %%
theorem.qed(theorem.combine("descent", claim, [smooth]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
