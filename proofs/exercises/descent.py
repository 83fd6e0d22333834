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
# Put what is to be found in place of each `theorem.hole(...)`; then `eftheory prove descent.py`.

# %%
theorem.qed(theorem.combine("descent", claim, [(theorem.hole("the multiplier"), smooth)]))

# %% [markdown]
# ## Hints
# 1. Put p = -h/L into the hypothesis.
# 2. <h, p> is -||h||^2/L, and L/2 ||p||^2 is ||h||^2/(2 L).
# 3. So the hypothesis says just the claim.

# %% [markdown]
# ## Place
# lesson 10_nonconvex_and_stochastic, level 2

# %%
if __name__ == "__main__":
    theorem.print_lesson()
