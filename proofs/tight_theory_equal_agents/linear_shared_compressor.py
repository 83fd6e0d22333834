# %% [markdown]
# # A linear compressor that all agents share: any agents are as fast as one with their mean
#
# If the compressor is linear and the same for all, as Rand-k with a common seed, the mean of the messages is the
# message of the mean. So the means of EF21's g_i and d_i, and of EF's e_i, follow the method for one agent with the
# function f = mean f_i, and only the constants of f count. EF then needs no common minimiser. r, s, k and S are those
# of `ef21_equal_agents`, for f.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Theorem, expectation, mean, square

theorem = Theorem(
    "linear_shared_compressor",
    "With a shared linear compressor, one step of EF21 and one of EF shrink the V of the means by r^2",
)

s = theorem.parameter("s", above=0, below=1)
r = theorem.parameter("r", above=0)
S = theorem.parameter("S", above=0)
g, g_after = theorem.vector("g", indexed=True), theorem.vector("g+", indexed=True, latex="g^+")
d, e, w = (theorem.vector(name, indexed=True) for name in "dew")
y = theorem.vector("y")
c, b = theorem.vector("c", indexed=True, random=True), theorem.vector("b", indexed=True, random=True)
c_mean = theorem.vector("cbar", random=True, latex=r"\bar c")
b_mean = theorem.vector("bbar", random=True, latex=r"\bar b")
C = theorem.linear("C")

# %% [markdown]
# ## One step
# EF21 compresses g+ - d into c; EF compresses v = e + step g into b, with y = x - x* where x* minimises f.

# %%
rate, k = r**2, (r**2 - s) / ((1 - s) * r)
step = 2 * (1 - s) / ((1 + s) * S)
new_21 = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_after, compress=c)
new_EF = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=g, compress=b)
p, v = new_21.move("x", -step * mean(d)), new_EF.sent
left, sent = mean(new_21.sent), mean(v)
V_21 = square(mean(g - d)) + s * square(mean(g))
V_21_after = square(mean(g_after - new_21.d)) + s * square(mean(g_after))
V_EF = square(y - mean(e)) + square(mean(e)) / s
V_EF_after = square(new_EF.x - mean(new_EF.e)) + square(mean(new_EF.e)) / s

# %% [markdown]
# ## Hypotheses
# Of f, its two-point inequality, between x and x+, or x* and x. Of the compressor: what it makes of the mean, in every
# draw, is the mean of what it makes; and its contraction, there.

# %%
above = theorem.given("r^2 above s", r**2 > s)
two_21 = theorem.given("f, EF21", square(mean(g_after - g) - S / 2 * p) <= (k * S / 2) ** 2 * square(p))
two_EF = theorem.given("f, EF", square(mean(g) - S / 2 * y) <= (k * S / 2) ** 2 * square(y))
linear_21 = theorem.given("linear, EF21", mean(c).equals(c_mean))
linear_EF = theorem.given("linear, EF", mean(b).equals(b_mean))
compressor_21 = theorem.given("linear compressor, EF21", expectation(square(c_mean - left)) <= s**2 * square(left))
compressor_EF = theorem.given("linear compressor, EF", expectation(square(b_mean - sent)) <= s**2 * square(sent))

# %% [markdown]
# ## Claims
# 1. A linear map is linear in this sense. 2., 3. The rates.

# %%
claims = theorem.claim(
    mean(C(w)).equals(C(mean(w))),
    expectation(V_21_after) <= rate * V_21,
    expectation(V_EF_after) <= rate * V_EF,
)

# %% [markdown]
# ## Proof
# Linearity gives the contraction of the mean message; then the methods for one agent are those for any number, with the
# means in place of what agents have.


# %%
def mean_message(method, linear, message, its_mean, of, contraction):
    """The contraction of the mean message."""
    same = theorem.combine(
        f"same error, {method}",
        square(mean(message) - of).equals(square(its_mean - of)),
        [(mean(message) + its_mean - 2 * of, linear)],
    )
    expected = theorem.expect(
        f"same error, {method}, expected",
        expectation(square(mean(message) - of)).equals(expectation(square(its_mean - of))),
        same,
    )
    return theorem.combine(
        f"mean message, {method}",
        expectation(square(mean(message) - of)) <= s**2 * square(of),
        [contraction, expected],
    )


mean_21 = mean_message("EF21", linear_21, c, c_mean, left, compressor_21)
mean_EF = mean_message("EF", linear_EF, b, b_mean, sent, compressor_EF)
EF21 = theorem.lemma(
    "EF21",
    claims[1],
    "ef21_equal_agents",
    {g: mean(g), g_after: mean(g_after), d: mean(d), c: mean(c)},
    given=[above, two_21, mean_21],
)
EF = theorem.lemma(
    "EF", claims[2], "ef_equal_agents", {g: mean(g), e: mean(e), c: mean(b)}, given=[above, two_EF, mean_EF]
)
theorem.qed(theorem.identity("linear map", claims[0]), EF21, EF)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
