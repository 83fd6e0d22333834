# %% [markdown]
# # The tight rate of EF and of EF21 for every step size, any number of equal agents
#
# The rate is r^2, where r - s/r is the larger of the two numbers (1 - s) - (1 + s) gamma mu and
# (1 + s) gamma L - (1 - s). Here: r^2 is a rate whenever r - s/r is at least both. That no smaller one is possible is
# `tight_lower_bound`; which step is best, `optimal_step`; that r < 1 for the steps below a limit and no others,
# `stability` and `instability`.
#
# For L = 10, mu = 1, alpha = 3/4 (s = 1/2) and gamma = 1/20 the two numbers are 0.425 and 0.25. So r - s/r = 0.425,
# r = 0.951 and the rate is 0.904; without compression it would be 0.95^2 = 0.9025.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "tight_rate",
    "One step of EF21 and one of EF multiply V by at most r^2, for every step size and any number of equal agents",
    source="own",
)

r = theorem.parameter("r", above=0)
s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
g, g_after = theorem.vector("g", indexed=True), theorem.vector("g+", indexed=True, latex="g^+")
d = theorem.vector("d", indexed=True)
y, e, g_EF = theorem.vector("y"), theorem.vector("e", indexed=True), theorem.vector("g'", indexed=True)
c, c_EF = (theorem.vector(name, indexed=True, random=True) for name in ("c", "c'"))

# %% [markdown]
# ## Symbols
# - `r`: the root of the rate: V is at most r^2 times as large after a round
# - `s`: the root of 1 - alpha: a compressor errs by at most s times the length of what it is given
# - `g'_i`: the gradient of f_i at EF's point
# - `c'_i`: what agent i sends in EF
# - `c_i`: what agent i sends in EF21

# %% [markdown]
# ## One step
# EF21 moves x by p = -gamma mean d and compresses g+ - d into c, where g and g+ are the gradients at x and x+. No agent
# need be at a minimum where f is.
#
# EF compresses v = e + gamma g' into c', where g' is the gradient at its own x, and moves by -mean c'. Here all f_i are
# stationary at the same x*, and y = x - x*. The two methods have no vector in common: nothing of this is asked of EF21.

# %%
tau = r - s / r
new_21 = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_after, compress=c)
new_EF = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=g_EF, compress=c_EF)
p = new_21.move("x", -step * mean(d))
V_21 = mean(square(g - d)) + s * square(mean(g))
V_21_after = mean(square(g_after - new_21.d)) + s * square(mean(g_after))

v = new_EF.sent
V_EF = mean(square(y - e)) + square(mean(e)) / s
V_EF_after = mean(square(new_EF.x - new_EF.e)) + square(mean(new_EF.e)) / s

# %% [markdown]
# ## Hypotheses
# The step, the two-point inequalities between the points used, and the contraction of the compressors given all that
# came before.

# %%
flat = theorem.given("flat", (1 - s) - (1 + s) * step * mu <= tau)
steep = theorem.given("steep", (1 + s) * step * L - (1 - s) <= tau)
two_21 = theorem.given("two points, EF21", inner(g_after - g - mu * p, L * p - (g_after - g)) >= 0)
compressor_21 = theorem.given("compressor, EF21", expectation(square(c - new_21.sent)) <= s**2 * square(new_21.sent))
two_EF = theorem.given("two points, EF", inner(g_EF - mu * y, L * y - g_EF) >= 0)
compressor_EF = theorem.given("compressor, EF", expectation(square(v - c_EF)) <= s**2 * square(v))

# %% [markdown]
# ## Claims

# %%
claims = theorem.claim(expectation(V_21_after) <= r**2 * V_21, expectation(V_EF_after) <= r**2 * V_EF)

# %% [markdown]
# ## Proof
# The mean of the two numbers with weights L and mu does not depend on the step, and is positive. So r^2 is above s.

# %%
least = theorem.combine(
    "least tau",
    (1 - s) * (L - mu) / (L + mu) <= tau,
    [(L / (L + mu), flat), (mu / (L + mu), steep)],
    prose="A longer step makes one number smaller and the other larger; their mean with weights L and mu "
    "does not move.",
)
least_positive = theorem.positive("least tau above 0", (1 - s) * (L - mu) / (L + mu) > 0, prose="L is above mu.")
above = theorem.combine(
    "r^2 above s",
    s < r**2,
    [(r, least), (r, least_positive)],
    prose="So r - s/r is positive, which says that r^2 is above s.",
)

# %% [markdown]
# The step is the best one of a wider class of functions, with mu' <= mu and L' >= L, and with its k = (L' - mu')/(L' +
# mu') tau is (1 - s) k: so r is the number that `ef21_equal_agents` and `ef_equal_agents` take for this class.

# %%
lower, upper = (1 - s - tau) / ((1 + s) * step), (1 - s + tau) / ((1 + s) * step)
theorem.cancel(
    "mu' <= mu",
    lower <= mu,
    flat,
    (1 + s) * step,
    prose="The function lies in a wider class, for which this step is the best: its mu' is no more than mu,",
)
theorem.cancel("L <= L'", upper >= L, steep, (1 + s) * step, prose="and its L' is no less than L.")
constants = {
    theorem.scalar("mu", indexed=True, latex=r"\mu"): mu,
    theorem.scalar("L", indexed=True): L,
    theorem.scalar("mu'", indexed=True, latex=r"\mu'"): lower,
    theorem.scalar("L'", indexed=True): upper,
}
move, change = theorem.vector("p", indexed=True), theorem.vector("Delta", indexed=True, latex=r"\Delta")


def ball(delta, through):
    """The two-point inequality of the wider class."""
    return square(delta - (upper + lower) / 2 * through) <= ((upper - lower) / 2) ** 2 * square(through)


wider_21 = theorem.lemma(
    "wider class, EF21",
    ball(g_after - g, p),
    "class_inclusion",
    {**constants, move: p, change: g_after - g},
    given=[two_21],
    prose="So the two-point inequality of the wider class holds for EF21's two points,",
)
wider_EF = theorem.lemma(
    "wider class, EF",
    ball(g_EF, y),
    "class_inclusion",
    {**constants, move: y, change: g_EF},
    given=[two_EF],
    prose="and for EF's.",
)
S = theorem.scalar("S")
scale = {S: 2 * (1 - s) / ((1 + s) * step)}
EF21 = theorem.lemma(
    "EF21",
    claims[0],
    "ef21_equal_agents",
    scale,
    given=[above, wider_21, compressor_21],
    prose="For that class the rate of EF21 is known, and it is r^2.",
)
EF = theorem.lemma(
    "EF",
    claims[1],
    "ef_equal_agents",
    {**scale, g: g_EF, c: c_EF},
    given=[above, wider_EF, compressor_EF],
    prose="The same of EF.",
)
theorem.qed(EF21, EF)

# %%
theorem.survivors = {
    "the lower bound of mu *": "not needed; it says where the statement is meant",
    "step 'EF21', values of S: *": "EF21 does not see the scale S: p is proportional to 1/S",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
