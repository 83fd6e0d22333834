"""The numbers that theorems ask for, once each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from eftheory.algebra.rounding import sqrt_above
from eftheory.theory.calculators.instance import Values
from eftheory.theory.calculators.quantity import Given, MissingNumberError, Quantity
from eftheory.theory.known import Agents

BITS = 128
"""Of the roots that are rounded."""
LEAST = Fraction(1, 2**40)
"""A contraction that is zero is taken to be this where a theorem asks for a positive one."""

CURVATURE = "unit of f over unit of x squared"
PSI = "E of f - f* and a multiple of the error of the estimates"
GRADIENT = "E ||grad f(x)||^2 at x drawn evenly from the first T points"


def of_one(name: str) -> Callable[[Agents], Fraction | None]:
    """What reads that constant of a single agent; none if it is zero."""

    def of_agents(agents: Agents) -> Fraction | None:
        if sum(agent.count for agent in agents) > 1:
            raise MissingNumberError("it is about one agent: with several the method may diverge (dcgd_diverges)")
        return getattr(agents[0], name) or None

    return of_agents


def _mean(agents: Agents, name: str, power: int = 1) -> Fraction:
    total = sum(agent.count for agent in agents)
    return sum((agent.count * getattr(agent, name) ** power for agent in agents), Fraction(0)) / total


L = Quantity(
    "L", "smoothness constant of f, the mean of the f_i", CURVATURE, above=0, of_agents=lambda them: _mean(them, "L")
)
L_TILDE = Quantity(
    "L_tilde",
    "root of the mean of the squares of the L_i, the smoothness constants of the f_i",
    CURVATURE,
    above=0,
    of_agents=lambda them: sqrt_above(_mean(them, "L", 2), bits=BITS),
)
L_MEAN = Quantity(
    "L_mean", "mean of the L_i, the smoothness constants of the f_i", CURVATURE, above=0, of_agents=L.of_agents
)
L_MAX = Quantity(
    "L_max",
    "smoothness constant of every f_i",
    CURVATURE,
    above=0,
    of_agents=lambda them: max(agent.L for agent in them),
)
MU = Quantity(
    "mu",
    "constant of the PL inequality, f - f* <= ||grad f||^2 / (2 mu)",
    CURVATURE,
    above=0,
    of_agents=lambda them: _mean(them, "mu") or None,
    without="theorems that need none: eftheory rate --list",
)
CONVEXITY = MU.but(meaning="strong convexity constant of every f_i")
ALPHA = Quantity("alpha", "contraction of the compressors; k/d for Top-k", above=0, at_most=1)
ALPHA_BELOW_ONE = ALPHA.but(at_most=None, below=1)
P = Quantity("p", "probability that an agent takes part in a round", above=0, at_most=1)
P_FULL = P.but(meaning="probability that all is sent in a round")
SIGMA = Quantity(
    "sigma", "standard deviation of the gradient of one sample, of every f_i", "unit of f over unit of x", at_least=0
)
BATCH = Quantity("batch", "samples of a minibatch", at_least=1, default=1, whole=True)
N = Quantity(
    "n", "number of agents", at_least=1, whole=True, of_agents=lambda them: Fraction(sum(agent.count for agent in them))
)
OMEGA = Quantity("omega", "variance of a message over the square of what is sent; d/k - 1 for Rand-k", at_least=0)
DELTA = Quantity("delta", "f(x0) - inf f", "unit of f", above=0, default=1)
G0 = Quantity(
    "G0",
    "mean of ||g_i - grad f_i(x0)||^2 over the agents' first estimates g_i",
    "unit of f squared over unit of x squared",
    at_least=0,
    default=0,
)
D = Quantity("d", "number of coordinates", at_least=1, whole=True, may_be_missing=True)
K = Quantity("k", "coordinates of a message, as of Top-k or Rand-k", at_least=1, whole=True, may_be_missing=True)
T = Quantity("T", "number of steps at which the bound is wanted", at_least=1, whole=True, may_be_missing=True)
ACCURACY = Quantity(
    "accuracy", "of the bound", "unit of f squared over unit of x squared", above=0, default=Fraction(1, 10**6)
)
RELATIVE = Quantity("accuracy", "of the measure, relative to the start", above=0, default=Fraction(1, 10**6))


def cube_root(limit: Fraction) -> int:
    """The largest whole number of which the cube is at most the limit, at least 1, found by halving.

    >>> cube_root(Fraction(26)), cube_root(Fraction(27))
    (2, 3)
    """
    low, high = 1, int(limit) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**3 <= limit else (low, middle)
    return low


def share_sent(given: Given) -> Fraction | None:
    """k/d, if both are given."""
    return given["k"] / given["d"] if "k" in given and "d" in given else None


def contraction(alpha: Fraction) -> Fraction:
    """The s with alpha = 1 - s^2, or hardly more: then the compressor is taken to be a little worse than it is.

    >>> contraction(Fraction(3, 4))
    Fraction(1, 2)
    """
    return sqrt_above(1 - alpha, bits=BITS + alpha.denominator.bit_length())


def spread(given: Given) -> Values:
    """Values of symbols for agents whose L_i enter by the mean of their squares: as if all had its root."""
    L_tilde = given["L_tilde"]
    return {"s": contraction(given["alpha"]), "L": given["L"], "Ltilde": L_tilde, "L_i": (L_tilde,)}


def noisy(values: Values) -> Values:
    """The values with q in place of s: s = q^2."""
    s = values["s"]
    q = max(sqrt_above(s, bits=BITS + int(1 / (1 - s)).bit_length()), LEAST)  # below 1, as s is
    return {**{name: value for name, value in values.items() if name != "s"}, "q": q}


def synchronised(given: Given, p: Fraction, sent: Fraction) -> Fraction:
    """Coordinates sent if with probability p all are."""
    return p * given["d"] + (1 - p) * sent


def variance(sigma: Fraction, given: Given) -> Fraction:
    """The variance of the gradient of a minibatch, from the deviation of one sample."""
    return sigma**2 / given["batch"]


_OF_K = {"usually": "k/d where --d and --k are given", "sometimes": True}
SPARSE_ALPHA = ALPHA.but(default=share_sent, **_OF_K)
"""Of Top-k, if both are given."""
SPARSE_FULL = P_FULL.but(default=share_sent, **_OF_K)
SPARSE_OMEGA = OMEGA.but(
    meaning="variance of a message over the square of what is sent",
    default=lambda given: 1 / share - 1 if (share := share_sent(given)) else None,
    usually="d/k - 1, as of Rand-k, where --d and --k are given",
    sometimes=True,
)
