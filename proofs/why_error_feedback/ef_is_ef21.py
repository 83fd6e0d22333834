# %% [markdown]
# # EF and EF21 are one method if compressors are linear
#
# EF sends v = C(e + gamma h), moves x by -mean v and keeps e+ = e + gamma h - v. EF21 moves x by -gamma mean d, and
# then d by C(h+ - d). If every C_i is a fixed linear map (additive and positively homogeneous), their difference obeys
# a linear recursion without a source: if EF starts with e = 0 and EF21 with d = C(h), it is zero at the start, and
# stays zero.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import OneStep, Repeated, Theorem, mean, square

theorem = Theorem(
    "ef_is_ef21",
    "With linear compressors EF and EF21 move alike: v_i = gamma d_i at all times",
    source="[RichtarikSokolovFatkhullin2021], Theorem 1; different starts: own",
)

s = theorem.parameter("s")
step = theorem.parameter("gamma", latex=r"\gamma")
M = theorem.parameter("M")
L = theorem.parameter("L", indexed=True)
C = theorem.linear("C", indexed=True)
e, d = theorem.vector("e", indexed=True), theorem.vector("d", indexed=True)
h, h_next = theorem.vector("h", indexed=True), theorem.vector("h+", indexed=True, latex="h^{+}")
k_next = theorem.vector("k+", indexed=True, latex="k^{+}")
x, z = theorem.vector("x"), theorem.vector("z")
V, V_next = theorem.scalar("V"), theorem.scalar("V+", latex="V^{+}")

# %% [markdown]
# ## Symbols
# - `M`: the root of the mean of the L_i^2
# - `V`: how far the two methods are apart
# - `V+`: the same in the next round
# - `k+_i`: the gradient of f_i at z+, the next point of EF21
# - `z`: the point of EF21
# - `x`: the point of EF
# - `C_i`: the compressor of agent i, a linear map
# - `V0`: how far they are apart at the start

# %% [markdown]
# ## The two methods
# EF is at x and EF21 at z; h_i and h+_i are the gradients of f_i at x and x+, k+_i that at z+.

# %%
new_EF = OneStep(EF, {"step_size": step}, {"x": x, "e": e}, gradient=h, compress=C)
v, x_next, e_next = C(new_EF.sent), new_EF.x, new_EF.e
v_next = C(e_next + step * h_next)
new = OneStep(EF21, {"step_size": step}, {"x": z, "d": d}, gradient=k_next, compress=C)
z_next, d_next = new.x, new.d

# %% [markdown]
# ## Hypotheses
# Contraction is used for two vectors: the difference of v and gamma d, and that of the new gradients. f_i is
# L_i-smooth. Both serve to bound what must be zero: an equivalence from equal starts holds for any functions, as
# equal points have equal gradients. V measures how far the methods are apart, and is zero at first.

# %%
gap, gap_next = v - step * d, v_next - step * d_next
change = h_next - k_next
at_start, at_end = theorem.scalar("V0", latex="V^{0}"), theorem.scalar("VT", latex="V^{T}")
contracts_gap = theorem.given("contraction, gap", square(C(gap) - gap) <= s**2 * square(gap))
contracts_change = theorem.given("contraction, gradients", square(C(change) - change) <= s**2 * square(change))
smooth = theorem.given("smooth", square(change) <= L**2 * square(x_next - z_next))
constants = theorem.given("M", mean(L**2).equals(M**2))
size = theorem.given("V now", V.equals(mean(square(gap)) + square(x - z)))
size_next = theorem.given("V next", V_next.equals(mean(square(gap_next)) + square(x_next - z_next)))
equal_start = theorem.given("start", at_start.equals(0))

# %% [markdown]
# ## Claims
# The first gap, of e = 0 and d = C(h), is zero, so V is zero at equal points; the recursion of the gap; the points part
# by the mean gap; V grows by a fixed factor at most; so V, a sum of squares, never exceeds zero.

# %%
factor = 2 + 2 * s**2 + 8 * (1 + s**2) * (step * M) ** 2
power = theorem.scalar("growth")
first, recursion, points, growth, always = theorem.claim(
    (C(0 * e + step * h) - step * C(h)).equals(0 * h),
    gap_next.equals(gap - C(gap) + step * C(change)),
    (x_next - z_next).equals(x - z - mean(gap)),
    V_next <= factor * V,
    at_end <= 0,
)

# %% [markdown]
# ## Proof
# ||a + b||^2 <= 2 ||a||^2 + 2 ||b||^2, for the recursion, for C applied to the change of the gradient, and for the
# points.

# %%
change_bound = theorem.combine(
    "C of the change",
    square(C(change)) <= 2 * (1 + s**2) * L**2 * square(x_next - z_next),
    [(2, contracts_change), (2 * (1 + s**2), smooth)],
    squares=[(1, C(change) - 2 * change)],
    prose="A compressor enlarges nothing by much: C(change) is the change plus an error.",
)
gap_bound = theorem.combine(
    "gap",
    square(gap_next) <= 2 * s**2 * square(gap) + 4 * step**2 * (1 + s**2) * L**2 * square(x_next - z_next),
    [(2, contracts_gap), (2 * step**2, change_bound)],
    squares=[(1, gap - C(gap) - step * C(change))],
    prose="The new gap is what the compressor leaves of the old one, plus the compressed change; a sum is "
    "squared at twice the price.",
)
gaps = theorem.average(
    "gaps",
    mean(square(gap_next)) <= mean(2 * s**2 * square(gap) + 4 * step**2 * (1 + s**2) * L**2 * square(x_next - z_next)),
    gap_bound,
    prose="What holds for each agent holds for the mean.",
)
distance = theorem.combine(
    "distance",
    square(x_next - z_next) <= 2 * square(x - z) + 2 * mean(square(gap)),
    squares=[(1, x - z + mean(gap))],
    mean_squares=[(2, gap - mean(gap))],
    prose="The points part by the mean gap.",
)
grows = theorem.combine(
    "growth",
    growth,
    [gaps, (1 + 4 * (1 + s**2) * (step * M) ** 2, distance)],
    squares=[(2 * s**2, x - z)],
    modulo=[size, size_next, constants],
    prose="Together: V grows by a fixed factor at most.",
)
bounded = theorem.repeat(
    "T steps",
    at_end <= power * at_start,
    Repeated(grows, V, {V: V_next}, factor, power, {V: at_start}, {V: at_end}),
    prose="So after T rounds it is at most a power of this factor times V at the start.",
)
theorem.qed(
    theorem.identity(
        "first gap", first, prose="EF21 that starts with d = C(h) sends what EF sends first, divided by gamma."
    ),
    theorem.identity(
        "recursion", recursion, prose="Linearity: the compressor of a sum is the sum of what it makes of the parts."
    ),
    theorem.identity("points", points, prose="The points move by means of what is sent."),
    grows,
    theorem.combine(
        "never apart", always, [bounded], modulo=[equal_start], prose="A power times zero is zero: they never part."
    ),
)

# %%
theorem.example(values={x: [1, 2], z: [1, 2]})

# %%
if __name__ == "__main__":
    theorem.print_lesson()
