"""The step size at which the constant of a sum is least, by a short search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from eftheory.algebra.rounding import simplest
from eftheory.claims import Setting
from eftheory.search.general.general import search_general
from eftheory.search.general.result import GeneralResult
from eftheory.threads import one_blas_thread

_GOLDEN = (5**0.5 - 1) / 2
_FACTOR = 2.0  # between step sizes of the first, coarse search
_MOST = 40  # settings tried


@one_blas_thread
def optimise_step(
    setting: Setting, *, width: Fraction = Fraction(1, 100), **options: Any
) -> tuple[Setting, GeneralResult]:
    """The setting with the step size at which ``search_general`` finds the least constant, or least rate.

    The constant of the first quantity at the start grows towards both ends, where a step is too short or too long. From
    the setting's own step size one goes by factors of two downhill, then by golden sections. Constants are equal to
    first order near the best step; so the step size is a short fraction within the width of it.

    Args:
        setting: its step size is where the search begins.
        width: of the last bracket, as a share of the step size.
        options: of ``search_general``.

    Returns:
        The best setting seen, and what was found there, which may be nothing.
    """
    search = _Search(setting, options)
    descend(search, float(setting.method.step_size), float(width), lambda: len(search.seen) >= _MOST)
    return search.best()


def descend(value: Callable[[float], float], middle: float, width: float, enough: Callable[[], bool]) -> None:
    """Ask for values at positive numbers, ever nearer to where they are least.

    Args:
        value: infinite where there is none.
        middle: where to begin.
        width: of the last bracket, as a share of where it lies.
        enough: whether no more may be asked for.
    """
    for _ in range(10):
        if value(middle) < float("inf"):
            break
        middle /= _FACTOR
    low, high = middle / _FACTOR, middle * _FACTOR
    while value(low) < value(middle) and not enough():
        low, middle, high = low / _FACTOR, low, middle
    while value(high) < value(middle) and not enough():
        low, middle, high = middle, high, high * _FACTOR
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    while high - low > width * high and not enough():
        if value(a) <= value(b):
            high, a, b = b, b - _GOLDEN * (b - low), a
        else:
            low, a, b = a, b, a + _GOLDEN * (high - a)


class _Search:
    """What was found at each step size."""

    def __init__(self, setting: Setting, options: dict[str, Any]) -> None:
        self.setting, self.options = setting, options
        self.seen: dict[Fraction, tuple[Setting, GeneralResult]] = {}

    def __call__(self, step: float) -> float:
        """The constant at a step size nearby, infinite where nothing is proved."""
        exact = Fraction(step)
        size = simplest(exact * Fraction(999, 1000), exact * Fraction(1001, 1000))
        if size not in self.seen:
            method = replace(self.setting.method, step_size=size)
            setting = replace(self.setting, method=method)
            self.seen[size] = (setting, search_general(setting, **self.options))
        return _value(self.seen[size][1])

    def best(self) -> tuple[Setting, GeneralResult]:
        """The least of all; the first, which is nearest to the setting given, if nothing is proved."""
        return min(self.seen.values(), key=lambda each: _value(each[1]))


def _value(found: GeneralResult) -> float:
    return float(next(iter(found.constants.values()))) if found.upper else float("inf")
