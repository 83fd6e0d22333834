# %% [markdown]
# # EF and EF21 converge with every step below 2 (1 - s)/((1 + s) L)
#
# Linearly, for all functions of the class and all contractive compressors: the rate (1 - epsilon/2)^2 is given by a
# margin epsilon, which every step below the limit has. From the limit on they need not converge: `instability`.

# %%
from fractions import Fraction

from eftheory.methods import EF, EF21
from eftheory.proofkit import Geometric, OneStep, Repeated, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "stability",
    "EF and EF21 with equal agents converge for all functions of the class if gamma < 2 (1 - s)/((1 + s) L)",
)

s = theorem.parameter("s", above=0, below=1)
mu = theorem.parameter("mu", above=0, latex=r"\mu")
L = theorem.parameter("L", above=mu)
T = theorem.parameter("T", at_least=0)
step = theorem.parameter("gamma", above=0, below=2 * (1 - s) / ((1 + s) * L), latex=r"\gamma")
epsilon = theorem.parameter("epsilon", above=0, below=1 - s, latex=r"\varepsilon")
g, g_after = theorem.vector("g", indexed=True), theorem.vector("g+", indexed=True, latex="g^+")
d = theorem.vector("d", indexed=True)
y, e, g_EF = theorem.vector("y"), theorem.vector("e", indexed=True), theorem.vector("g'", indexed=True)
c, c_EF = (theorem.vector(name, indexed=True, random=True) for name in ("c", "c'"))
V, V_next = theorem.scalar("V"), theorem.scalar("V+", random=True, latex="V^+")
W, W_next = theorem.scalar("W"), theorem.scalar("W+", random=True, latex="W^+")

# %% [markdown]
# ## Hypotheses
# Those of `tight_rate`, with V for EF21 and W for EF, which have no vector in common; the margin is any number up to
# both of two that the first claims show to be positive.

# %%
new_21 = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_after, compress=c)
new_EF = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=g_EF, compress=c_EF)
p, v = new_21.move("x", -step * mean(d)), new_EF.sent
V_now = mean(square(g - d)) + s * square(mean(g))
V_after = mean(square(g_after - new_21.d)) + s * square(mean(g_after))
W_now = mean(square(y - e)) + square(mean(e)) / s
W_after = mean(square(new_EF.x - new_EF.e)) + square(mean(new_EF.e)) / s
flat_room, steep_room = (1 + s) * step * mu, 2 * (1 - s) - (1 + s) * step * L
flat = theorem.given("flat margin", epsilon <= flat_room)
steep = theorem.given("steep margin", epsilon <= steep_room)
two_21 = theorem.given("two points, EF21", inner(g_after - g - mu * p, L * p - (g_after - g)) >= 0)
compressor_21 = theorem.given("compressor, EF21", expectation(square(c - new_21.sent)) <= s**2 * square(new_21.sent))
two_EF = theorem.given("two points, EF", inner(g_EF - mu * y, L * y - g_EF) >= 0)
compressor_EF = theorem.given("compressor, EF", expectation(square(v - c_EF)) <= s**2 * square(v))
V_is = theorem.given("V", V.equals(V_now))
W_is = theorem.given("W", W.equals(W_now))
V_will_be = theorem.given("V next", V_next.equals(V_after))
W_will_be = theorem.given("W next", W_next.equals(W_after))
V_0, V_T = theorem.scalar("V0", latex="V^0"), theorem.scalar("VT", latex="V^T")
W_0, W_T = theorem.scalar("W0", latex="W^0"), theorem.scalar("WT", latex="W^T")

# %% [markdown]
# ## Claims
# There is a margin; the rate r^2 is below 1; V and W are at most its T-th power times what they were; and the power
# tends to zero as T grows.

# %%
r = 1 - epsilon / 2
power = theorem.scalar("((1 - epsilon/2)^2)^T", latex=r"((1 - \varepsilon/2)^2)^T")
claims = theorem.claim(
    flat_room > 0,
    steep_room > 0,
    r**2 < 1,
    V_T <= power * V_0,
    W_T <= power * W_0,
    power <= 1 / (1 + T * (1 - r**2)),
    power >= 0,
)

# %% [markdown]
# ## Proof
# r = 1 - epsilon/2 is a number that `tight_rate` asks for: its square is above s, and
# r - s/r - (1 - s - epsilon) = (epsilon/2)(1 - s/r).

# %%
room = [theorem.positive("flat room", claims[0]), theorem.positive("steep room", claims[1])]
left_over = theorem.positive("left over", epsilon / 2 * (r - s) / r >= 0)
flat_condition = theorem.combine("flat", (1 - s) - (1 + s) * step * mu <= r - s / r, [flat, left_over])
steep_condition = theorem.combine("steep", (1 + s) * step * L - (1 - s) <= r - s / r, [steep, left_over])
conditions = [flat_condition, steep_condition, two_21, compressor_21, two_EF, compressor_EF]
values = {theorem.scalar("r"): r}
one_21 = theorem.lemma("EF21", expectation(V_after) <= r**2 * V_now, "tight_rate", values, given=conditions)
one_EF = theorem.lemma("EF", expectation(W_after) <= r**2 * W_now, "tight_rate", values, given=conditions)

# %% [markdown]
# T steps, and Bernoulli's inequality for the T-th power of the rate.


# %%
def follow(name, one_step, now, later, is_now, will_be, first, last, bound):
    """The claim about one of the two methods."""
    expected = theorem.expect(
        f"{name} next, expected",
        expectation(later).equals(expectation(V_after if now is V else W_after)),
        will_be,
    )
    shrinks = theorem.combine(
        f"{name} shrinks", expectation(later) <= r**2 * now, [one_step], modulo=[is_now, expected]
    )
    repeated = Repeated(shrinks, now, {now: later}, r**2, power, {now: first}, {now: last})
    return theorem.repeat(f"{name}, T steps", bound, repeated)


V_power = follow("V", one_21, V, V_next, V_is, V_will_be, V_0, V_T, claims[3])
W_power = follow("W", one_EF, W, W_next, W_is, W_will_be, W_0, W_T, claims[4])
bernoulli = Geometric(power, r**2, T)
small = theorem.geometric("power", power * (1 + T * (1 - r**2)) <= 1, bernoulli)
sign = theorem.geometric("power at least zero", claims[6], bernoulli)
limit = theorem.combine("power tends to zero", claims[5], [(1 / (1 + T * (1 - r**2)), small)])
theorem.qed(*room, theorem.positive("rate below 1", claims[2]), V_power, W_power, limit, sign)

# %%
theorem.survivors = {
    "the upper bound of epsilon not strict": "holds at the end of the range, too",
    "claim 1: *": "only the sign matters",
    "claim 2: *": "only the sign matters",
    "claim 3: *": "only the sign matters",
}

# %%
# One agent, from whose first step both methods arrive: then all vectors are zero.
theorem.example(
    n_agents=1,
    dimension=1,
    outcomes=1,
    values={
        **{s: Fraction(1, 4), mu: 1, L: 2, step: Fraction(1, 2), epsilon: Fraction(1, 4)},
        **{d: [[2]], g: [[Fraction(3, 2)]], g_after: [[0]], c: [[[-2]]]},
        **{y: [1], e: [[Fraction(1, 2)]], g_EF: [[1]], c_EF: [[[1]]]},
    },
    later={d: [[0]], g: [[0]], g_after: [[0]], e: [[0]], g_EF: [[0]], c: [[[0]]], c_EF: [[[0]]], y: [0]},
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
