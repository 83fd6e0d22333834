# %% [markdown]
# # The Markov compressor forgets its error
#
# M+ = M + C(v+ - M) follows a sequence v by compressed differences. If v converges linearly, so does the distortion
# ||M - v||^2 to zero, in expectation: at every rate below 1 that is at least sqrt(1-alpha) and above the rate of v. The
# gradient estimates of EF21 are this, with v the gradients.

# %%
from eftheory.proofkit import Geometric, Repeated, Theorem, expectation, square

theorem = Theorem(
    "markov_compressor",
    "The distortion of a Markov compressor vanishes linearly along a linearly convergent sequence",
    source="own, for the Markov compressor of [RichtarikSokolovFatkhullin2021]",
)

s = theorem.parameter("s", at_least=0, below=1)
q = theorem.parameter("q", above=0)
rho = theorem.parameter("rho", above=q**2, below=1, latex=r"\rho")
T = theorem.parameter("T", at_least=0)
v, v_next, limit = theorem.vector("v"), theorem.vector("v+", latex="v^{+}"), theorem.vector("v*", latex="v^{*}")
m = theorem.vector("M")
c = theorem.vector("c", random=True)
R, R_next = theorem.scalar("R"), theorem.scalar("R+", latex="R^{+}")
D, D_next = theorem.scalar("D"), theorem.scalar("D+", random=True, latex="D^{+}")

# %% [markdown]
# ## Hypotheses
# ||v - v*||^2 is at most R, a number that shrinks by q^2 in each step. alpha = 1 - s^2, and D is the distortion.

# %%
alpha = 1 - s**2
compressor = theorem.given("compressor", expectation(square(c - (v_next - m))) <= (1 - alpha) * square(v_next - m))
near = theorem.given("near", square(v - limit) <= R)
nearer = theorem.given("nearer", square(v_next - limit) <= R_next)
shrinking = theorem.given("shrinking", R_next.equals(q**2 * R))
now = theorem.given("D now", D.equals(square(m - v)))
after = theorem.given("D next", D_next.equals(square(m + c - v_next)))
slow = theorem.given("rate", s <= rho)
R_0, R_T = theorem.scalar("R0", latex="R^{0}"), theorem.scalar("RT", latex="R^{T}")
D_0, D_T = theorem.scalar("D0", latex="D^{0}"), theorem.scalar("DT", latex="D^{T}")

# %% [markdown]
# ## Claims
# v moves by at most (1 + q) sqrt(R); D plus a multiple of R shrinks by rho, and over T steps by its power; which goes
# to zero as T grows.

# %%
weight = s**2 * (1 + q) ** 2 / ((1 - s) * (rho - q**2))
power = theorem.scalar("rho^T", latex=r"\rho^{T}")
moved, shrinks, linear, vanishes, sign = theorem.claim(
    square(v_next - v) <= (1 + q) ** 2 * R,
    expectation(D_next) + weight * R_next <= rho * (D + weight * R),
    D_T + weight * R_T <= power * (D_0 + weight * R_0),
    power <= 1 / (1 + T * (1 - rho)),
    power >= 0,
)

# %% [markdown]
# ## Proof
# The triangle inequality as a sum of squares, then the contraction lemma of one agent, `theta_beta`, with its best
# Young parameter.

# %%
move = theorem.combine(
    "move",
    moved,
    [(1 + q, near), ((1 + q) / q, nearer), ((1 + q) / q, shrinking)],
    squares=[(1 / q, (v_next - limit) + q * (v - limit))],
)
contraction = theorem.combine(
    "contraction",
    expectation(square(m + c - v_next)) <= s * square(m - v) + s**2 / (1 - s) * square(v_next - v),
    [compressor],
    squares=[(s / (1 - s), (1 - s) * (v - m) - s * (v_next - v))],
)
expected = theorem.expect("D next, expected", expectation(D_next).equals(expectation(square(m + c - v_next))), after)
one_step = theorem.combine(
    "one step",
    shrinks,
    [contraction, (s**2 / (1 - s), move), (square(m - v), slow)],
    modulo=[expected, shrinking, now],
)
repeated = theorem.repeat(
    "T steps",
    linear,
    Repeated(one_step, D + weight * R, {D: D_next, R: R_next}, rho, power, {D: D_0, R: R_0}, {D: D_T, R: R_T}),
)
small = theorem.geometric("power", power * (1 + T * (1 - rho)) <= 1, Geometric(power, rho, T))
limit_T = theorem.combine("limit", vanishes, [(1 / (1 + T * (1 - rho)), small)])
positive = theorem.geometric("power at least zero", sign, Geometric(power, rho, T))
theorem.qed(move, one_step, repeated, limit_T, positive)

# %%
theorem.survivors = {
    "the upper bound of rho not strict": "at rho = 1 nothing vanishes, but nothing grows",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
