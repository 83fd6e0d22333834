"""Calculators of the two kinds of theorems that most are: of a mean over time, and of a linear rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eftheory.theory.calculators import vocabulary as of
from eftheory.theory.calculators.calculator import Calculator
from eftheory.theory.calculators.conclusions import average, decay
from eftheory.theory.calculators.instance import Values
from eftheory.theory.calculators.quantity import Given, Quantity
from eftheory.theory.classes import NONCONVEX, NONE, PL

Symbols = Callable[[Given], Values]


def mean_over_time(
    slug: str,
    quantities: tuple[Quantity, ...],
    symbols: Symbols,
    start: Mapping[str, Quantity],
    *,
    functions: str = NONCONVEX,
    noise: str = NONE,
    measure: str = of.GRADIENT,
    accuracy: Quantity = of.ACCURACY,
    conclusion: Mapping[str, Any] | None = None,
    **more: Any,
) -> Calculator:
    """The calculator of a theorem that claims mean over T steps <= a/T + b.

    Args:
        slug, quantities, symbols: as ``Calculator`` has them, without what is asked for below.
        start: what is asked for at the start, by its symbol in the theorem.
        functions, noise, measure: what it is about; by default squared gradients of smooth functions.
        accuracy: that is asked for.
        conclusion: of ``average``, where it is another one.
        more: of ``Calculator``.
    """
    asked = (*quantities, *start.values(), of.T, accuracy)
    conclude = average({symbol: quantity.name for symbol, quantity in start.items()}, **conclusion or {})
    return Calculator(slug, functions, noise, measure, asked, symbols, conclude, **more)


def linear_rate(
    slug: str,
    quantities: tuple[Quantity, ...],
    symbols: Symbols,
    *,
    functions: str = PL,
    noise: str = NONE,
    measure: str = of.PSI,
    mu: Quantity = of.MU,
    **more: Any,
) -> Calculator:
    """The calculator of a theorem that ends as ``Decay`` does, with a rate that mu decides.

    Args:
        slug, quantities, symbols: as ``Calculator`` has them, without mu and the accuracy.
        functions, noise, measure: what it is about; by default functions with the PL inequality.
        mu: its constant.
        more: of ``Calculator``.
    """

    def with_mu(given: Given) -> Values:
        return {**symbols(given), "mu": given["mu"]}

    return Calculator(slug, functions, noise, measure, (*quantities, mu, of.RELATIVE), with_mu, decay, **more)
