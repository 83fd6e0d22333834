# %% [markdown]
# # Where repeated messages and teams are faster than a lower bound for all smooth functions, at equal speeds both ways
#
# As `minibatch_marina_p_beats`, for one function of which all agents draw samples, and without a fast way up: a
# coordinate takes kappa seconds up as well as down. The lower bound, cited from its source and not proved here, is up
# to constants and powers of log n
#
# (L Delta/eps) min{kappa d + h + h S/n, h + h S}: variance and way down do not both shrink with n.
#
# It is for functions of which only the mean is assumed to be smooth. Where the functional inequality holds with
# Q L_A <= L for teams of Q agents, the time of `marina_p_repeated_time` is below 1/K of that value for any K, if teams
# are large enough for it and there is much noise. The method is a reconstruction of ours, and nothing is claimed of the
# one in whose place it stands.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "marina_p_repeated_beats",
    "At equal speeds both ways, a formula for the time of MARINA-P with repeated messages is below 1/K of a lower "
    "bound's formula",
    source="own; the lower bound's formula is cited from [Tyurin2025]",
)

K = theorem.parameter("K", above=0)
Q = theorem.parameter("Q", at_least=1)
t = theorem.parameter("t", at_least=0)
n = theorem.parameter("n", above=0)
h = theorem.parameter("h", at_least=0)
kappa = theorem.parameter("kappa", at_least=0, latex=r"\kappa")
d = theorem.parameter("d", at_least=1)
S = theorem.parameter("S", at_least=0)
L = theorem.parameter("L", above=0)
L_A = theorem.parameter("L_A", at_least=0, latex="L_A")
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## The method
# Of `marina_p_repeated_time`, with Rand-1 up: a message is one coordinate and takes kappa seconds, its variance is
# omega = d - 1. J messages, B samples and T rounds are whole numbers in their ranges.

# %%
J = theorem.parameter("J", above=0)
B = theorem.parameter("B", above=0)
scale = 2 * L + Q * L_A
T = theorem.parameter("T", at_least=8 * Delta * scale / eps, at_most=8 * Delta * scale / eps + 1)
D = Q * t
time = T * (h * B + kappa * J + (1 / Q * D + (1 - 1 / Q) * (D / Q)))


# %% [markdown]
# ## Hypotheses
# The first five are those of `marina_p_repeated_time`. The regime: a model takes Q t seconds down, teams are large,
# there is much noise, gradients of copies differ by little on average, and the task is not trivial.


# %%
def regime(Q, t, n, h, kappa, d, S, J, B, L_A, eps):
    """The hypotheses."""
    return {
        "messages": 4 * Q**2 * (d - 1) <= n * J,
        "samples": 8 * S <= n * B,
        "both": 8 * (d - 1) * S <= n * J * B,
        "time for messages": kappa * J <= t,
        "time for samples": h * B <= t,
        "way down": kappa * d >= Q * t,
        "large teams": Q >= 100 * K,
        "much noise": h * S >= 100 * K * t,
        "similar gradients": Q * L_A <= L,
        "not trivial": eps <= L * Delta,
    }


hypotheses = regime(Q, t, n, h, kappa, d, S, J, B, L_A, eps)
givens = {name: theorem.given(name, relation) for name, relation in hypotheses.items()}

# %% [markdown]
# ## Claims
# K times the time is at most each of the two terms of the minimum; that the bound is at most eps then is said by
# `marina_p_repeated_time`. And the regime is not empty for any K, h, L and Delta: the other claims are its hypotheses
# at the point Q = 100 (1 + K), n = 4 Q^3, d = Q^2, kappa = h/Q, t = h, J = Q, B = 1, S = Q^2/2, L_A = L/(2 Q), eps =
# L Delta/2.

# %%
X = L * Delta / eps
q = 100 * (1 + K)
point = regime(q, h, 4 * q**3, h, h / q, q**2, q**2 / 2, q, 1, L / (2 * q), L * Delta / 2)
first, second, *_ = theorem.claim(
    K * time <= X * (kappa * d + h + h * S / n),
    K * time <= X * (h + h * S),
    *point.values(),
)

# %% [markdown]
# ## Proof
# The seconds are at most 32 (2 t L + Q t L_A) Delta/eps + 4 t, hence 100 t X.

# %%
seconds = theorem.lemma(
    "seconds",
    time <= 32 * Delta / eps * (2 * t * L + D * L_A) + 4 * t,
    "marina_p_repeated_time",
    {"tau": kappa, "omega": d - 1},
    given=[givens[name] for name in ("messages", "samples", "both", "time for messages", "time for samples")],
)
simple = theorem.combine(
    "simpler",
    K * time <= 100 * K * t * X,
    [
        (K, seconds),
        (32 * K * t * Delta / eps, givens["similar gradients"]),
        (4 * K * t / eps, givens["not trivial"]),
    ],
)
more = theorem.positive("a sample", X * (h + h * S / n) >= 0)
sample = theorem.positive("one more", X * h >= 0)
theorem.qed(
    theorem.combine("below the first", first, [simple, (X * t, givens["large teams"]), (X, givens["way down"]), more]),
    theorem.combine("below the second", second, [simple, (X, givens["much noise"]), sample]),
    *(theorem.positive(f"{name}, at the point", relation) for name, relation in point.items()),
)

# %%
theorem.survivors = {
    "the lower bound of K not strict": "for K = 0 nothing is said of the time",
    **{f"claim {j}: *": "a point of the regime, with room" for j in range(3, 13)},
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
