# %% [markdown]
# # M3: compressed models down, momentum, compressed gradients up
#
# As in `marina_p`, agent i has a copy w_i of the model, brought up to date by a coin or a compressed move. It does
# not use the copy itself but z_i, which follows it slowly: z+_i = beta w+_i + (1 - beta) z_i. The gradients k_i at
# the z_i are sent as MARINA does, by another coin: the server's g becomes mean k+_i, or g + mean c_i with compressed
# c_i of k+_i - k_i. The slower z_i moves, the less is lost on the way up, and the more it lags behind x+ = x - gamma
# g.
#
# All is written from x: w_i = x + a_i, z_i = x + b_i, and x+ = x + v; y_i is the last move of z_i.

# %%
from fractions import Fraction

from eftheory.methods.m3 import M3
from eftheory.proofkit import OneStep, Telescoped, Theorem, expectation, inner, mean, rewritten, square

theorem = Theorem(
    "m3",
    "M3 finds points of small gradient at the rate 1/T; with PermK and Rand-k, for d >= n coordinates, its step may be "
    "1/(L + 4 n^(2/3) (L_max + L_B) + 3 n L_A)",
    source="own, for the method of [GruntkowskaTyurinRichtarik2024]",
)

p = theorem.parameter("p", above=0, at_most=1)
r = theorem.parameter("r", above=0, at_most=1)
beta = theorem.parameter("beta", above=0, at_most=1, latex=r"\beta")
n = theorem.parameter("n", above=0)
omega = theorem.parameter("omega", latex=r"\omega")
theta = theorem.parameter("theta", latex=r"\theta")
omega_up = theorem.parameter("omega'", at_least=0, latex=r"\omega'")
L = theorem.parameter("L", above=0)
L_max = theorem.parameter("L_max", at_least=0, latex=r"L_{\max}")
L_A, L_B = theorem.parameter("L_A", at_least=0, latex="L_A"), theorem.parameter("L_B", at_least=0, latex="L_B")
step = theorem.parameter("gamma", above=0, latex=r"\gamma")
T = theorem.parameter("T", above=0)

f, f_next = theorem.scalar("f"), theorem.scalar("f+", latex="f^{+}")
N, N_next = theorem.scalar("N"), theorem.scalar("N+", random=True, latex="N^{+}")
Y, Y_next = theorem.scalar("Y"), theorem.scalar("Y+", random=True, latex="Y^{+}")
D, D_next = theorem.scalar("D"), theorem.scalar("D+", random=True, latex="D^{+}")
P, P_next = theorem.scalar("P"), theorem.scalar("P+", random=True, latex="P^{+}")
R, R_next = theorem.scalar("R"), theorem.scalar("R+", random=True, latex="R^{+}")
a, b, y = theorem.vector("a", indexed=True), theorem.vector("b", indexed=True), theorem.vector("y", indexed=True)
h, k = theorem.vector("h", indexed=True), theorem.vector("k", indexed=True)
k_next = theorem.vector("k+", indexed=True, random=True, latex="k^{+}")
g = theorem.vector("g")
q, c = theorem.vector("q", indexed=True, random=True), theorem.vector("c", indexed=True, random=True)
m, m_up = theorem.scalar("m", random=True), theorem.scalar("m'", random=True)

# %% [markdown]
# ## The method
# m and m' are 0 if all is sent, down and up, and 1 if messages are compressed.

# %%
x = theorem.vector("x")
numbers = {"step_size": step, "beta": beta, "full_down": p, "full_up": r}
state = {"x": x, "v": g, "w": x + a, "z": x + b}
new = OneStep(M3, numbers, state, local_gradient=[k, k_next], coin=[m, m_up], send=q, compress=c)
v = new.move("x", -step * g)
left = a + q - v
a_next = rewritten(new.w - new.x, m * left)
y_next = new.move("z", beta * (a_next + v - b))
b_next = rewritten(new.z - new.x, beta * a_next + (1 - beta) * (b - v))
missing = g - mean(k) + mean(c - new.sent)
_error = rewritten(new.v - mean(k_next), m_up * missing)

# %% [markdown]
# ## What is followed
# N is the error of g, Y the squared moves of the z_i, D the errors of the copies w_i; P and R are the right sides of
# the functional inequality for the copies and for the z_i.


# %%
def spread(x):
    """The right side of the functional inequality."""
    return L_A**2 * mean(square(x)) + L_B**2 * square(mean(x))


N_now = theorem.given("N now", N.equals(square(g - mean(k))))
N_after = theorem.given("N next", N_next.equals(square(_error)))
Y_now = theorem.given("Y now", Y.equals(mean(square(y))))
Y_after = theorem.given("Y next", Y_next.equals(mean(square(y_next))))
D_now = theorem.given("D now", D.equals(mean(square(a))))
D_after = theorem.given("D next", D_next.equals(mean(square(a_next))))
P_now = theorem.given("P now", P.equals(spread(a)))
P_after = theorem.given("P next", P_next.equals(spread(a_next)))
R_now = theorem.given("R now", R.equals(spread(b)))
R_after = theorem.given("R next", R_next.equals(spread(b_next)))

# %% [markdown]
# ## Hypotheses
# The functions: f is measured from a lower bound, each f_i is L_max-smooth. The last move of z_i is what momentum
# made it: y_i = beta (w_i - old z_i), so that beta (w_i - z_i) = (1 - beta) y_i.
#
# The messages down are as in `marina_p`. Those up are unbiased, and those of different agents uncorrelated: of their
# errors' mean squared only the squares remain. Each coin falls as it does whatever the messages are.

# %%
bounded = theorem.given("bounded below", f >= 0)
smooth = theorem.given("f is smooth", f_next <= f + inner(mean(h), v) + L / 2 * square(v))
smooth_i = theorem.given("f_i is smooth", square(k_next - k) <= L_max**2 * square(y_next))
functional = theorem.given("functional inequality", square(mean(k - h)) <= spread(b))
momentum = theorem.given("momentum", (beta * (a - b)).equals((1 - beta) * y))

drift = (1 - beta) * y + beta * (v - a)
coin = theorem.given("coin", (m**2).equals(m))
apart_drift = theorem.given(
    "independent, products",
    expectation(m * mean(inner(drift, left))).equals((1 - p) * expectation(mean(inner(drift, left)))),
)
apart = theorem.given(
    "independent, errors", expectation(m * mean(square(left))).equals((1 - p) * expectation(mean(square(left))))
)
apart_spread = theorem.given(
    "independent, spread", expectation(m * spread(left)).equals((1 - p) * expectation(spread(left)))
)
unbiased = theorem.given("unbiased", expectation(q).equals(v))
variance = theorem.given("variance", expectation(mean(square(q - v))) <= omega * square(v))
mean_variance = theorem.given("variance of the mean", expectation(square(mean(q) - v)) <= theta * square(v))

lost = mean(c - (k_next - k))
coin_up = theorem.given("coin up", (m_up**2).equals(m_up))
apart_up = theorem.given(
    "independent, up", expectation(m_up * square(missing)).equals((1 - r) * expectation(square(missing)))
)
unbiased_up = theorem.given("unbiased up", expectation(mean(c)).equals(expectation(mean(k_next - k))))
uncorrelated = theorem.given(
    "uncorrelated", expectation(square(lost)).equals(expectation(mean(square(c - (k_next - k)))) / n)
)
variance_up = theorem.given(
    "variance up", expectation(mean(square(c - (k_next - k)))) <= omega_up * expectation(mean(square(k_next - k)))
)

# %% [markdown]
# The step is short in terms of M^2, which has a part for what is lost on the way up, with the moves of the z_i, and one
# for the way down: what is lost there, and the lag of the z_i. All is exact at the start.


# %%
def parts(p, r, beta, n, omega, theta, omega_up):
    """The parts of M^2."""
    lossy_up = (1 - r) * omega_up / (r * n)
    lossy_down = (1 - p) / p * (L_A**2 * omega + L_B**2 * theta)
    moves = 2 + 2 * p * (1 - p) * omega + beta * (1 - p) * (2 - p) * omega
    lag = (1 - beta) ** 2 / beta**2 * (L_A**2 + L_B**2)
    return lossy_up, lossy_down, moves, lag


lossy_up, lossy_down, moves_z, lag_z = parts(p, r, beta, n, omega, theta, omega_up)
M_squared = 2 * lossy_up * L_max**2 * moves_z + 4 * (lossy_down + lag_z)
short = theorem.given("short step", M_squared * step**2 + L * step <= 1)
f_0, N_0, Y_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "fNY")
D_0, P_0, R_0 = (theorem.scalar(f"{name}0", latex=f"{name}^{{0}}") for name in "DPR")
at_start = [theorem.given(f"{name.name} at the start", name.equals(0)) for name in (N_0, Y_0, D_0, P_0, R_0)]

# %% [markdown]
# ## Claims
# The mean of E ||grad f||^2 over the first T points; and a step that is short for n = s^3 agents and d >= n
# coordinates with PermK down (p = 1/n, omega = n - 1, theta = 0), Rand-k up with k = d/n (r = 1/n, omega' = n - 1),
# and beta = 1/s^2 = n^(-2/3). For d < n, k would be below 1. Claims 3 to 6: the parts of M^2, with these values put in,
# are those of the second claim.

# %%
s = theorem.parameter("s", at_least=1)
M_perm = 4 * s**2 * (L_max + L_B) + 3 * s**3 * L_A
simple = theorem.parameter("gamma*", above=0, at_most=1 / (L + M_perm), latex=r"\gamma^*")
agents = s**3
lossy_up_perm = (agents - 1) ** 2 / agents
lossy_down_perm = (agents - 1) ** 2 * L_A**2
moves_perm = 2 + (agents - 1) ** 2 / agents**2 * (2 + (2 * agents - 1) / s**2)
lag_perm = (s**2 - 1) ** 2 * (L_A**2 + L_B**2)
M_squared_perm = 2 * lossy_up_perm * L_max**2 * moves_perm + 4 * (lossy_down_perm + lag_perm)
put_in = parts(1 / agents, 1 / agents, 1 / s**2, agents, agents - 1, 0, agents - 1)
average = theorem.scalar("average")
small, allowed, *values = theorem.claim(
    average <= 2 * f_0 / (step * T),
    M_squared_perm * simple**2 + L * simple <= 1,
    *(part.equals(simpler) for part, simpler in zip(put_in, (lossy_up_perm, lossy_down_perm, moves_perm, lag_perm))),
)

# %% [markdown]
# ## Proof: the way down
# The copies' errors, as in `marina_p`.

# %%
kappa = L_A**2 * omega + L_B**2 * theta
D_tossed = theorem.combine(
    "D, coin tossed", D_next.equals(m * mean(square(left))), [D_after, (mean(square(left)), coin)]
)
D_expected = theorem.expect("D, expected", expectation(D_next).equals(expectation(m * mean(square(left)))), D_tossed)
P_tossed = theorem.combine("P, coin tossed", P_next.equals(m * spread(left)), [P_after, (spread(left), coin)])
P_expected = theorem.expect("P, expected", expectation(P_next).equals(expectation(m * spread(left))), P_tossed)
mean_unbiased = theorem.average("mean unbiased", mean(expectation(q)).equals(v), unbiased)
products = theorem.average("products", mean(inner(a, expectation(q))).equals(inner(mean(a), v)), unbiased, weight=a)
D_shrinks = theorem.combine(
    "D shrinks",
    expectation(D_next) <= (1 - p) * (D + omega * square(v)),
    [D_expected, apart, (1 - p, variance), (2 * (1 - p), products)],
    modulo=[D_now],
)
P_shrinks = theorem.combine(
    "P shrinks",
    expectation(P_next) <= (1 - p) * (P + kappa * square(v)),
    [
        P_expected,
        apart_spread,
        ((1 - p) * L_A**2, variance),
        (2 * (1 - p) * L_A**2, products),
        ((1 - p) * L_B**2, mean_variance),
        (2 * (1 - p) * L_B**2 * mean(a), mean_unbiased),
    ],
    modulo=[P_now],
)

# %% [markdown]
# ## Momentum
# z_i - x is, but for the move of x, a mean of what it was and of the copy's error: R shrinks by 1 - beta.

# %%
t = (1 - beta) / beta
away = b - (a_next - t * v)
R_path = theorem.combine(
    "R along a path",
    R_next <= (1 - beta) * R + 2 * beta * P_next + 2 * (1 - beta) ** 2 / beta * (L_A**2 + L_B**2) * square(v),
    [R_after, (-2 * beta, P_after)],
    squares=[(L_B**2 * beta * (1 - beta), mean(away)), (L_B**2 * beta, mean(a_next) + t * v)],
    mean_squares=[(L_A**2 * beta * (1 - beta), away), (L_A**2 * beta, a_next + t * v)],
    modulo=[R_now],
)
R_shrinks = theorem.expect(
    "R shrinks",
    expectation(R_next)
    <= expectation((1 - beta) * R + 2 * beta * P_next + 2 * (1 - beta) ** 2 / beta * (L_A**2 + L_B**2) * square(v)),
    R_path,
)

# %% [markdown]
# z_i moves by beta times what the copy moves, v - p a_i in expectation, and by a part 1 - beta of its last move.
# Large moves of a copy, when the coin brings it up to date, are rare: in expectation beta^2 stands before their
# squares.

# %%
same = theorem.average(
    "two views of the move",
    mean(inner(y_next + drift + beta * a_next, beta * (a - b))).equals(
        mean(inner(y_next + drift + beta * a_next, (1 - beta) * y))
    ),
    momentum,
    weight=y_next + drift + beta * a_next,
)
Y_path = theorem.combine(
    "Y along a path",
    Y_next.equals(mean(square(drift)) + 2 * beta * m * mean(inner(drift, left)) + beta**2 * D_next),
    [Y_after, same, (-(beta**2), D_after)],
)
Y_expected = theorem.expect(
    "Y, expected",
    expectation(Y_next).equals(
        mean(square(drift)) + 2 * beta * expectation(m * mean(inner(drift, left))) + beta**2 * expectation(D_next)
    ),
    Y_path,
)
drifts = theorem.average(
    "drifts", mean(inner(drift, expectation(q))).equals(inner(mean(drift), v)), unbiased, weight=drift
)
Y_shrinks = theorem.combine(
    "Y shrinks",
    expectation(Y_next)
    <= (1 - beta) * Y
    + (2 * beta + beta**2 * (1 - p) * omega) * square(v)
    + (2 * beta * p**2 + beta**2 * p * (1 - p)) * D,
    [Y_expected, (2 * beta, apart_drift), (2 * beta * (1 - p), drifts), (beta**2, D_shrinks)],
    mean_squares=[(beta * (1 - beta), y - v + p * a), (beta, v + p * a)],
    modulo=[D_now, Y_now],
)

# %% [markdown]
# ## The way up
# The error of g is erased by the other coin, or compression adds to it what the moves of the z_i are worth.

# %%
N_tossed = theorem.combine(
    "N, coin tossed", N_next.equals(m_up * square(missing)), [N_after, (square(missing), coin_up)]
)
N_expected = theorem.expect("N, expected", expectation(N_next).equals(expectation(m_up * square(missing))), N_tossed)
gradients = theorem.average("moves of gradients", mean(square(k_next - k)) <= mean(L_max**2 * square(y_next)), smooth_i)
gradients_Y = theorem.combine(
    "moves of gradients, by Y", mean(square(k_next - k)) <= L_max**2 * Y_next, [gradients, (-(L_max**2), Y_after)]
)
gradients_expected = theorem.expect(
    "moves of gradients, expected",
    expectation(mean(square(k_next - k))) <= expectation(L_max**2 * Y_next),
    gradients_Y,
)
N_shrinks = theorem.combine(
    "N shrinks",
    expectation(N_next) <= (1 - r) * (N + omega_up / n * L_max**2 * expectation(Y_next)),
    [
        N_expected,
        apart_up,
        (2 * (1 - r) * (g - mean(k)), unbiased_up),
        (1 - r, uncorrelated),
        ((1 - r) / n, variance_up),
        ((1 - r) * omega_up / n, gradients_expected),
    ],
    modulo=[N_now],
)

# %% [markdown]
# ## Together
# V has a multiple of each error such that all of them cancel in one step; what is left is -gamma/2 ||grad f||^2.

# %%
up = (1 - r) * omega_up / (r * n) * L_max**2
in_N, in_Y, in_R = step / r, step * up * (1 - beta) / beta, step / beta
in_D, in_P = step * up * (2 * p + beta * (1 - p)), 2 * step * (1 - p) / p
state = {N: in_N, Y: in_Y, D: in_D, P: in_P, R: in_R}
after = {f: f_next, N: N_next, Y: Y_next, D: D_next, P: P_next, R: R_next}
V = f + in_N * N + in_Y * Y + in_D * D + in_P * P + in_R * R
V_next = f_next + sum(weight * expectation(after[name]) for name, weight in state.items())
one_step = theorem.combine(
    "one step",
    V_next <= V - step / 2 * square(mean(h)),
    [
        smooth,
        (in_N, N_shrinks),
        (step * up / beta, Y_shrinks),
        (step * up * (2 * p + beta * (1 - p)), D_shrinks),
        (2 * step / p, P_shrinks),
        (in_R, R_shrinks),
        (step, functional),
        (step / 2 * square(g), short),
    ],
    squares=[(step / 2, g - 2 * mean(k) + mean(h))],
    modulo=[N_now, R_now],
)
now = [N_now, Y_now, D_now, P_now, R_now]
errors = theorem.positive(
    "errors",
    in_N * square(g - mean(k)) + in_Y * mean(square(y)) + in_D * mean(square(a)) + in_P * spread(a) + in_R * spread(b)
    >= 0,
)
start = theorem.combine("V at least zero", V >= 0, [bounded, errors], modulo=now)
names = {f: f_0, N: N_0, Y: Y_0, D: D_0, P: P_0, R: R_0}
total = theorem.telescope(
    "sum over time",
    step / 2 * average <= (f_0 + sum(weight * names[name] for name, weight in state.items())) / T,
    Telescoped(one_step, V, after, step / 2, square(mean(h)), start, average, names, T),
)
exact = theorem.combine("from an exact start", step / 2 * average <= f_0 / T, [total], modulo=at_start)
theorem.qed(
    theorem.cancel("small gradients", small, exact, step / 2),
    theorem.positive("step with PermK and Rand-k", allowed),
    *map(theorem.identity, ("lossy up", "lossy down", "moves of z", "lag of z"), values),
)

# %%
theorem.survivors = {
    "the lower bound of gamma* not strict": "a step of zero is short, too",
    "step '*', weight: the whole times -1": "an equation says the same with either sign",
    "claim 2: *": "4 and 3 are simple, not exact, and x^2 + y <= 1 where x + y <= 1 has room",
}

# %%
# An example: both coins are fair and independent of the messages, whose errors have the same size in all four
# outcomes.
# The next step goes on from there, with exact messages and gradients that stay.
exact = {m: [0, 0, 1, 1], m_up: [0, 1, 1, 0], q: -step * new.v, c: 0 * k}
zero, unit, signs = [[0, 0], [0, 0]], Fraction(1, 20), (1, -1, 1, -1)
moves = [[unit * x for x in move] for move in ((1, 0), (0, 1), (-1, 0), (0, -1))]
ends = [[2, 1], [0, -1]]
theorem.example(
    later={a: a_next, b: b_next, y: y_next, g: new.v, h: k_next, k: k_next, k_next: k_next, **exact},
    outcomes=4,
    values={
        **{p: Fraction(1, 2), r: Fraction(1, 2), beta: Fraction(1, 2), step: Fraction(1, 10), n: 2, L_max: 2},
        **{a: zero, b: zero, y: zero, g: [1, 0], k: ends, m: exact[m], m_up: exact[m_up]},
        q: [[[-2 * unit, 4 * sign * unit] for sign in signs], [[(4 * sign - 2) * unit, 0] for sign in signs]],
        k_next: [[[x + z for x, z in zip(end, move)] for move in moves] for end in ends],
        c: [
            [[move[0] + sign * unit / 2, move[1]] for move, sign in zip(moves, signs)],
            [[move[0], move[1] + sign * unit / 2] for move, sign in zip(moves, signs)],
        ],
    },
)

# %%
if __name__ == "__main__":
    theorem.print_lesson()
