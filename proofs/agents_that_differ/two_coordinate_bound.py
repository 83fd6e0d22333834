# %% [markdown]
# # A lower bound for agents that differ: two coordinates (Finding E)
#
# f_i(x) = (L_i x1^2 + mu_i x2^2)/2. At every step of EF21 the first coordinates are multiplied by -lambda and the
# second ones by lambda, if one inequality holds between the two moves p1 and p2. So no factor below lambda^2 can be
# shown for V = mean w_i ||g_i - d_i||^2 + a ||mean g_i||^2, whatever the weights: this is proved here; of other V,
# and of analyses that do without one, nothing is said. n_i is the length of (L_i p1, mu_i p2), and N the mean of the
# n_i.

# %%
from eftheory.methods import EF21
from eftheory.proofkit import OneStep, Repeated, Theorem, mean

theorem = Theorem(
    "two_coordinate_bound",
    "Where two coordinates allow it, EF21's V, with any weights, is multiplied by lambda^2 in every step",
)

s = theorem.parameter("s", above=0, below=1)
growth = theorem.parameter("lambda", above=s, below=1, latex=r"\lambda")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
N = theorem.parameter("N", above=0)
n = theorem.parameter("n", at_least=0, indexed=True)
mu = theorem.parameter("mu", above=0, indexed=True, latex=r"\mu")
L = theorem.parameter("L", at_least=mu, indexed=True)
w, a = theorem.parameter("w", at_least=0, indexed=True), theorem.parameter("a", above=0)
p1, p2 = theorem.parameter("p1", latex="p_1"), theorem.parameter("p2", latex="p_2")
o1, o2 = theorem.parameter("o1", latex="o_1"), theorem.parameter("o2", latex="o_2")
P1, P2 = theorem.scalar("P1", latex="P_1"), theorem.scalar("P2", latex="P_2")
t1, t1_next = theorem.scalar("t1", latex="t_1"), theorem.scalar("t1+", latex="t_1^+")
t2, t2_next = theorem.scalar("t2", latex="t_2"), theorem.scalar("t2+", latex="t_2^+")

# %% [markdown]
# ## The state
# It is (t1 x1, t2 x2), the estimates (t1 d1, t2 d2), with x and d fixed: t1 and t2 alone change. x1 is multiplied by
# -lambda where p1 is added to it, x2 by lambda. The errors u = (L_i x1, mu_i x2) - d are taken from the balls of
# `balls_add`, all in one direction.

# %%
spread = growth**2 - s**2
x1, x2 = -p1 / (1 + growth), -p2 / (1 - growth)
u1, u2 = s**2 / spread * L * p1 + n / N * o1, s**2 / spread * mu * p2 + n / N * o2
d1, d2 = L * x1 - u1, mu * x2 - u2

# %% [markdown]
# ## Hypotheses
# o is what the mean of the u_i must be for p to be EF21's move, less the centre of the mean ball. Whether lambda is
# possible, the line "feasible" says.

# %%
theorem.positive("spread", spread > 0)
lengths = theorem.given("lengths", (L**2 * p1**2 + mu**2 * p2**2).equals(n**2))
mean_length = theorem.given("N", mean(n).equals(N))
first = theorem.given("o1", o1.equals(mean(L) * x1 + p1 / step - s**2 / spread * mean(L) * p1))
second = theorem.given("o2", o2.equals(mean(mu) * x2 + p2 / step - s**2 / spread * mean(mu) * p2))
feasible = theorem.given("feasible", o1**2 + o2**2 <= (s * growth / spread * N) ** 2)

# %% [markdown]
# The factors change as announced, and begin as 1 and 1.

# %%
first_next = theorem.given("t1 next", t1_next.equals(-growth * t1))
second_next = theorem.given("t2 next", t2_next.equals(growth * t2))
t1_0, t2_0 = theorem.scalar("t10", latex="t_1^0"), theorem.scalar("t20", latex="t_2^0")
first_start = theorem.given("t1 at first", t1_0.equals(1))
second_start = theorem.given("t2 at first", t2_0.equals(1))

# %% [markdown]
# ## Claims
# 1. f_i is L_i-smooth and mu_i-strongly convex, between any two points at distance P. 2., 3. EF21's step leads from x
# to the next state. 4., 5. So do the estimates, if the compressor errs by e. 6. It may, at every time T: e^2 is at
# most s^2 times the square of its input v. 7. What it errs by is lambda times shorter at each step, and so are its
# inputs: they are different vectors, or all zero, and the compressor is a function. 8. So V is multiplied by
# lambda^2. 9. V is positive at first, and 10. after T steps it is at least lambda^(2T) times what it was.


# %%
def message(t1, t2):
    """What the compressor errs by, and its input, in each coordinate."""
    errors = -growth * t1 * u1, growth * t2 * u2
    return errors, (L * (-growth * t1 * x1) - t1 * d1, mu * (growth * t2 * x2) - t2 * d2)


def V(t1, t2):
    """Of the state with factors t1 and t2: mean w_i ||g_i - d_i||^2 + a ||mean g_i||^2."""
    errors = mean(w * ((L * t1 * x1 - t1 * d1) ** 2 + (mu * t2 * x2 - t2 * d2) ** 2))
    return errors + a * (mean(L * t1 * x1) ** 2 + mean(mu * t2 * x2) ** 2)


power = theorem.scalar("(lambda^2)^T", latex=r"(\lambda^2)^T")
t1_T, t2_T = theorem.scalar("t1T", latex="t_1^T"), theorem.scalar("t2T", latex="t_2^T")
(e1, e2), (v1, v2) = message(t1, t2)
new_1, new_2 = (
    OneStep(EF21, {"step_size": step}, {"x": t * x, "d": t * d}, gradient=curvature * (turn * t * x), compress=v - e)
    for t, x, d, curvature, turn, v, e in ((t1, x1, d1, L, -growth, v1, e1), (t2, x2, d2, mu, growth, v2, e2))
)
_, (v1_next, v2_next) = message(t1_next, t2_next)
(e1_T, e2_T), (v1_T, v2_T) = message(t1_T, t2_T)
claims = {
    "class": (L * P1 - mu * P1) * (L * P1 - L * P1) + (mu * P2 - mu * P2) * (L * P2 - mu * P2) >= 0,
    "x1 next": new_1.x.equals(t1_next * x1),
    "x2 next": new_2.x.equals(t2_next * x2),
    "d1 next": new_1.d.equals(t1_next * d1),
    "d2 next": new_2.d.equals(t2_next * d2),
    "errors": e1_T**2 + e2_T**2 <= s**2 * (v1_T**2 + v2_T**2),
    "inputs": (v1_next**2 + v2_next**2).equals(growth**2 * (v1**2 + v2**2)),
    "V": V(t1_next, t2_next).equals(growth**2 * V(t1, t2)),
    "V at first": V(t1_0, t2_0) > 0,
    "T steps": power * V(t1_0, t2_0) <= V(t1_T, t2_T),
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# Claims 1 to 5, 7 and 8 are identities.

# %%
theorem.combine("class", claims["class"])
theorem.identity("x1 next", claims["x1 next"], modulo=[first_next, mean_length, first])
theorem.identity("x2 next", claims["x2 next"], modulo=[second_next, mean_length, second])
theorem.identity("d1 next", claims["d1 next"], modulo=[first_next])
theorem.identity("d2 next", claims["d2 next"], modulo=[second_next])
theorem.identity("inputs", claims["inputs"], modulo=[first_next, second_next])
theorem.identity("V", claims["V"], modulo=[first_next, second_next])

# %% [markdown]
# t1^2 - t2^2 is multiplied by lambda^2 in every step, and so is t2^2 - t1^2. Both are zero at first, and not above
# zero later.

# %%
after, at_first, at_last = {t1: t1_next, t2: t2_next}, {t1: t1_0, t2: t2_0}, {t1: t1_T, t2: t2_T}


def follow(name, of, goal, using, modulo=()):
    """T steps of what is multiplied by at most lambda^2."""
    one_step = theorem.combine(
        f"{name}, one step", of(t1_next, t2_next) <= growth**2 * of(t1, t2), using, modulo=modulo
    )
    repeated = Repeated(one_step, of(t1, t2), after, growth**2, power, at_first, at_last)
    return theorem.repeat(name, goal, repeated)


def not_larger(name, excess):
    """A difference that is not above zero, as it is zero at first."""
    changes, start = [first_next, second_next], [first_start, second_start]
    later = follow(f"{name}, T steps", excess, excess(t1_T, t2_T) <= power * excess(t1_0, t2_0), [], changes)
    return theorem.combine(name, excess(t1_T, t2_T) <= 0, [later], modulo=start)


first_small = not_larger("t1 not above t2", lambda t1, t2: t1**2 - t2**2)
second_small = not_larger("t2 not above t1", lambda t1, t2: t2**2 - t1**2)

# %% [markdown]
# The errors are "feasible" in the agents' own balls.

# %%
own = theorem.combine(
    "own ball",
    growth**2 * (u1**2 + u2**2) <= s**2 * ((u1 + L * p1) ** 2 + (u2 + mu * p2) ** 2),
    [(spread * (n / N) ** 2, feasible), (-(s**2) * growth**2 / spread, lengths)],
)
theorem.combine(
    "errors",
    claims["errors"],
    [(t1_T**2, own), (growth**2 * u2**2, second_small), (s**2 * (u2 + mu * p2) ** 2, first_small)],
)

# %% [markdown]
# As N is positive, p1 and p2 are not both zero, and neither is the mean gradient.

# %%
part1, part2 = mean(L) ** 2 / (1 + growth) ** 2, mean(mu) ** 2 / (1 - growth) ** 2
length = theorem.average("lengths, averaged", mean(L**2 * p1**2 + mu**2 * p2**2).equals(mean(n**2)), lengths)
moves = theorem.combine(
    "p1 or p2",
    N**2 <= mean(L**2) * p1**2 + mean(mu**2) * p2**2,
    [(-1, length), (-2 * N, mean_length)],
    mean_squares=[(1, n - N)],
)
theorem.positive("N^2", N**2 > 0)
total = mean(L**2) * part2 + mean(mu**2) * part1
product = theorem.combine(
    "gradient, product",
    total * (part1 * p1**2 + part2 * p2**2) > 0,
    [(part1 * part2, moves), (part1 * part2, "N^2")],
    squares=[(mean(L**2) * part2**2, p2), (mean(mu**2) * part1**2, p1)],
)
gradient = theorem.cancel("gradient", part1 * p1**2 + part2 * p2**2 > 0, product, total)
theorem.combine(
    "V at first",
    claims["V at first"],
    [(a, gradient)],
    mean_squares=[(w, L * x1 - d1), (w, mu * x2 - d2)],
    modulo=[first_start, second_start],
)
follow("T steps", lambda t1, t2: -V(t1, t2), claims["T steps"], [(-1, "V")])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of s not strict": "holds at the end of the range, too",
    "the lower bound of n_i *": "not needed; it says where the statement is meant",
    "hypothesis 't1 at first': 1 times -1": "t1 and t2 need equal squares only",
    "hypothesis 't2 at first': 1 times -1": "t1 and t2 need equal squares only",
    "step 'spread' dropped": "for the reader: the sign is seen without it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
