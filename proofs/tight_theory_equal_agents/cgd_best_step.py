# %% [markdown]
# # The best step of compressed gradient descent, and its stability limit
#
# One agent. At the step 2/((1 + s) L + (1 - s) mu) the rate is z^2 with z = ((1 + s) L - (1 - s) mu)/((1 + s) L + (1 -
# s) mu). With a shorter step the method is at least as slow on (mu/2) ||x||^2, if the compressor returns (1 - s) v, and
# with a longer one on (L/2) ||x||^2, if it returns (1 + s) v. Steps from 2/((1 + s) L) on do not converge there.

# %%
from eftheory.proofkit import Theorem, expectation, inner, square

theorem = Theorem(
    "cgd_best_step",
    "Compressed gradient descent has the rate z^2 at the step 2/((1 + s) L + (1 - s) mu); at any other it leaves as "
    "much of a quadratic or more",
    source="[ThomsenTaylorDieuleveut2025]",
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
flat, steep = (1 - s) * mu, (1 + s) * L
best, limit = 2 / (steep + flat), 2 / steep
short = theorem.parameter("short", above=0, at_most=best, latex=r"\gamma_\leq")
long = theorem.parameter("long", at_least=best, latex=r"\gamma_\geq")
stable = theorem.parameter("stable", above=0, below=limit, latex=r"\gamma_<")
f, f_star = theorem.scalar("f"), theorem.scalar("f*", latex="f^*")
f_after = theorem.scalar("f+", random=True, latex="f^+")
y, g, u = theorem.vector("y"), theorem.vector("g"), theorem.vector("u")
c = theorem.vector("c", random=True)
g_after = theorem.vector("g+", random=True, latex="g^+")

# %% [markdown]
# ## Hypotheses
# Those of `cgd` at the best step: interpolation inequalities of f, and any compressor of the class. y = x - x*.


# %%
def gap(change, p):
    """What 2 (L - mu) times the distance of f from its tangent is at least."""
    return square(change) + L * mu * square(p) - 2 * mu * inner(change, p)


y_after = y - best * c
given = [
    theorem.given(name, gap(change, p) <= 2 * (L - mu) * F)
    for name, change, p, F in (
        ("x above x+", g - g_after, best * c, f - f_after - inner(g_after, best * c)),
        ("x* above x", -g, -y, f_star - f + inner(g, y)),
        ("x* above x+", -g_after, -y_after, f_star - f_after + inner(g_after, y_after)),
    )
]
given.append(theorem.given("compressor", expectation(square(c - g)) <= s**2 * square(g)))

# %% [markdown]
# ## Claims
# 1. At the best step f - f* shrinks by z^2, and 2. z is below 1. 3., 4. The two compressors belong to the class. Then,
# from any point u: the short step on (mu/2) ||x||^2 and the long one on (L/2) ||x||^2 multiply x by a number, and what
# f is after the step is at least z^2 times what it was. Last, for a stable step both numbers of `cgd` are below 1, so
# that there is a rho below 1; and a step that is not stable does not make f smaller.

# %%
z = (steep - flat) / (steep + flat)
claims = {
    "rate at the best step": expectation(f_after) - f_star <= z**2 * (f - f_star),
    "z below 1": z < 1,
    "undershooting": square(u - (1 - s) * u).equals(s**2 * square(u)),
    "overshooting": square(u - (1 + s) * u).equals(s**2 * square(u)),
}
u_short, u_long = u - short * (1 - s) * (mu * u), u - long * (1 + s) * (L * u)
claims |= {
    "short: step": u_short.equals((1 - short * flat) * u),
    "short: f": mu / 2 * square(u_short) >= z**2 * (mu / 2 * square(u)),
    "long: step": u_long.equals(-(long * steep - 1) * u),
    "long: f": L / 2 * square(u_long) >= z**2 * (L / 2 * square(u)),
}
claims["stable, mu"] = 1 - stable * flat < 1
claims["stable, L"] = stable * steep - 1 < 1
unstable = theorem.parameter("unstable", at_least=limit, latex=r"\gamma_{\geq 2/((1+s)L)}")
claims["unstable"] = L / 2 * square(u - unstable * (1 + s) * (L * u)) >= L / 2 * square(u)
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# The rate is that of `cgd` for rho = z, which is more than s.

# %%
theorem.positive("z below 1", claims["z below 1"])
theorem.combine("mu at best", 1 - best * (1 - s) * mu <= z)
theorem.combine("L at best", best * (1 + s) * L - 1 <= z)
values = {theorem.scalar("rho", latex=r"\rho"): z, theorem.scalar("gamma", latex=r"\gamma"): best}
theorem.lemma(
    "rate at the best step",
    claims["rate at the best step"],
    "cgd",
    values,
    given=["mu at best", "L at best", *given],
)

# %% [markdown]
# Both factors have size z at the best step, and the one that counts is larger otherwise.

# %%
theorem.identity("undershooting", claims["undershooting"])
theorem.identity("overshooting", claims["overshooting"])
theorem.identity("short: step", claims["short: step"])
theorem.identity("long: step", claims["long: step"])
larger = theorem.positive("short: larger", z <= 1 - short * flat)
theorem.combine("short: f", claims["short: f"], [(mu / 2 * (1 - short * flat + z) * square(u), larger)])
larger = theorem.positive("long: larger", z <= long * steep - 1)
theorem.combine("long: f", claims["long: f"], [(L / 2 * (long * steep - 1 + z) * square(u), larger)])
theorem.positive("stable, mu", claims["stable, mu"])
theorem.positive("stable, L", claims["stable, L"])
beyond = theorem.positive("beyond the limit", unstable * steep - 2 >= 0)
theorem.combine("unstable", claims["unstable"], [(L / 2 * unstable * steep * square(u), beyond)])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of short *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
