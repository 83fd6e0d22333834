# %% [markdown]
# # Gradient descent: the tight rate of every step size
#
# For L = 10, mu = 1 and gamma = 1/10 the rate is max{9/10, 0} = 9/10 in a round; the best step, 2/11, has 9/11.
#
# The limit of every law without compression, proved by two points in one line. rho is any number that is at least
# 1 - gamma mu and gamma L - 1; the least of them is the rate.

# %%
from eftheory.methods import GD
from eftheory.proofkit import OneStep, Theorem, inner, square

theorem = Theorem(
    "gd", "One step of gradient descent shrinks the gradient by max{1 - gamma mu, gamma L - 1}", "[Polyak1963]"
)

mu = theorem.parameter("mu", at_least=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
rho = theorem.scalar("rho", latex=r"\rho")
short = theorem.parameter("short", above=0, below=2 / L, latex=r"\gamma_<")
long = theorem.parameter("long", at_least=2 / L, latex=r"\gamma_\geq")
g, g_after = theorem.vector("g"), theorem.vector("g+", latex="g^+")

# %% [markdown]
# ## Symbols
# - `rho`: the rate: the gradient is at most rho times as long after a round
# - `short`: any step below 2/L
# - `long`: any step from 2/L on

# %% [markdown]
# ## Hypotheses
# The two-point inequality (`two_point`) between x and x+ = x - gamma g.

# %%
p = OneStep(GD, {"step_size": step}, gradient=g).move("x", -step * g)
flat = theorem.given("flat", 1 - step * mu <= rho)
steep = theorem.given("steep", step * L - 1 <= rho)
two_points = theorem.given("two points", inner(g_after - g - mu * p, L * p - (g_after - g)) >= 0)

# %% [markdown]
# ## Claims
# 1. The rate. 2., 3. It is attained by the quadratics of curvature mu and L, whose gradients at x+ are
# g - gamma mu g and g - gamma L g. 4. No step has a smaller one than (L - mu)/(L + mu). 5., 6. The step 2/(L + mu) has
# this. 7., 8. Below 2/L steps contract, and from there on the steepest quadratic does not.

# %%
best = 2 / (L + mu)
claims = theorem.claim(
    square(g_after) <= rho**2 * square(g),
    square(g - mu * (step * g)).equals((1 - step * mu) ** 2 * square(g)),
    square(g - L * (step * g)).equals((step * L - 1) ** 2 * square(g)),
    (L - mu) / (L + mu) <= rho,
    (1 - best * mu).equals((L - mu) / (L + mu)),
    (best * L - 1).equals((L - mu) / (L + mu)),
    short * L - 1 < 1,
    long * L - 1 >= 1,
)

# %% [markdown]
# ## Proof
# f belongs to the class of functions with mu' = (1 - rho)/gamma and L' = (1 + rho)/gamma, for which the ball of the
# two-point inequality is the claim.

# %%
smaller_mu = theorem.cancel(
    "mu' <= mu",
    (1 - rho) / step <= mu,
    flat,
    step,
    prose="The widest class whose ball is the claim: its mu' is no more than mu, as rho is at least 1 - gamma mu.",
)
larger_L = theorem.cancel(
    "L <= L'",
    (1 + rho) / step >= L,
    steep,
    step,
    prose="And its L' is no less than L, as rho is at least gamma L - 1: so f belongs to it.",
)
at = {
    theorem.scalar("mu", indexed=True, latex=r"\mu"): mu,
    theorem.scalar("L", indexed=True): L,
    theorem.scalar("mu'", indexed=True, latex=r"\mu'"): (1 - rho) / step,
    theorem.scalar("L'", indexed=True): (1 + rho) / step,
    theorem.vector("p", indexed=True): p,
    theorem.vector("Delta", indexed=True, latex=r"\Delta"): g_after - g,
}
rate = theorem.lemma(
    "rate",
    claims[0],
    "class_inclusion",
    at,
    given=[two_points],
    prose="In that class the ball of the two-point inequality has its centre at zero, and the radius rho: "
    "this is the rate.",
)
flattest = theorem.identity(
    "mu attains it",
    claims[1],
    prose="The flattest quadratic is multiplied by 1 - gamma mu, so no smaller number will do.",
)
steepest = theorem.identity(
    "L attains it", claims[2], prose="The steepest one is multiplied by 1 - gamma L, so no smaller number will do."
)
no_better = theorem.combine(
    "no better step",
    claims[3],
    [(L / (L + mu), flat), (mu / (L + mu), steep)],
    prose="A longer step helps the flat direction and hurts the steep one; their mean with weights L and "
    "mu does not move.",
)
best_flat = theorem.identity(
    "best, mu", claims[4], prose="At gamma = 2/(L + mu) the flat direction has just this factor,"
)
best_steep = theorem.identity("best, L", claims[5], prose="and so has the steep one: the two are balanced.")
below = theorem.positive(
    "below the limit", claims[6], prose="Below 2/L the steepest quadratic overshoots by less than it was away."
)
beyond = theorem.positive(
    "beyond the limit", claims[7], prose="From 2/L on it overshoots by as much or more, and does not converge."
)
theorem.qed(rate, flattest, steepest, no_better, best_flat, best_steep, below, beyond)

# %%
theorem.survivors = {
    "the lower bound of short *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
