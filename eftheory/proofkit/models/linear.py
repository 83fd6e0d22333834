"""Linear equations and roots, solved exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from eftheory.algebra import elimination
from eftheory.proofkit.models.surd import Real, square_root

Row: TypeAlias = list[Real]
SAMPLES = tuple(Fraction(k, 7) for k in (0, 5, -4, 11, -9, 16, 23, -20, 31, 40))


def solve(rows: Sequence[Row], right: Sequence[Real], start: Row, order: Sequence[int]) -> Row | None:
    """The x with rows x = right that differs from ``start`` in as few coordinates as elimination needs.

    Args:
        rows: of the matrix.
        right: sides.
        start: what x is where nothing determines it.
        order: of the coordinates, the first to be determined first.

    >>> solve([[Fraction(1), Fraction(1)]], [Fraction(3)], [Fraction(1), Fraction(1)], [0, 1])
    [Fraction(2, 1), Fraction(1, 1)]
    """
    rest = [b - dot(row, start) for row, b in zip(rows, right)]
    step = elimination.solve(rows, rest, order)
    return None if step is None else [a + b for a, b in zip(start, step)]


def dot(a: Sequence[Real], b: Sequence[Real]) -> Real:
    """<a, b>."""
    return sum((x * y for x, y in zip(a, b)), Fraction(0))


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
        found = elimination.solve(rows, right, range(3 + below))
        if found is not None:
            return _quadratic(found[0], found[1], found[2], rational)
    return []


def _quadratic(a: Real, b: Real, c: Real, rational: bool) -> list[Real]:
    if not a:
        return [-c / b] if b else []
    root = square_root(b * b - 4 * a * c, rational)
    return [] if root is None else [(root - b) / (2 * a), (-root - b) / (2 * a)]
