# %% [markdown]
# # EF with equal agents, any number of them: the tight rate at the best step
#
# The same step and the same rate as EF21 (`ef21_equal_agents`, where s, r, k, S are explained), if all f_i are
# stationary at the same x*. We write y = x - x*.

# %%
from eftheory.methods import EF
from eftheory.proofkit import OneStep, Theorem, expectation, mean, square

theorem = Theorem(
    "ef_equal_agents",
    "One step of EF shrinks V by r^2, for any number of equal agents",
    source="[ThomsenTaylorDieuleveut2026], Theorem 3.2",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0)
S = theorem.parameter("S", above=0)
y = theorem.vector("y")
g, e = theorem.vector("g", indexed=True), theorem.vector("e", indexed=True)
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## One step
# c is the compressed v = e + step g; x+ = x - mean c, and the error e+ = v - c is kept.

# %%
rate, k, eps = r**2, (r**2 - s) / ((1 - s) * r), s**2
step = 2 * (1 - s) / ((1 + s) * S)
new = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=g, compress=c)
v, y_after, e_after = new.sent, new.x, new.e
V = mean(square(y - e)) + square(mean(e)) / s
V_after = mean(square(y_after - e_after)) + square(mean(e_after)) / s

# %% [markdown]
# ## Hypotheses
# Of each function, the two-point inequality between x* and x (`two_point`), the gradient at x* being zero; of each
# compressor, its contraction, given all that came before. The compressors may depend on each other in any way.

# %%
root = theorem.given("r^2 above s", r**2 > s)
two_points = theorem.given("two points", square(g - S / 2 * y) <= (k * S / 2) ** 2 * square(y))
compressor = theorem.given("compressor", expectation(square(v - c)) <= eps * square(v))

# %% [markdown]
# ## Claim

# %%
claim = theorem.claim(expectation(V_after) <= rate * V)

# %% [markdown]
# ## Proof
# First along each path, with what the compressors did still in the inequality: this is where agents that compress
# independently would be of use, and the square (1/s - 1) ||(v - mean v) - (c - mean c)||^2 does instead. Then take
# expectations.

# %%
functions = theorem.average(
    "two points, averaged", mean(square(g - S / 2 * y)) <= (k * S / 2) ** 2 * square(y), two_points
)
excess = (mean(square(v - c)) - eps * mean(square(v))) / s
own_g, own_e, own_error = g - mean(g), e - mean(e), (v - mean(v)) - (c - mean(c))
path = theorem.combine(
    "along each path",
    V_after - excess <= rate * V,
    [(2 * r * step / (k * S), functions)],
    squares=[
        (
            (rate - s) * (1 + s) / s,
            mean(e) + s / (rate - s) * ((1 - rate) / (1 + s) * y - step * mean(g)),
        )
    ],
    mean_squares=[
        (rate * step**2 / (rate - s), own_g),
        (rate - s, own_e - s * step / (rate - s) * own_g),
        (1 / s - 1, own_error),
    ],
)
expected = theorem.expect("in expectation", expectation(V_after - excess) <= expectation(rate * V), path)
compressors = theorem.average(
    "compressors, averaged", mean(expectation(square(v - c))) <= eps * mean(square(v)), compressor
)
theorem.qed(theorem.combine("one step", claim, [expected, (1 / s, compressors)]))

# %%
theorem.survivors = {}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
