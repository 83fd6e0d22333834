"""Compressed gradient descent, and EF, on functions that need not be strongly convex."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.calculator import Calculator
from eftheory.theory.calculators.conclusions import STEPS, average, decay
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.calculators.vocabulary import CONVEX, NONCONVEX, NONE, PL, contraction

_SIMILAR = "mean ||grad f_i||^2 <= (a ||grad f||)^2 + zeta^2"
_L = of.L.but(meaning="smoothness constant of f", of_agents=of.of_one("L"))


def _compressed(given: Given) -> dict[str, Any]:
    return {name: given[name] for name in ("alpha", "L", "mu") if name in given}


def _convex(given: Given) -> dict[str, Any]:
    mean = given["L_mean"]
    return {"s": max(contraction(given["alpha"]), of.LEAST), "L_A": mean, "L_i": (mean,)}


def _similar(given: Given) -> dict[str, Any]:
    return {"s": contraction(given["alpha"]), **{name: given[name] for name in ("L", "a", "zeta")}}


CALCULATORS = (
    Calculator(
        "cgd_pl",
        PL,
        NONE,
        "E of f - f*; for one agent",
        (of.ALPHA, _L, of.MU.but(of_agents=of.of_one("mu")), of.RELATIVE),
        _compressed,
        decay,
    ),
    Calculator(
        "cgd_nonconvex",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (of.ALPHA, _L, of.DELTA, of.T, of.ACCURACY),
        _compressed,
        average({"f0": "delta"}),
        notes=("for one agent",),
    ),
    Calculator(
        "ef_convex",
        CONVEX,
        NONE,
        "E of f(x) - f* at x drawn evenly from the first T points",
        (
            of.ALPHA,
            of.L_MEAN,
            Quantity(
                "V0", "||x0 - x*||^2, if the first errors are zero", "unit of x squared", above=0, default=Fraction(1)
            ),
            of.T,
            of.ACCURACY.but(unit="unit of f"),
        ),
        _convex,
        average({"V0": "V0"}),
        only_if="all f_i are least at the same x*",
    ),
    Calculator(
        "ef_nonconvex",
        NONCONVEX,
        NONE,
        of.GRADIENT,
        (
            of.ALPHA,
            of.L,
            Quantity("a", f"similarity of agents, {_SIMILAR}", at_least=0),
            Quantity("zeta", f"the constant in {_SIMILAR}", of.SIGMA.unit, at_least=0),
            of.DELTA,
            Quantity(
                "E0", "mean of the squares of the agents' first errors", "unit of x squared", at_least=0, default=0
            ),
            of.T,
            of.ACCURACY,
        ),
        _similar,
        average({"fy0": "delta", "E0": "E0"}, floor_of="zeta, less for smaller steps", unreached=STEPS),
        only_if=f"{_SIMILAR} at all points",
    ),
)
"""One for each theorem."""
