# %% [markdown]
# # What MARINA-P with repeated messages takes in seconds
#
# A sample of the gradient takes h seconds, a message up tau, and the whole model down D; each round is to take about t,
# which allows teams of Q = D/t agents. S is sigma^2/eps. If t is long enough for J messages and B samples as below, the
# bound of `marina_p_repeated` is at most eps after a time in proportion to t L Delta/eps + D L_A Delta/eps: what stands
# with L_A alone does not get less with more agents, and t does.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "marina_p_repeated_time",
    "The rounds that `marina_p_repeated` asks for, times the seconds of a round, are at most "
    "32 (2 t L + D L_A) Delta/eps + 4 t",
)

Q = theorem.parameter("Q", at_least=1)
t = theorem.parameter("t", at_least=0)
n = theorem.parameter("n", above=0)
h = theorem.parameter("h", at_least=0)
tau = theorem.parameter("tau", at_least=0, latex=r"\tau")
omega = theorem.parameter("omega", at_least=0, latex=r"\omega")
S = theorem.parameter("S", at_least=0)
L = theorem.parameter("L", above=0)
L_A = theorem.parameter("L_A", at_least=0, latex="L_A")
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## The method
# J messages, B samples and T rounds are whole numbers in their ranges. In a round the whole model is sent with
# probability 1/Q, and else a part 1/Q of it.

# %%
J = theorem.parameter("J", above=0)
B = theorem.parameter("B", above=0)
scale = 2 * L + Q * L_A
T = theorem.parameter("T", at_least=8 * Delta * scale / eps, at_most=8 * Delta * scale / eps + 1)
step, D = 1 / scale, Q * t
each_round = h * B + tau * J + (1 / Q * D + (1 - 1 / Q) * (D / Q))

# %% [markdown]
# ## Hypotheses
# There are enough messages and samples, and t is long enough for both.

# %%
messages = theorem.given("messages", 4 * Q**2 * omega <= n * J)
samples = theorem.given("samples", 8 * S <= n * B)
both = theorem.given("both", 8 * omega * S <= n * J * B)
time_up = theorem.given("time for messages", tau * J <= t)
time_own = theorem.given("time for samples", h * B <= t)

# %% [markdown]
# ## Claims
# 1. The step is short. 2. omega is in its range, as 1 - 2 a, which divides the bound, is at least 1/2. 3. The bound is
# at most eps. 4. The time.

# %%
a = omega / (J * n)
C = L_A**2 + 2 * a * L**2
factor = (Q - 1) ** 2 * C * step**2 + L * step
N = (1 + omega / J) * S * eps / (B * n)
claims = {
    "short step": factor <= 1,
    "range of omega": 2 * a <= 1 / (2 * Q**2),
    "accurate": 2 * Delta / (step * T) + factor * N <= eps * (1 - 2 * a),
    "time": T * each_round <= 32 * Delta / eps * (2 * t * L + D * L_A) + 4 * t,
}
theorem.claim(*claims.values())

# %% [markdown]
# ## Proof

# %%
theorem.combine("range of omega", claims["range of omega"], [(1 / (2 * Q**2 * n * J), messages)])
part = theorem.positive("a part of L^2", (Q - 1) ** 2 / (2 * Q**2) <= 1)
room = theorem.positive("room", ((Q - 1) ** 2 * L_A**2 + L**2 + L * scale) / scale**2 <= 1)
theorem.combine(
    "short step",
    claims["short step"],
    [((Q - 1) ** 2 * L**2 / scale**2, "range of omega"), (L**2 / scale**2, part), room],
)
start = theorem.positive("start", 2 * Delta / (step * T) <= eps / 4)
half = theorem.positive("half", 1 / Q**2 <= 1)
theorem.combine(
    "accurate",
    claims["accurate"],
    [
        start,
        (eps / (8 * n * B), samples),
        (eps / (8 * n * J * B), both),
        (N, "short step"),
        (eps, "range of omega"),
        (eps / 2, half),
    ],
)
down = theorem.positive("way down", 1 / Q * D + (1 - 1 / Q) * (D / Q) <= 2 * t)
one_round = theorem.combine("seconds of a round", each_round <= 4 * t, [time_up, time_own, down])
rounds = theorem.positive("T at most", T <= 8 * Delta * scale / eps + 1)
theorem.combine("time", claims["time"], [(T, one_round), (4 * t, rounds)])
theorem.qed(*claims)

# %%
theorem.survivors = {
    "the lower bound of h dropped": "times are not negative; the proof does not need it",
    "the lower bound of tau dropped": "times are not negative; the proof does not need it",
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
