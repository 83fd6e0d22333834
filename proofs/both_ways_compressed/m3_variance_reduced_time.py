# %% [markdown]
# # What M3 without momentum, with teams and variance reduction, takes in seconds
#
# As `m3_minibatch_time`, but the samples are those of all n agents: B need only be 4 S/n, and it is drawn with
# probability r = sqrt(Q/n) only. So t is long enough for the noise from h r S/n on, where `m3_minibatch_time` asks for
# h S/Q. What else is drawn are b samples at two models, b L_max^2 >= L_s^2. The bound of `m3_variance_reduced` is at
# most eps after a time in proportion to t L_max Delta/eps + D L_A Delta/eps.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "m3_variance_reduced_time",
    "The rounds that `m3_variance_reduced` asks for, times the seconds of a round, are at most "
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
L_s = theorem.parameter("L_s", latex="L_s")
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## The method
# b and B samples and T rounds are whole numbers in their ranges. In a round the whole vector goes down with probability
# 1/Q, and else a part 1/Q of it; up with probability r, and else a part r.

# %%
b, B = theorem.parameter("b", above=0), theorem.parameter("B", above=0)
scale = 4 * L_max + 2 * Q * L_A
T = theorem.parameter("T", at_least=4 * Delta * scale / eps, at_most=4 * Delta * scale / eps + 1)
step, D = 1 / scale, Q * t
each_round = h * (2 * b + r * B) + (1 / Q * D + (1 - 1 / Q) * (D / Q)) + (r * D + (1 - r) * (r * D))

# %% [markdown]
# ## Hypotheses
# There are enough samples, and t is long enough for them and for the way up.

# %%
part = theorem.given("part", (r**2 * n).equals(Q))
samples = theorem.given("samples", 4 * S <= n * B)
changes = theorem.given("samples of changes", L_s**2 <= b * L_max**2)
time_own = theorem.given("time for samples", h * (2 * b + r * B) <= t)
time_up = theorem.given("time for the way up", r * D <= t)

# %% [markdown]
# ## Claims
# 1. The step is short. 2. The bound from an exact start is at most eps. 3. The time.

# %%
U = (1 - r) * ((1 - r) * L_max**2 + L_s**2 / b) / (r**2 * n)
M_squared = 2 * U * (2 * Q - 3 + 2 / Q) + 2 * (Q - 1) ** 2 * L_A**2
claims = {
    "short step": M_squared * step**2 + L * step <= 1,
    "accurate": 2 * Delta / (step * T) + 2 * S * eps / (n * B) <= eps,
    "time": T * each_round <= 40 * Delta / eps * (2 * t * L_max + D * L_A) + 5 * t,
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof
# U is at most 2 L_max^2/Q, and 2 Q - 3 + 2/Q at most 2 Q.

# %%
missing = theorem.positive(
    "what is missing", (2 * L_max**2 - (1 - r) * ((1 - r) * L_max**2 + L_max**2)) / (r**2 * n) >= 0
)
lossy = theorem.combine(
    "U at most 2 L_max^2/Q",
    U <= 2 * L_max**2 / Q,
    [missing, ((1 - r) / (b * r**2 * n), changes), (-2 * L_max**2 / (Q * r**2 * n), part)],
)
moves = 2 * Q - 3 + 2 / Q
room = theorem.positive("room", (4 * L_max**2 * moves / Q + 2 * (Q - 1) ** 2 * L_A**2 + L * scale) / scale**2 <= 1)
theorem.combine("short step", claims["short step"], [(2 * moves / scale**2, lossy), room])
start = theorem.positive("start", 2 * Delta / (step * T) <= eps / 2)
theorem.combine("accurate", claims["accurate"], [start, (eps / (2 * n * B), samples)])
down = theorem.positive("way down", 1 / Q * D + (1 - 1 / Q) * (D / Q) <= 2 * t)
up = theorem.positive("way up", (1 - r) * (r * D) <= r * D)
one_round = theorem.combine("seconds of a round", each_round <= 5 * t, [time_own, down, up, (2, time_up)])
rounds = theorem.positive("T at most", T <= 4 * Delta * scale / eps + 1)
theorem.combine("time", claims["time"], [(T, one_round), (5 * t, rounds)])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of h dropped": "times are not negative; the proof does not need it",
    "the lower bound of S dropped": "a variance is not negative; the proof does not need it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
