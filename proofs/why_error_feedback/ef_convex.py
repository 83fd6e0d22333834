# %% [markdown]
# # Error feedback on convex functions with a common minimiser
#
# f_i is convex and L_i-smooth, and all f_i are least at the same x*; y is x - x*. A step may be as long as (1 - s)/(1 +
# s) over the mean of the L_i, for any number of agents. What belongs to an agent is L_i times a vector: its gradient is
# L_i h_i, its error e_i is L_i u_i, and its message L_i b_i.
#
# V = ||y - mean e_i||^2 + (L_A/s) mean ||e_i||^2/L_i falls by 2 gamma (f - f*) in each step. Without errors at first it
# is ||x_0 - x*||^2, so that f - f* is at most ||x_0 - x*||^2/(2 gamma T) on average: the bound of gradient descent.

# %%
from eftheory.methods import EF
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem("ef_convex", "EF on convex functions with a common minimiser: f - f* falls like 1/T, for any agents")

s = theorem.parameter("s", above=0, below=1)
L_A = theorem.parameter("L_A", above=0, latex="L_A")
L = theorem.parameter("L", above=0, indexed=True)
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)
F = theorem.scalar("F", indexed=True)
V, V_next = theorem.scalar("V"), theorem.scalar("V+", random=True, latex="V^{+}")
y = theorem.vector("y")
u, h = theorem.vector("u", indexed=True), theorem.vector("h", indexed=True)
b = theorem.vector("b", indexed=True, random=True)

# %% [markdown]
# ## One step
# y - mean e_i does not see what the compressors do.

# %%
new = OneStep(EF, {"step_size": step}, {"x": y, "e": L * u}, gradient=L * h, compress=L * b)
compressed = u + step * h
rewritten(new.e, L * (compressed - b))
virtual = y - mean(L * u)
virtual_after = rewritten(new.x - mean(new.e), virtual - step * mean(L * h))

# %% [markdown]
# ## Hypotheses
# F_i is f_i - f_i(x*). Convexity and smoothness are used as one inequality between x* and x (`interpolation`, where mu
# is 0 and the gradient at x* is 0). Of each compressor, its contraction, given all that came before; nothing about how
# they depend on each other.

# %%
now = theorem.given("V now", V.equals(square(virtual) + L_A / s * mean(L * square(u))))
after = theorem.given("V next", V_next.equals(square(virtual_after) + L_A / s * mean(L * square(compressed - b))))
total = theorem.given("L_A", mean(L).equals(L_A))
convex = theorem.given("f_i is convex and smooth", F + L / 2 * square(h) <= L * inner(h, y))
compressor = theorem.given("compressor", expectation(square(L * b - new.sent)) <= s**2 * square(new.sent))
short = theorem.given("short step", step * (1 + s) * L_A <= 1 - s)

# %% [markdown]
# ## Claims
# 1. One step. 2. The average is that of E f - f* over the first T points; f - f* at the mean of these points is at most
# that. V0 belongs to the start.

# %%
average, V_0 = theorem.scalar("average"), theorem.scalar("V0", latex="V^{0}")
one_step, small = theorem.claim(expectation(V_next) <= V - 2 * step * mean(F), average <= V_0 / (2 * step * T))

# %% [markdown]
# ## Proof
# The compressors' inequalities over L_i, and those of the functions, on average.

# %%
scaled = theorem.cancel(
    "compressor, scaled", expectation(square(b - compressed)) <= s**2 * square(compressed), compressor, L**2
)
errors = theorem.average(
    "errors", mean(L * expectation(square(b - compressed))) <= mean(L * (s**2 * square(compressed))), scaled, weight=L
)
functions = theorem.average("functions", mean(F + L / 2 * square(h)) <= mean(L * inner(h, y)), convex)
expected = theorem.expect(
    "V next, expected",
    expectation(V_next).equals(expectation(square(virtual_after) + L_A / s * mean(L * square(compressed - b)))),
    after,
)

# %% [markdown]
# What is left over is a form in the u_i and h_i: one in their means with the weights L_i/L_A, and one in what they
# differ from these.

# %%
share = theorem.positive("share", 1 - s / (1 + s) ** 2 >= 0)
room = theorem.combine("room", 1 - step * L_A * s / (1 - s**2) >= 0, [share, (s / ((1 - s**2) * (1 + s)), short)])
U, H = mean(L * u) / L_A, mean(L * h) / L_A
own = u - s**2 / (1 - s**2) * step * h
theorem.combine(
    "one step",
    one_step,
    [(2 * step, functions), (L_A / s, errors), (L_A * step / (1 - s) * square(H), short)],
    squares=[(L_A**2 * (1 - s**2) / s, U - s / (1 - s) * step * H)],
    mean_squares=[
        (L * L_A * (1 - s**2) / s, own - mean(L * own) / L_A),
        (L * step * (1 - step * L_A * s / (1 - s**2)), h - H),
    ],
    modulo=[expected, now, total],
)

# %% [markdown]
# Sum over time.

# %%
squares = theorem.positive("squares", square(virtual) + L_A / s * mean(L * square(u)) >= 0)
start = theorem.combine("V at least zero", V >= 0, [squares], modulo=[now])
summed = theorem.telescope(
    "sum over time",
    2 * step * average <= V_0 / T,
    Telescoped("one step", V, {V: V_next}, 2 * step, mean(F), start, average, {V: V_0}, T),
)
theorem.qed("one step", theorem.cancel("small on average", small, summed, 2 * step))

# %%
if __name__ == "__main__":
    theorem.print_lesson()
