# %% [markdown]
# # Error feedback on smooth functions
#
# v_i = e_i + gamma h_i, x+ = x - mean C(v_i) and e+_i = v_i - C(v_i), with the gradients h_i of f_i at x. What has not
# been sent is not lost: y = x - mean e_i makes the steps of gradient descent, y+ = y - gamma mean h_i, and is as far
# from x as the errors are large. For them to stay small, gradients of different agents must be similar: mean ||h_i||^2
# <= (a ||mean h_i||)^2 + zeta^2; a = 0 are bounded gradients. What ||grad f||^2 does not fall below is of order gamma^2
# zeta^2, so T steps of a size that depends on T give T^(-2/3); `ef21_nonconvex` has 1/T, and asks for no similarity.

# %%
from fractions import Fraction

from eftheory.methods import EF
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, square

theorem = Theorem(
    "ef_nonconvex",
    "Error feedback finds points of small gradient if the gradients of the agents are similar",
    source="own constants, for EF as in [KarimireddyEtAl2019]; [FatkhullinEtAl2021] says of theory before it that it "
    "assumes bounded gradients, and has T^(-2/3)",
)

s = theorem.parameter("s", at_least=0, below=1)
L = theorem.parameter("L", above=0)
a = theorem.parameter("a")
zeta = theorem.parameter("zeta", latex=r"\zeta")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
f_y, f_y_next = theorem.scalar("fy", latex="f(y)"), theorem.scalar("fy+", latex="f(y^{+})")
E, E_next = theorem.scalar("E"), theorem.scalar("E+", random=True, latex="E^{+}")
x = theorem.vector("x")
e, h = theorem.vector("e", indexed=True), theorem.vector("h", indexed=True)
h_y = theorem.vector("hy", latex=r"\nabla f(y)")
c = theorem.vector("c", indexed=True, random=True)

# %% [markdown]
# ## Hypotheses
# f is measured from a lower bound; its gradient at y is hy. alpha = 1 - s^2 and xi = s/(1-s). E is the mean of the
# squared errors. Compressors of different agents may depend on each other.

# %%
alpha, xi = 1 - s**2, s / (1 - s)
new = OneStep(EF, {"step_size": step}, {"x": x, "e": e}, gradient=h, compress=c)
y, y_next = x - mean(e), new.x - mean(new.e)
now = theorem.given("E now", E.equals(mean(square(e))))
after = theorem.given("E next", E_next.equals(mean(square(new.e))))
bounded = theorem.given("bounded below", f_y >= 0)
smooth = theorem.given("f is smooth", f_y_next <= f_y - step * inner(h_y, mean(h)) + L / 2 * square(step * mean(h)))
lipschitz = theorem.given("its gradient is Lipschitz", square(mean(h) - h_y) <= L**2 * square(x - y))
similar = theorem.given("similar gradients", mean(square(h)) <= a**2 * square(mean(h)) + zeta**2)
compressor = theorem.given("compressor", expectation(square(c - new.sent)) <= (1 - alpha) * square(new.sent))
short = theorem.given("short step", L * step + (a * xi * L * step) ** 2 <= Fraction(1, 2))

# %% [markdown]
# ## Claims
# y moves as 'f is smooth' says. The mean of E ||grad f(x)||^2 over the first T points; fy0 is f at the first x if the
# errors are zero at first, E0 = 0. With b = |a|, any gamma' up to 1/(2 L (1 + b xi)) is short.

# %%
b = theorem.parameter("b", at_least=0)
root = theorem.given("b", (b**2).equals(a**2))
simple = theorem.parameter("gamma'", above=0, at_most=1 / (2 * L * (1 + b * xi)), latex=r"\gamma'")
average = theorem.scalar("average")
f_0, E_0 = theorem.scalar("fy0", latex="f(y)^{0}"), theorem.scalar("E0", latex="E^{0}")
moves, small, allowed = theorem.claim(
    (y_next - y).equals(-step * mean(h)),
    average <= 4 * f_0 / (step * T) + 2 * L**2 * E_0 / ((1 - s) * T) + 2 * (xi * L * step * zeta) ** 2,
    L * simple + (a * xi * L * simple) ** 2 <= Fraction(1, 2),
)

# %% [markdown]
# ## Proof
# One agent's error: Young's inequality for e_i + gamma h_i.

# %%
moved = theorem.identity("moves", moves)
own = theorem.combine(
    "one agent",
    expectation(square(new.e)) <= s * square(e) + s**2 / (1 - s) * step**2 * square(h),
    [compressor],
    squares=[(s / (1 - s), (1 - s) * e - s * step * h)],
)
errors = theorem.average(
    "errors",
    mean(expectation(square(new.e))) <= mean(s * square(e) + s**2 / (1 - s) * step**2 * square(h)),
    own,
)
expected = theorem.expect("E next, expected", expectation(E_next).equals(expectation(mean(square(new.e)))), after)

# %% [markdown]
# V = f(y) + gamma L^2/(2 (1-s)) E decreases by gamma/4 ||grad f(x)||^2, up to zeta.

# %%
weight = step * L**2 / (2 * (1 - s))
V = f_y + weight * E
floor = step / 2 * (xi * L * step * zeta) ** 2
one_step = theorem.combine(
    "one step",
    f_y_next + weight * expectation(E_next) <= V - step / 4 * square(mean(h)) + floor,
    [
        smooth,
        (step / 2, lipschitz),
        (weight, errors),
        (weight * s**2 / (1 - s) * step**2, similar),
        (step / 2 * square(mean(h)), short),
    ],
    squares=[(step / 2, h_y)],
    mean_squares=[(step / 2 * L**2, e - mean(e))],
    modulo=[expected, now],
)

# %% [markdown]
# Sum over time, as V stays at least zero.

# %%
sign = theorem.positive("errors at least zero", mean(square(e)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [bounded, (weight, sign)], modulo=[now])
total = theorem.telescope(
    "sum over time",
    step / 4 * average <= (f_0 + weight * E_0) / T + floor,
    Telescoped(
        one_step,
        V,
        {f_y: f_y_next, E: E_next},
        step / 4,
        square(mean(h)),
        start,
        average,
        {f_y: f_0, E: E_0},
        T,
        floor,
    ),
)
condition = theorem.positive("its condition", L * simple + (b * xi * L * simple) ** 2 <= Fraction(1, 2))
theorem.qed(
    moved,
    theorem.cancel("small gradients", small, total, step / 4),
    theorem.combine("simple step", allowed, [condition, (-((xi * L * simple) ** 2), root)]),
)

# %%
theorem.survivors = {
    "the lower bound of gamma' not strict": "a step of zero is short, too",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
