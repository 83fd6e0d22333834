# %% [markdown]
# # EF21 and EF21-W stay together if compressors are positively homogeneous
#
# EF21 is at x with estimates g_i; EF21-W is at y with estimates D_i of the gradients of f_i/w_i. `ef21_w_is_ef21` is a
# round of the two that begins with x = y and g_i = w_i D_i. Here they begin so at time 0 only. C may be random: then
# both use the same draws, and all of this is along one path.

# %%
from eftheory.methods import EF21
from eftheory.methods.ef21_w import EF21W
from eftheory.proofkit import OneStep, Repeated, Theorem, mean, square

theorem = Theorem(
    "ef21_w_is_ef21_over_time",
    "EF21 and EF21-W that start together are together at all times, if inputs w_i v_i give messages w_i C(v_i)",
    source="[RichtarikGasanovBurlachenko2024]; the proof: own",
)

step = theorem.parameter("gamma", latex=r"\gamma")
K = theorem.parameter("K", at_least=0)
M = theorem.parameter("M")
L = theorem.parameter("L", indexed=True)
w = theorem.parameter("w", indexed=True)
x, y = theorem.vector("x"), theorem.vector("y")
g, D = theorem.vector("g", indexed=True), theorem.vector("D", indexed=True)
h_next = theorem.vector("h+", indexed=True, latex="h^{+}")
H_next = theorem.vector("H+", indexed=True, latex="H^{+}")
c, b = theorem.vector("c", indexed=True), theorem.vector("b", indexed=True)
V, V_next = theorem.scalar("V"), theorem.scalar("V+", latex="V^{+}")

# %% [markdown]
# ## The two methods
# h+_i is the gradient of f_i at x+, and H+_i that of f_i/w_i at y+; v_i and v'_i are what is compressed, c_i and b_i
# the messages.

# %%
new = OneStep(EF21, {"step_size": step}, {"x": x, "d": g}, gradient=h_next, compress=c)
numbers = {"step_size": step, "weights": ()}
new_W = OneStep(EF21W, numbers, {"x": y, "d": D}, gradient=w * H_next, scaled=[w * D, H_next], compress=b)
x_next, y_next = new.x, new_W.x
v, v_W = new.sent, new_W.sent
g_next, D_next = new.d, new_W.d

# %% [markdown]
# ## Hypotheses
# Where v_i = w_i v'_i, the first says that c_i = w_i b_i: the compressor is positively homogeneous. Elsewhere it says
# only that K is large, and may be as large as it needs to be: for the finitely many vectors of T rounds there always
# is such a K, and the last claim is the same for all. So with the L_i: what matters is that gradients at equal points
# are equal. V measures how far the methods are apart, and is zero at first.

# %%
at_start, at_end = theorem.scalar("V0", latex="V^{0}"), theorem.scalar("VT", latex="V^{T}")
homogeneous = theorem.given("homogeneous", square(c - w * b) <= K * square(v - w * v_W))
smooth = theorem.given("f_i is smooth", square(h_next - w * H_next) <= L**2 * square(x_next - y_next))
constants = theorem.given("M", mean(L**2).equals(M**2))
size = theorem.given("V now", V.equals(mean(square(g - w * D)) + square(x - y)))
size_next = theorem.given("V next", V_next.equals(mean(square(g_next - w * D_next)) + square(x_next - y_next)))
equal_start = theorem.given("start", at_start.equals(0))

# %% [markdown]
# ## Claims
# V grows by a fixed factor at most; so V, a sum of squares, never exceeds zero: x = y and g_i = w_i D_i at each time T.

# %%
factor = 2 + 4 * K + 2 * (1 + step**2) * (1 + 4 * K * M**2)
power = theorem.scalar("growth")
growth, always = theorem.claim(V_next <= factor * V, at_end <= 0)

# %% [markdown]
# ## Proof
# ||a + b||^2 <= 2 ||a||^2 + 2 ||b||^2, for what is compressed, for the estimates, and for the points.

# %%
apart, gradients, distance = g - w * D, h_next - w * H_next, square(x_next - y_next)
inputs = theorem.combine(
    "inputs",
    square(v - w * v_W) <= 2 * L**2 * distance + 2 * square(apart),
    [(2, smooth)],
    squares=[(1, gradients + apart)],
)
estimates = theorem.combine(
    "estimates",
    square(g_next - w * D_next) <= (2 + 4 * K) * square(apart) + 4 * K * L**2 * distance,
    [(2, homogeneous), (2 * K, inputs)],
    squares=[(1, apart - (c - w * b))],
)
all_estimates = theorem.average(
    "all estimates",
    mean(square(g_next - w * D_next)) <= mean((2 + 4 * K) * square(apart) + 4 * K * L**2 * distance),
    estimates,
)
points = theorem.combine(
    "points",
    distance <= 2 * square(x - y) + 2 * step**2 * mean(square(apart)),
    squares=[(1, x - y + step * mean(apart))],
    mean_squares=[(2 * step**2, apart - mean(apart))],
)
grows = theorem.combine(
    "growth",
    growth,
    [all_estimates, (1 + 4 * K * M**2, points)],
    squares=[(2 + 4 * K + 2 * step**2 * (1 + 4 * K * M**2), x - y)],
    mean_squares=[(2 * (1 + 4 * K * M**2), apart)],
    modulo=[size, size_next, constants],
)
bounded = theorem.repeat(
    "T steps", at_end <= power * at_start, Repeated(grows, V, {V: V_next}, factor, power, {V: at_start}, {V: at_end})
)
theorem.qed(grows, theorem.combine("never apart", always, [bounded], modulo=[equal_start]))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
