# %% [markdown]
# # T steps of compressed gradient descent with one agent at the tight rate
#
# `cgd` is about one step. Here it is repeated: after T steps f - f* is at most (rho^2)^T times what it was at first, in
# expectation over all messages. The quadratics of `cgd` attain it.

# %%
from eftheory.methods import CGD
from eftheory.proofkit import OneStep, Repeated, Theorem, expectation, inner, square

theorem = Theorem(
    "cgd_over_time",
    "T steps of compressed gradient descent with one agent multiply f - f* by at most (rho^2)^T",
    source="[ThomsenTaylorDieuleveut2025]",
)

s = theorem.parameter("s", above=0, below=1)
rho = theorem.parameter("rho", above=s, below=1, latex=r"\rho")
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
f_star = theorem.parameter("f*", latex="f^*")
f, f_after = theorem.scalar("f"), theorem.scalar("f+", random=True, latex="f^+")
y, g = theorem.vector("y"), theorem.vector("g")
c = theorem.vector("c", random=True)
g_after = theorem.vector("g+", random=True, latex="g^+")

# %% [markdown]
# ## Hypotheses
# Those of `cgd`, at every time: y = x - x*, and three interpolation inequalities. rho is any number above s that is at
# least 1 - gamma (1 - s) mu and gamma (1 + s) L - 1.


# %%
def gap(change, p):
    """What 2 (L - mu) times the distance of f from its tangent is at least."""
    return square(change) + L * mu * square(p) - 2 * mu * inner(change, p)


new = OneStep(CGD, {"step_size": step}, {"x": y}, gradient=g, compress=c)
y_after = new.x
conditions = [
    theorem.given("flat", 1 - step * (1 - s) * mu <= rho),
    theorem.given("steep", step * (1 + s) * L - 1 <= rho),
    *(
        theorem.given(name, gap(change, p) <= 2 * (L - mu) * F)
        for name, change, p, F in (
            ("x above x+", g - g_after, step * c, f - f_after - inner(g_after, step * c)),
            ("x* above x", -g, -y, f_star - f + inner(g, y)),
            ("x* above x+", -g_after, -y_after, f_star - f_after + inner(g_after, y_after)),
        )
    ),
    theorem.given("compressor", expectation(square(c - new.sent)) <= s**2 * square(new.sent)),
]

# %% [markdown]
# ## Claim

# %%
power = theorem.scalar("(rho^2)^T", latex=r"(\rho^2)^T")
f_0, f_T = theorem.scalar("f0", latex="f^0"), theorem.scalar("fT", latex="f^T")
claim = theorem.claim(f_T - f_star <= power * (f_0 - f_star))

# %% [markdown]
# ## Proof
# One step, and induction.

# %%
one_step = theorem.lemma("one step", expectation(f_after) - f_star <= rho**2 * (f - f_star), "cgd", given=conditions)
theorem.qed(
    theorem.repeat("T steps", claim, Repeated(one_step, f - f_star, {f: f_after}, rho**2, power, {f: f_0}, {f: f_T}))
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
