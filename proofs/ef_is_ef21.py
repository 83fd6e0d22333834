# %% [markdown]
# # EF and EF21 are one method if compressors are linear
#
# EF sends v = C(e + gamma h), moves x by -mean v and keeps e+ = e + gamma h - v. EF21 moves x by -gamma mean d, and
# then d by C(h+ - d). If every C_i is deterministic and linear (additive and positively homogeneous), their
# difference obeys a linear recursion without a source: if EF starts with e = 0 and EF21 with d = C(h), it is zero at
# the start, and stays zero.

# %%
from eftheory.proofkit import Repeated, Theorem, mean, square

theorem = Theorem(
    "ef_is_ef21",
    "With linear compressors EF and EF21 move alike: v_i = gamma d_i at all times",
    source="[RichtarikSokolovFatkhullin2021], Theorem 1; different starts: own",
)

s = theorem.parameter("s")
step = theorem.parameter("gamma", latex=r"\gamma")
M = theorem.parameter("M")
L = theorem.parameter("L", indexed=True)
d = theorem.vector("d", indexed=True)
h_next, k_next = theorem.vector("h+", indexed=True, latex="h^{+}"), theorem.vector("k+", indexed=True, latex="k^{+}")
x, z = theorem.vector("x"), theorem.vector("z")
V, V_next = theorem.scalar("V"), theorem.scalar("V+", latex="V^{+}")

# %% [markdown]
# ## The two methods
# EF is at x and EF21 at z; h_i and h+_i are the gradients of f_i at x and x+, k+_i that at z+. The kernel knows of no
# linear maps: C e, C h, ... are vectors of their own, and what C makes of a sum is written as the sum of these.

# %%
Ce, Ch, Cv, Cd, Ch_next, Ck_next = (
    theorem.vector(f"C {name}", indexed=True) for name in ("e", "h", "v", "d", "h+", "k+")
)


def message(Ce):
    """C(e + gamma h), where C e is given."""
    return Ce + step * Ch


v = message(Ce)
Ce_next = Ce + step * Ch - Cv  # of e+ = e + gamma h - v
v_next = Ce_next + step * Ch_next
d_next = d + Ck_next - Cd
x_next, z_next = x - mean(v), z - step * mean(d)

# %% [markdown]
# ## Hypotheses
# Contraction is used for two vectors: the difference of v and gamma d, and that of the new gradients. f_i is
# L_i-smooth. Both serve to bound what must be zero: an equivalence from equal starts holds for any functions, as
# equal points have equal gradients.

# %%
gap, gap_next = v - step * d, v_next - step * d_next
C_gap, change, C_change = Cv - step * Cd, h_next - k_next, Ch_next - Ck_next
contracts_gap = theorem.given("contraction, gap", square(C_gap - gap) <= s**2 * square(gap))
contracts_change = theorem.given("contraction, gradients", square(C_change - change) <= s**2 * square(change))
smooth = theorem.given("smooth", square(change) <= L**2 * square(x_next - z_next))
constants = theorem.given("M", mean(L**2).equals(M**2))
size = theorem.given("V now", V.equals(mean(square(gap)) + square(x - z)))
size_next = theorem.given("V next", V_next.equals(mean(square(gap_next)) + square(x_next - z_next)))

# %% [markdown]
# ## Claims
# The recursion of the gap; the first gap, of e = 0 and d = C h; the points part by the mean gap; and the total
# distance V grows by a fixed factor at most, so that it is zero at all times if it is at the start.

# %%
factor = 2 + 2 * s**2 + 8 * (1 + s**2) * (step * M) ** 2
power = theorem.scalar("rho^T", latex=r"\rho^{T}")
at_start, at_end = theorem.scalar("V0", latex="V^{0}"), theorem.scalar("VT", latex="V^{T}")
recursion, first, points, growth, always = theorem.claim(
    gap_next.equals(gap - C_gap + step * C_change),
    (message(0 * Ce) - step * Ch).equals(0 * Ch),
    (x_next - z_next).equals(x - z - mean(gap)),
    V_next <= factor * V,
    at_end <= power * at_start,
)

# %% [markdown]
# ## Proof
# ||a + b||^2 <= 2 ||a||^2 + 2 ||b||^2, for the recursion, for C applied to the change of the gradient, and for the
# points.

# %%
change_bound = theorem.combine(
    "C of the change",
    square(C_change) <= 2 * (1 + s**2) * L**2 * square(x_next - z_next),
    [(2, contracts_change), (2 * (1 + s**2), smooth)],
    squares=[(1, C_change - 2 * change)],
)
gap_bound = theorem.combine(
    "gap",
    square(gap_next) <= 2 * s**2 * square(gap) + 4 * step**2 * (1 + s**2) * L**2 * square(x_next - z_next),
    [(2, contracts_gap), (2 * step**2, change_bound)],
    squares=[(1, gap - C_gap - step * C_change)],
)
gaps = theorem.average(
    "gaps",
    mean(square(gap_next)) <= mean(2 * s**2 * square(gap) + 4 * step**2 * (1 + s**2) * L**2 * square(x_next - z_next)),
    gap_bound,
)
distance = theorem.combine(
    "distance",
    square(x_next - z_next) <= 2 * square(x - z) + 2 * mean(square(gap)),
    squares=[(1, x - z + mean(gap))],
    mean_squares=[(2, gap - mean(gap))],
)
grows = theorem.combine(
    "growth",
    growth,
    [gaps, (1 + 4 * (1 + s**2) * (step * M) ** 2, distance)],
    squares=[(2 * s**2, x - z)],
    modulo=[size, size_next, constants],
)
theorem.qed(
    theorem.identity("recursion", recursion),
    theorem.identity("first gap", first),
    theorem.identity("points", points),
    grows,
    theorem.repeat("T steps", always, Repeated(grows, V, {V: V_next}, factor, power, {V: at_start}, {V: at_end})),
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
