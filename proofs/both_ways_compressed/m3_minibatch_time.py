# %% [markdown]
# # What M3 without momentum, with teams and minibatches, takes in seconds
#
# As `marina_p_repeated_time`, with different functions f_i: a sample of a gradient takes h seconds, and a whole vector
# D, up or down; each round is to take about t, which allows teams of Q = D/t agents, Q^3 <= n. S is sigma^2/eps. Up,
# agents send a part r = sqrt(Q/n) of the coordinates. If t is long enough for B samples and that part, the bound of
# `m3_minibatch` is at most eps after a time in proportion to t L_max Delta/eps + D L_A Delta/eps.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "m3_minibatch_time",
    "The rounds that `m3_minibatch` asks for, times the seconds of a round, are at most "
    "40 (2 t L_max + D L_A) Delta/eps + 5 t",
)

Q = theorem.parameter("Q", at_least=1)
t = theorem.parameter("t", at_least=0)
r = theorem.parameter("r", above=0, at_most=1)
n = theorem.parameter("n", at_least=Q)
h = theorem.parameter("h", at_least=0)
S = theorem.parameter("S", at_least=0)
L_max = theorem.parameter("L_max", above=0, latex=r"L_{\max}")
L = theorem.parameter("L", at_most=L_max)
L_A = theorem.parameter("L_A", at_least=0, latex="L_A")
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## The method
# B samples and T rounds are whole numbers in their ranges. In a round the whole vector goes down with probability 1/Q,
# and else a part 1/Q of it; up with probability r, and else a part r.

# %%
B = theorem.parameter("B", above=0)
scale = 4 * L_max + 2 * Q * L_A
T = theorem.parameter("T", at_least=4 * Delta * scale / eps, at_most=4 * Delta * scale / eps + 1)
step, D = 1 / scale, Q * t
each_round = h * B + (1 / Q * D + (1 - 1 / Q) * (D / Q)) + (r * D + (1 - r) * (r * D))

# %% [markdown]
# ## Hypotheses
# There are enough samples, and t is long enough for them and for the way up.

# %%
part = theorem.given("part", (r**2 * n).equals(Q))
samples = theorem.given("samples", 24 * S <= Q * B)
time_own = theorem.given("time for samples", h * B <= t)
time_up = theorem.given("time for the way up", r * D <= t)

# %% [markdown]
# ## Claims
# 1. The step is short. 2. The bound from an exact start is at most eps. 3. The time.

# %%
u = (1 - r) ** 2 / (r**2 * n)
M_squared = 6 * u * L_max**2 * (2 * Q - 3 + 2 / Q) + 3 * (Q - 1) ** 2 * L_A**2
claims = {
    "short step": M_squared * step**2 + L * step <= 1,
    "accurate": 2 * Delta / (step * T) + 3 * S * eps / (n * B) + 9 * u * S * eps / B <= eps,
    "time": T * each_round <= 40 * Delta / eps * (2 * t * L_max + D * L_A) + 5 * t,
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# u is at most 1/Q, and 2 Q - 3 + 2/Q at most 2 Q.

# %%
missing = theorem.positive("what is missing", (1 - (1 - r) ** 2) / (r**2 * n) >= 0)
lossy = theorem.combine("u at most 1/Q", u <= 1 / Q, [missing, (-1 / (Q * r**2 * n), part)])
moves = 2 * Q - 3 + 2 / Q
room = theorem.positive("room", (6 / Q * L_max**2 * moves + 3 * (Q - 1) ** 2 * L_A**2 + L * scale) / scale**2 <= 1)
theorem.combine("short step", claims["short step"], [(6 * L_max**2 * moves / scale**2, lossy), room])
start = theorem.positive("start", 2 * Delta / (step * T) <= eps / 2)
fewer = theorem.positive("1/n at most 1/Q", 1 / n <= 1 / Q)
theorem.combine(
    "accurate",
    claims["accurate"],
    [start, (3 * S * eps / B, fewer), (9 * S * eps / B, lossy), (eps / (2 * Q * B), samples)],
)
down = theorem.positive("way down", 1 / Q * D + (1 - 1 / Q) * (D / Q) <= 2 * t)
up = theorem.positive("way up", (1 - r) * (r * D) <= r * D)
one_round = theorem.combine("seconds of a round", each_round <= 5 * t, [time_own, down, up, (2, time_up)])
rounds = theorem.positive("T at most", T <= 4 * Delta * scale / eps + 1)
theorem.combine("time", claims["time"], [(T, one_round), (5 * t, rounds)])
theorem.qed(*claims)

# %%
theorem.survivors = {"the lower bound of h dropped": "times are not negative; the proof does not need it"}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
