# %% [markdown]
# # Descent without convexity
#
# f is L-smooth: f+ <= f + <h, p> + L/2 ||p||^2 with the gradient h and the move p = -h/L. Prove that f falls by
# ||h||^2/(2 L). Nothing is said of convexity.

# %%
from eftheory.proofkit import Theorem, inner, square

theorem = Theorem("descent", "Descent without convexity")

L = theorem.parameter("L", above=0)
f, f_next, h = theorem.scalar("f"), theorem.scalar("f+"), theorem.vector("h")
p = -h / L
smooth = theorem.given("smooth", f_next <= f + inner(h, p) + L / 2 * square(p))
claim = theorem.claim(f_next <= f - square(h) / (2 * L))

# %% [markdown]
# The holes are filled.

# %%
theorem.qed(theorem.combine("descent", claim, [(1, smooth)]))
