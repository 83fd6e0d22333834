# %% [markdown]
# # Where M3 with teams and minibatches is faster than a lower bound for all smooth functions, at equal speeds both ways
#
# As `marina_p_repeated_beats`, for functions that differ: a coordinate takes kappa seconds up as well as down, and the
# lower bound, cited from its source and not proved here, is up to constants and powers of log n
#
# (L Delta/eps) min{kappa d + h + h S/n, h + h S}.
#
# Where the functional inequality holds with Q L_A <= L for teams of Q agents, Q^3 <= n, and no f_i is much less smooth
# than their mean, the time of `m3_minibatch_time` is below 1/K of that value for any K, if teams are large enough for
# it and there is much noise. The noise falls with Q only, not with n: much of it makes rounds long, which is why Q must
# be larger than in `marina_p_repeated_beats`. The method is a reconstruction of ours, and nothing is claimed of the one
# in whose place it stands.

# %%
from eftheory.proofkit import Theorem

theorem = Theorem(
    "m3_minibatch_beats",
    "At equal speeds both ways, a formula for the time of M3 with teams and minibatches is below 1/K of a lower "
    "bound's formula",
    source="own; the lower bound's formula is cited from [Tyurin2025]",
)

K = theorem.parameter("K", above=0)
Q = theorem.parameter("Q", at_least=1)
t = theorem.parameter("t", at_least=0)
r = theorem.parameter("r", above=0, at_most=1)
n = theorem.parameter("n", at_least=Q)
h = theorem.parameter("h", at_least=0)
kappa = theorem.parameter("kappa", at_least=0, latex=r"\kappa")
d = theorem.parameter("d", at_least=1)
S = theorem.parameter("S", at_least=0)
L_max = theorem.parameter("L_max", above=0, latex=r"L_{\max}")
L = theorem.parameter("L", above=0, at_most=L_max)
L_A = theorem.parameter("L_A", at_least=0, latex="L_A")
Delta = theorem.parameter("Delta", above=0, latex=r"\Delta")
eps = theorem.parameter("eps", above=0, latex=r"\varepsilon")

# %% [markdown]
# ## The method
# Of `m3_minibatch_time`: B samples and T rounds are whole numbers in their ranges, and a model or a gradient takes Q t
# seconds on its way.

# %%
B = theorem.parameter("B", above=0)
scale = 4 * L_max + 2 * Q * L_A
T = theorem.parameter("T", at_least=4 * Delta * scale / eps, at_most=4 * Delta * scale / eps + 1)
D = Q * t
time = T * (h * B + (1 / Q * D + (1 - 1 / Q) * (D / Q)) + (r * D + (1 - r) * (r * D)))


# %% [markdown]
# ## Hypotheses
# The first four are those of `m3_minibatch_time`, then the regime.


# %%
def regime(Q, t, r, n, h, kappa, d, S, B, L_max, L_A, eps):
    """The hypotheses."""
    return {
        "part": (r**2 * n).equals(Q),
        "samples": 24 * S <= Q * B,
        "time for samples": h * B <= t,
        "time for the way up": r * (Q * t) <= t,
        "way down": kappa * d >= Q * t,
        "large teams": Q >= 205 * K,
        "much noise": h * S >= 205 * K * t,
        "similar gradients": Q * L_A <= L,
        "equally smooth": L_max <= 2 * L,
        "not trivial": eps <= L * Delta,
    }


hypotheses = regime(Q, t, r, n, h, kappa, d, S, B, L_max, L_A, eps)
givens = {name: theorem.given(name, relation) for name, relation in hypotheses.items()}

# %% [markdown]
# ## Claims
# K times the time is at most each of the two terms of the minimum; that the bound is at most eps then is said by
# `m3_minibatch_time`. And the regime is not empty for any K, h, L and Delta: the other claims are its hypotheses at the
# point Q = 4920 (1 + K), n = Q^3, r = 1/Q, d = Q^2, kappa = h/Q, t = h, B = 1, S = Q/24, L_max = L, L_A = L/(2 Q), eps
# = L Delta/2.

# %%
X = L * Delta / eps
q = 4920 * (1 + K)
point = regime(q, h, 1 / q, q**3, h, h / q, q**2, q / 24, 1, L, L / (2 * q), L * Delta / 2)
first, second, *_ = theorem.claim(
    K * time <= X * (kappa * d + h + h * S / n),
    K * time <= X * (h + h * S),
    *point.values(),
)

# %% [markdown]
# ## Proof
# The seconds are at most 40 (2 t L_max + Q t L_A) Delta/eps + 5 t, hence 205 t X.

# %%
seconds = theorem.lemma(
    "seconds",
    time <= 40 * Delta / eps * (2 * t * L_max + D * L_A) + 5 * t,
    "m3_minibatch_time",
    {},
    given=[givens[name] for name in ("part", "samples", "time for samples", "time for the way up")],
)
simple = theorem.combine(
    "simpler",
    K * time <= 205 * K * t * X,
    [
        (K, seconds),
        (80 * K * t * Delta / eps, givens["equally smooth"]),
        (40 * K * t * Delta / eps, givens["similar gradients"]),
        (5 * K * t / eps, givens["not trivial"]),
    ],
)
more = theorem.positive("a sample", X * (h + h * S / n) >= 0)
sample = theorem.positive("one more", X * h >= 0)
same = theorem.identity("part, at the point", point["part"])
theorem.qed(
    theorem.combine("below the first", first, [simple, (X * t, givens["large teams"]), (X, givens["way down"]), more]),
    theorem.combine("below the second", second, [simple, (X, givens["much noise"]), sample]),
    same,
    *(theorem.positive(f"{name}, at the point", relation) for name, relation in point.items() if name != "part"),
)

# %%
theorem.survivors = {
    "the lower bound of K not strict": "for K = 0 nothing is said of the time",
    "the lower bound of kappa dropped": "times are not negative; the proof does not need it",
    "the lower bound of d dropped": "kappa d is all that is said of them",
    "the lower bound of L not strict": "the task would not be possible, as eps <= L Delta",
    **{f"claim {j}: *": "a point of the regime, with room" for j in range(3, 13)},
}

# %%
if __name__ == "__main__":
    theorem.print_lesson()
