# %% [markdown]
# # EF and EF21 need not converge with a step of 2 (1 - s)/((1 + s) L) or more
#
# On f = (L/2) ||x||^2, with the compressor C(v) = (1 + s) v, one state of each method is multiplied by -c at every
# step, and c is at least 1 for such steps. Below the limit they converge: `stability`.

# %%
from eftheory.methods import EF, EF21
from eftheory.proofkit import Geometric, OneStep, Repeated, Theorem, square

theorem = Theorem(
    "instability",
    "For every step of at least 2 (1 - s)/((1 + s) L), EF and EF21 do not converge on a quadratic",
)

s = theorem.parameter("s", above=0, below=1)
L = theorem.parameter("L", above=0)
T = theorem.parameter("T", at_least=0)
step = theorem.parameter("gamma", at_least=2 * (1 - s) / ((1 + s) * L), latex=r"\gamma")
c = theorem.parameter("c", above=0)
u = theorem.vector("u")
N, N_next = theorem.scalar("N"), theorem.scalar("N+", latex="N^+")
N_0, N_T = theorem.scalar("N0", latex="N^0"), theorem.scalar("NT", latex="N^T")


# %% [markdown]
# ## The methods
# Any number of agents with this function, compressor and state move as one.


# %%
def overshoot(vector):
    """The compressor."""
    return (1 + s) * vector


def ef21(x, d):
    """One step from the point x with the estimate d."""
    new = OneStep(EF21, {"step_size": step}, {"x": x, "d": d}, gradient=lambda x: L * x, compress=overshoot)
    return new.x, new.d


def ef(x, e):
    """One step from the point x with the error e."""
    new = OneStep(EF, {"step_size": step}, {"x": x, "e": e}, gradient=lambda x: L * x, compress=overshoot)
    return new.x, new.e


def state_21(u):
    """EF21's state of direction u."""
    return (s - c) * u, -(1 + s) * L * c * u


def state_EF(u):
    """EF's state of direction u."""
    return -(1 + s) * c * u, -s * (c + 1) * u


# %% [markdown]
# ## Hypotheses
# c is the positive number with c - s/c = (1 + s) gamma L - (1 - s), as in `tight_lower_bound`; u is the direction of
# the state, -c u that of the next, and N its squared length.

# %%
root = theorem.given("root", (c - s / c).equals((1 + s) * step * L - (1 - s)))
u_next = -c * u
size = theorem.given("N", N.equals(square(u)))
size_next = theorem.given("N next", N_next.equals(square(u_next)))
start = theorem.given("N at first", N_0 > 0)

# %% [markdown]
# ## Claims
# c is at least 1; the states of direction u become those of direction -c u; and their squared length never shrinks,
# stays positive, and with c > 1, beyond the limit, grows beyond all bounds. (At c = 1 they alternate between u and -u.)

# %%
(x, e), (x_EF_next, e_next) = state_EF(u), state_EF(u_next)
claims = {
    "c": c >= 1,
    "compressor": square(overshoot(u) - u).equals(s**2 * square(u)),
    **{f"EF21, {what}": a.equals(b) for what, a, b in zip(("x", "d"), ef21(*state_21(u)), state_21(u_next))},
    **{f"EF, {what}": a.equals(b) for what, a, b in zip(("x", "e"), ef(*state_EF(u)), state_EF(u_next))},
    "growth": (1 + T * (c**2 - 1)) * N_0 <= N_T,
    "not zero": 0 < N_T,
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# (c - 1)(1 + s/c) = (c - s/c) - (1 - s) is at least zero. The step is written by c.

# %%
beyond = theorem.positive("beyond the limit", (1 + s) * step * L >= 2 * (1 - s))
product = theorem.combine("times 1 + s/c", (c - 1) * (1 + s / c) >= 0, [beyond, (-1, root)])
theorem.cancel("c", claims["c"], product, 1 + s / c)
theorem.combine("step", step.equals((c - s / c + 1 - s) / ((1 + s) * L)), [(-1 / ((1 + s) * L), root)])
for name in list(claims)[1:-2]:
    theorem.identity(name, claims[name], modulo=[] if name == "compressor" else ["step"])

# %% [markdown]
# The squared length is multiplied by c^2; Bernoulli's inequality for its powers.

# %%
power = theorem.scalar("(c^2)^T", latex="(c^2)^T")
grows = theorem.combine("one step", -N_next <= c**2 * -N, [(c**2, size), (-1, size_next)])
T_steps = theorem.repeat(
    "T steps", -N_T <= power * -N_0, Repeated(grows, -N, {N: N_next}, c**2, power, {N: N_0}, {N: N_T})
)
theorem.geometric("power", 1 + T * (c**2 - 1) <= power, Geometric(power, c**2, T))
theorem.combine("growth", claims["growth"], [T_steps, (N_0, "power")])
theorem.combine("not zero", claims["not zero"], [start, "growth", (T * (c + 1) * N_0, "c")])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the upper bound of s *": "not needed; it says where the statement is meant",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
