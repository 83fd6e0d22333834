"""The unit of step size: what theory grants a method on a problem, for smooth functions that need not be convex."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import sqrt
from typing import Any

from eftheory.methods.method import Method
from eftheory.simulate.problems.problem import Problem

Unit = Callable[[Any, float, float, float], float]
"""The step size, from the problem, L, L_tilde and alpha."""

ROOM = 1 - 2.0**-40
"""Far more than floats lose here, and downward."""


def smoothness(problem: Problem) -> Fraction:
    """A smoothness constant L of f: the problem's own if it says one, else the mean of the L_i.

    >>> from eftheory.simulate.problems import Quadratic
    >>> smoothness(Quadratic.of_spectra([[1.0], [3.0]]))
    Fraction(2, 1)
    """
    own = getattr(problem, "L", None)
    if own is not None:
        return Fraction(own)
    constants = [agent.L for agent in problem.agents for _ in range(agent.count)]
    return sum(constants, Fraction(0)) / len(constants)


def contraction(compressor: Any, dimension: int) -> float:
    """The alpha of a compressor; of an unbiased one that is scaled by 1/(1 + omega), 1/(1 + omega).

    Raises:
        ValueError: nothing is known of it.
    """
    if isinstance(compressor, (list, tuple)):
        return min(contraction(each, dimension) for each in compressor)
    known = compressor.contraction(dimension) if hasattr(compressor, "contraction") else None
    if known is not None:
        return float(known.value)
    variance = compressor.variance(dimension) if hasattr(compressor, "variance") else None
    if variance is not None:
        return 1 / (1 + float(variance.value))
    if hasattr(compressor, "alpha"):
        return float(compressor.alpha(dimension))
    raise ValueError(f"{compressor!r}: no alpha is known of it, and so no unit of step size: give one, --step-size 1/8")


def ef21_unit(problem: Any, L: float, L_tilde: float, alpha: float) -> float:
    """1/(L + L_tilde xi), xi = s/(1 - s) with s = sqrt(1 - alpha): EF21's on smooth functions.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 1, at the best of its free parameters.
    """
    s = sqrt(1 - alpha)
    return 1 / (L + L_tilde * s / (1 - s))


UNITS: dict[type[Method], Unit] = {}
"""Methods with a unit of their own; all others have EF21's, which is 1/L for those that do not compress."""


def unit_step_size(method: type[Method], problem: Problem, compressor: Any) -> Fraction:
    """The unit of step size, rounded down a little.

    Raises:
        ValueError: nothing is known of the compressor.

    >>> from eftheory.compressors import TopK
    >>> from eftheory.methods import EF21
    >>> from eftheory.simulate.problems import Quadratic
    >>> round(float(unit_step_size(EF21, Quadratic.of_spectra([[1.0] * 4]), TopK(3))), 9)
    0.5
    """
    L = float(smoothness(problem))
    constants = [float(agent.L) for agent in problem.agents for _ in range(agent.count)]
    L_tilde = sqrt(sum(each**2 for each in constants) / len(constants))
    alpha = contraction(compressor, problem.dimension) if method.compresses else 1.0
    unit = next((UNITS[kind] for kind in method.__mro__ if kind in UNITS), ef21_unit)
    return Fraction(ROOM * unit(problem, L, L_tilde, alpha))
