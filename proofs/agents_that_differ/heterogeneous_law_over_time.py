# %% [markdown]
# # T steps of EF21 and of EF with agents that differ
#
# `heterogeneous_law` and `heterogeneous_law_ef` are about one step. Here they are repeated: after T steps V is at most
# rho^T times what it was at first, in expectation over all messages, for any number of agents. sigma_i, k_i, S, m and K
# are those of `heterogeneous_law`.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Repeated, Theorem, expectation, mean, rewritten, square

theorem = Theorem(
    "heterogeneous_law_over_time", "T steps of EF21 and of EF multiply V by at most rho^T, for any agents"
)

s = theorem.parameter("s", above=0, below=1)
rho = theorem.parameter("rho", above=s, below=1, latex=r"\rho")
S = theorem.parameter("S", above=0)
m = theorem.parameter("m", above=0)
sigma = theorem.parameter("sigma", above=0, indexed=True, latex=r"\sigma")
k = theorem.parameter("k", at_least=0, indexed=True)
g, U, r = (theorem.vector(name, indexed=True) for name in ("g", "U", "r"))
y, u, q = theorem.vector("y"), theorem.vector("u", indexed=True), theorem.vector("q", indexed=True)
b, b_EF = (theorem.vector(name, indexed=True, random=True) for name in ("b", "b'"))
V, V_next = theorem.scalar("V"), theorem.scalar("V+", random=True, latex="V^+")
W, W_next = theorem.scalar("W"), theorem.scalar("W+", random=True, latex="W^+")

# %% [markdown]
# ## One step
# EF21 moves x by p and compresses into sigma_i b_i; its estimates are d_i = g_i - sigma_i U_i. EF is at x* + y with the
# errors sigma_i u_i, and compresses into sigma_i b'_i; its gradients are (sigma_i/2) y + (k_i sigma_i/2) q_i. An error
# over sigma_i is followed by U_after and by u_after.

# %%
step = 2 / S * (1 - s) / (1 + s)
d = g - sigma * U
p = -step * mean(d)
g_after = g + sigma / 2 * p + k * sigma / 2 * r
new_21 = OneStep(EF21, {"step_size": step}, {"d": d}, gradient=g_after, compress=sigma * b)
new_21.move("x", p)
U_after = U + p / 2 + k * r / 2 - b
rewritten(g_after - new_21.d, sigma * U_after)
e = sigma * u
g_EF = sigma / 2 * y + k * sigma / 2 * q
new_EF = OneStep(EF, {"step_size": step}, {"x": y, "e": e}, gradient=g_EF, compress=sigma * b_EF)
u_after = u + step * (y / 2 + k * q / 2) - b_EF
rewritten(new_EF.e, sigma * u_after)

# %% [markdown]
# ## Hypotheses
# Those of the two laws, at every time, with V for EF21 and W for EF. The contraction of the compressors is given all
# that came before.

# %%
contraction = (1 - s) ** 2 / (1 + s)
K = mean(sigma * k**2) / S
total = theorem.given("S", mean(sigma).equals(S))
first_moment = theorem.given("m", mean(sigma * k).equals(S * m))
law = theorem.given(
    "law",
    contraction * m**2 * rho * (rho - s**3) <= (rho - s) * (rho**2 - (s + s**2 + contraction * s * K) * rho + s**3),
)
two_21 = theorem.given("two points, EF21", square(r) <= square(p))
compressor_21 = theorem.given(
    "compressor, EF21", expectation(square(sigma * b - new_21.sent)) <= s**2 * square(new_21.sent)
)
two_EF = theorem.given("two points, EF", square(q) <= square(y))
compressor_EF = theorem.given(
    "compressor, EF", expectation(square(sigma * b_EF - new_EF.sent)) <= s**2 * square(new_EF.sent)
)


def V_of(U, gradient):
    """The Lyapunov function of EF21, whose estimates are short of the gradients by sigma_i U_i."""
    return mean(sigma * square(U)) + s / S * square(mean(gradient))


def W_of(u, y):
    """The Lyapunov function of EF with the errors sigma_i u_i."""
    return mean(sigma * square(u)) + s / S * square(y - mean(sigma * u))


V_now, V_after = V_of(U, g), V_of(U_after, g_after)
W_now, W_after = W_of(u, y), W_of(u_after, new_EF.x)
V_is = theorem.given("V", V.equals(V_now))
W_is = theorem.given("W", W.equals(W_now))
V_will_be = theorem.given("V next", V_next.equals(V_after))
W_will_be = theorem.given("W next", W_next.equals(W_after))

# %% [markdown]
# ## Claims

# %%
power = theorem.scalar("rho^T", latex=r"\rho^T")
V_0, V_T = theorem.scalar("V0", latex="V^0"), theorem.scalar("VT", latex="V^T")
W_0, W_T = theorem.scalar("W0", latex="W^0"), theorem.scalar("WT", latex="W^T")
claims = theorem.claim(V_T <= power * V_0, W_T <= power * W_0)

# %% [markdown]
# ## Proof
# One step of each, and induction.

# %%
conditions = [total, first_moment, law]
one_21 = theorem.lemma(
    "EF21", expectation(V_after) <= rho * V_now, "heterogeneous_law", given=[*conditions, two_21, compressor_21]
)
one_EF = theorem.lemma(
    "EF",
    expectation(W_after) <= rho * W_now,
    "heterogeneous_law_ef",
    {theorem.vector("r", indexed=True): q, theorem.vector("b", indexed=True, random=True): b_EF},
    given=[*conditions, two_EF, compressor_EF],
)
V_expected = theorem.expect("V next, expected", expectation(V_next).equals(expectation(V_after)), V_will_be)
W_expected = theorem.expect("W next, expected", expectation(W_next).equals(expectation(W_after)), W_will_be)
V_shrinks = theorem.combine("V shrinks", expectation(V_next) <= rho * V, [one_21], modulo=[V_is, V_expected])
W_shrinks = theorem.combine("W shrinks", expectation(W_next) <= rho * W, [one_EF], modulo=[W_is, W_expected])
theorem.qed(
    theorem.repeat("V, T steps", claims[0], Repeated(V_shrinks, V, {V: V_next}, rho, power, {V: V_0}, {V: V_T})),
    theorem.repeat("W, T steps", claims[1], Repeated(W_shrinks, W, {W: W_next}, rho, power, {W: W_0}, {W: W_T})),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
