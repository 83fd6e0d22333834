"""MARINA-P and M3 with minibatches, where the server deals out its moves in teams of agents."""

from __future__ import annotations

from fractions import Fraction

from eftheory.algebra.rounding import sqrt_above
from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.families import mean_over_time
from eftheory.theory.calculators.instance import Values
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.classes import VARIANCE


def _team(given: Given) -> Fraction:
    return Fraction(of.cube_root(given["n"]))


def _part(given: Given) -> Fraction:
    """sqrt(Q/n), but short."""
    return min(sqrt_above(given["team"] / given["n"], bits=16), Fraction(1))


_TEAM = Quantity(
    "team",
    "agents of a team, to whom PermK deals out a move of the model",
    at_least=1,
    whole=True,
    default=_team,
    usually="the largest with team^3 <= n",
)
_L_A = Quantity(
    "L_A", "constant of the functional inequality for displacements with mean zero", of.CURVATURE, at_least=0
)

_REPEATS = Quantity(
    "repeats", "independent messages that an agent sends up in a step", at_least=1, whole=True, default=1
)
_MODELS = of.G0.but(name="P0", meaning="mean ||w_i - x0||^2 of the agents' first models w_i", unit="unit of x squared")
_FULL_UP = of.P_FULL.but(
    name="r",
    meaning="probability that all is sent up, and the part of the coordinates that is sent else",
    default=_part,
    usually="sqrt(team/n)",
)
_L_SAMPLE = Quantity(
    "L_sample",
    "root of the mean over samples of the squared smoothness constants of the samples' functions, for every agent",
    of.CURVATURE,
    at_least=0,
)
_SAMPLES = (
    of.BATCH.but(meaning="samples of a minibatch that is sent in full"),
    of.BATCH.but(name="changes", meaning="samples of a change of gradients"),
)
_EXACT = "without momentum; at the start agents know x0 and the server the exact gradients"
_OMEGA_UP = of.SPARSE_OMEGA.but(name="omega", meaning="variance of a message up over the square of what is sent")


def _down(given: Given) -> Fraction:
    return of.synchronised(given, 1 / given["team"], given["d"] / given["team"])


def _both_ways(given: Given) -> tuple[Fraction, Fraction]:
    return of.synchronised(given, given["r"], given["r"] * given["d"]), _down(given)


def _repeated(given: Given) -> Values:
    named = {name: given[name] for name in ("n", "omega", "sigma", "L", "L_A")}
    return {**named, "Q": given["team"], "J": given["repeats"], "B": given["batch"]}


def _m3(given: Given) -> Values:
    named = {name: given[name] for name in ("r", "n", "sigma", "L", "L_max", "L_A")}
    return {**named, "Q": given["team"], "B": given["batch"], **dict.fromkeys(("N0", "D0", "X0", "Y0"), Fraction(0))}


def _reduced(given: Given) -> Values:
    named = {name: given[name] for name in ("r", "n", "sigma", "L", "L_max", "L_A")}
    values = {**named, "Q": given["team"], "b": given["changes"], "B": given["batch"], "L_s": given["L_sample"]}
    return {**values, **dict.fromkeys(("N0", "D0"), Fraction(0))}


CALCULATORS = (
    mean_over_time(
        "marina_p_repeated",
        (of.D, of.K, of.N, of.L, _L_A, _TEAM, _OMEGA_UP, _REPEATS, of.SIGMA, of.BATCH),
        _repeated,
        {"f0": of.DELTA, "P0": _MODELS},
        noise=VARIANCE,
        sends=lambda given: (given["repeats"] * given["k"], _down(given)) if "k" in given else None,
        only_if="all agents have the same function, of which they draw samples",
    ),
    mean_over_time(
        "m3_minibatch",
        (of.D, of.N, of.L, of.L_MAX, _L_A, _TEAM, _FULL_UP, of.SIGMA, of.BATCH),
        _m3,
        {"f0": of.DELTA},
        noise=VARIANCE,
        sends=_both_ways,
        notes=(_EXACT,),
    ),
    mean_over_time(
        "m3_variance_reduced",
        (of.D, of.N, of.L, of.L_MAX, _L_A, _L_SAMPLE, _TEAM, _FULL_UP, of.SIGMA, *_SAMPLES),
        _reduced,
        {"f0": of.DELTA},
        noise=VARIANCE,
        sends=_both_ways,
        notes=(_EXACT,),
    ),
)
"""One for each theorem."""
