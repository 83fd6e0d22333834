"""Roots of quadratic polynomials, exactly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from eftheory.algebra.elimination import solve
from eftheory.proofkit.models.surd import Real, square_root

Row: TypeAlias = list[Real]
SAMPLES = tuple(Fraction(k, 7) for k in (0, 5, -4, 11, -9, 16, 23, -20, 31, 40))


def roots(function: Callable[[Fraction], Real], rational: bool = False) -> list[Real]:
    """Roots of a quadratic polynomial, or of one over a linear polynomial; of another function perhaps none.

    >>> roots(lambda t: t - 3 / (t + 2)) == [1, -3]
    True
    """
    points: list[tuple[Fraction, Real]] = []
    for t in SAMPLES:
        try:
            points.append((t, function(t)))
        except ZeroDivisionError:
            continue
    for below in (0, 1):  # (a t^2 + b t + c)/(t + d), without and with the denominator
        rows: list[Row] = [[t**2, t, Fraction(1), *([-value] * below)] for t, value in points]
        right = [value * t**below for t, value in points]
        found = solve(rows, right, range(3 + below))
        if found is not None:
            return _quadratic(found[0], found[1], found[2], rational)
    return []


def _quadratic(a: Real, b: Real, c: Real, rational: bool) -> list[Real]:
    if not a:
        return [-c / b] if b else []
    root = square_root(b * b - 4 * a * c, rational)
    return [] if root is None else [(root - b) / (2 * a), (-root - b) / (2 * a)]
