# %% [markdown]
# # EF21 with equal agents, any number of them: the tight rate at the best step
#
# Every f_i is L-smooth and mu-strongly convex. Two numbers s < 1 and r with r^2 > s say everything: 1 - s^2 is the
# contraction of the compressors, r^2 the rate, and (L - mu)/(L + mu) is k = (r^2 - s)/((1 - s) r), that is
# r^2 = (1 - s) k r + s. So L = (1 + k) S/2 and mu = (1 - k) S/2, with any S > 0. No agent needs to be at a minimum
# where f is.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Theorem, expectation, mean, square

theorem = Theorem(
    "ef21_equal_agents",
    "One step of EF21 shrinks V by r^2, for any number of equal agents",
    source="[ThomsenTaylorDieuleveut2026], Theorem 3.1",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0)
S = theorem.parameter("S", above=0)
g, g_after = theorem.vector("g", indexed=True), theorem.vector("g+", indexed=True, latex="g^+")
d = theorem.vector("d", indexed=True)
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## One step
# x+ = x - step mean d, and d+ = d + c, where c is the compressed g+ - d.

# %%
rate, k, eps = r**2, (r**2 - s) / ((1 - s) * r), s**2
step = 2 * (1 - s) / ((1 + s) * S)
new = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_after, compress=c)
p, d_after = new.move("x", -step * mean(d)), new.d
V = mean(square(g - d)) + s * square(mean(g))
V_after = mean(square(g_after - d_after)) + s * square(mean(g_after))

# %% [markdown]
# ## Hypotheses
# Of each function, the two-point inequality between x and x+ (`two_point`); of each compressor, its contraction, given
# all that came before. Nothing is said of how the agents' compressors depend on each other.

# %%
root = theorem.given("r^2 above s", r**2 > s)
two_points = theorem.given("two points", square(g_after - g - S / 2 * p) <= (k * S / 2) ** 2 * square(p))
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= eps * square(new.sent))

# %% [markdown]
# ## Claim

# %%
claim = theorem.claim(expectation(V_after) <= rate * V)

# %% [markdown]
# ## Proof
# Average both over the agents and add. What is left over is the square of a mean, and two variances.

# %%
functions = theorem.average(
    "two points, averaged", mean(square(g_after - g - S / 2 * p)) <= (k * S / 2) ** 2 * square(p), two_points
)
compressors = theorem.average(
    "compressors, averaged",
    mean(expectation(square(c - (g_after - d)))) <= eps * mean(square(g_after - d)),
    compressor,
)
theorem.positive("s above s^2", s > eps)
theorem.combine("r^2 above s^2", rate > eps, [root, "s above s^2"])
theorem.positive("s above s^3", s > s**3)
theorem.combine("r^2 above s^3", rate > s**3, [root, "s above s^3"])
own, own_after, own_d = g - mean(g), g_after - mean(g_after), d - mean(d)
one_step = theorem.combine(
    "one step",
    claim,
    [(rate * s * (1 + s) / (rate - s), functions), compressors],
    squares=[
        (
            (rate - eps) ** 2 / ((1 + s) * (rate - s)),
            mean(d) - (1 + s) / (rate - eps) * (rate * mean(g) - s * mean(g_after)),
        )
    ],
    mean_squares=[
        (s * rate * (rate - s**3) / ((rate - s) * (rate - eps)), own_after - own),
        (rate - eps, own_d + (eps * own_after - rate * own) / (rate - eps)),
    ],
)
theorem.qed(one_step)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
