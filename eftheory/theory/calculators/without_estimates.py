"""Compressed gradient descent, and EF, on functions that need not be strongly convex."""

from __future__ import annotations

from fractions import Fraction

from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.conclusions import STEPS
from eftheory.theory.calculators.families import linear_rate, mean_over_time
from eftheory.theory.calculators.instance import Values
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.calculators.vocabulary import contraction
from eftheory.theory.classes import CONVEX

_SIMILAR = "mean ||grad f_i||^2 <= (a ||grad f||)^2 + zeta^2"
_L = of.L.but(meaning="smoothness constant of f", of_agents=of.of_one("L"))


def _compressed(given: Given) -> Values:
    return {name: given[name] for name in ("alpha", "L")}


def _convex(given: Given) -> Values:
    mean = given["L_mean"]
    return {"s": max(contraction(given["alpha"]), of.LEAST), "L_A": mean, "L_i": (mean,)}


def _similar(given: Given) -> Values:
    return {"s": contraction(given["alpha"]), **{name: given[name] for name in ("L", "a", "zeta")}}


_V0 = Quantity("V0", "||x0 - x*||^2, if the first errors are zero", "unit of x squared", above=0, default=Fraction(1))
_E0 = Quantity("E0", "mean of the squares of the agents' first errors", "unit of x squared", at_least=0, default=0)

CALCULATORS = (
    linear_rate(
        "cgd_pl",
        (of.ALPHA, _L),
        _compressed,
        measure="E of f - f*; for one agent",
        mu=of.MU.but(of_agents=of.of_one("mu")),
    ),
    mean_over_time("cgd_nonconvex", (of.ALPHA, _L), _compressed, {"f0": of.DELTA}, notes=("for one agent",)),
    mean_over_time(
        "ef_convex",
        (of.ALPHA, of.L_MEAN),
        _convex,
        {"V0": _V0},
        functions=CONVEX,
        measure="E of f(x) - f* at x drawn evenly from the first T points",
        accuracy=of.ACCURACY.but(unit="unit of f"),
        only_if="all f_i are least at the same x*",
    ),
    mean_over_time(
        "ef_nonconvex",
        (
            of.ALPHA,
            of.L,
            Quantity("a", f"similarity of agents, {_SIMILAR}", at_least=0),
            Quantity("zeta", f"the constant in {_SIMILAR}", of.SIGMA.unit, at_least=0),
        ),
        _similar,
        {"fy0": of.DELTA, "E0": _E0},
        conclusion={"floor_of": "zeta, less for smaller steps", "unreached": STEPS},
        only_if=f"{_SIMILAR} at all points",
    ),
)
"""One for each theorem."""
