# %% [markdown]
# # T steps of EF and of EF21 at the tight rate
#
# `tight_rate` is about one step. Here it is repeated: after T steps V is at most (r^2)^T times what it was at first,
# in expectation over all messages, for every step size. Where r < 1 this tends to zero linearly: `stability` says for
# which steps.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Repeated, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "tight_rate_over_time",
    "T steps of EF21 and of EF multiply V by at most (r^2)^T, for every step size and any number of equal agents",
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
V, V_next = theorem.scalar("V"), theorem.scalar("V+", random=True, latex="V^+")
W, W_next = theorem.scalar("W"), theorem.scalar("W+", random=True, latex="W^+")

# %% [markdown]
# ## Hypotheses
# Those of `tight_rate`, at every time, with V for EF21 and W for EF. The contraction of the compressors is given all
# that came before.

# %%
new_21 = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_after, compress=c)
new_EF = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=g_EF, compress=c_EF)
p, v = new_21.move("x", -step * mean(d)), new_EF.sent
V_now = mean(square(g - d)) + s * square(mean(g))
V_after = mean(square(g_after - new_21.d)) + s * square(mean(g_after))
W_now = mean(square(y - e)) + square(mean(e)) / s
W_after = mean(square(new_EF.x - new_EF.e)) + square(mean(new_EF.e)) / s
flat = theorem.given("flat", (1 - s) - (1 + s) * step * mu <= r - s / r)
steep = theorem.given("steep", (1 + s) * step * L - (1 - s) <= r - s / r)
two_21 = theorem.given("two points, EF21", inner(g_after - g - mu * p, L * p - (g_after - g)) >= 0)
compressor_21 = theorem.given("compressor, EF21", expectation(square(c - new_21.sent)) <= s**2 * square(new_21.sent))
two_EF = theorem.given("two points, EF", inner(g_EF - mu * y, L * y - g_EF) >= 0)
compressor_EF = theorem.given("compressor, EF", expectation(square(v - c_EF)) <= s**2 * square(v))
V_is = theorem.given("V", V.equals(V_now))
W_is = theorem.given("W", W.equals(W_now))
V_will_be = theorem.given("V next", V_next.equals(V_after))
W_will_be = theorem.given("W next", W_next.equals(W_after))

# %% [markdown]
# ## Claims

# %%
power = theorem.scalar("(r^2)^T", latex="(r^2)^T")
V_0, V_T = theorem.scalar("V0", latex="V^0"), theorem.scalar("VT", latex="V^T")
W_0, W_T = theorem.scalar("W0", latex="W^0"), theorem.scalar("WT", latex="W^T")
claims = theorem.claim(V_T <= power * V_0, W_T <= power * W_0)

# %% [markdown]
# ## Proof
# One step of each, and induction.

# %%
conditions = [flat, steep, two_21, compressor_21, two_EF, compressor_EF]
one_21 = theorem.lemma("EF21", expectation(V_after) <= r**2 * V_now, "tight_rate", given=conditions)
one_EF = theorem.lemma("EF", expectation(W_after) <= r**2 * W_now, "tight_rate", given=conditions)
V_expected = theorem.expect("V next, expected", expectation(V_next).equals(expectation(V_after)), V_will_be)
W_expected = theorem.expect("W next, expected", expectation(W_next).equals(expectation(W_after)), W_will_be)
V_shrinks = theorem.combine("V shrinks", expectation(V_next) <= r**2 * V, [one_21], modulo=[V_is, V_expected])
W_shrinks = theorem.combine("W shrinks", expectation(W_next) <= r**2 * W, [one_EF], modulo=[W_is, W_expected])
theorem.qed(
    theorem.repeat("V, T steps", claims[0], Repeated(V_shrinks, V, {V: V_next}, r**2, power, {V: V_0}, {V: V_T})),
    theorem.repeat("W, T steps", claims[1], Repeated(W_shrinks, W, {W: W_next}, r**2, power, {W: W_0}, {W: W_T})),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
