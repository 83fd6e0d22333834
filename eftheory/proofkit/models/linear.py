"""Linear equations and roots, solved exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

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
    reduced, pivots = _reduced([[*row, b] for row, b in zip(rows, rest)], order)
    if any(row[-1] for row in reduced[len(pivots) :]):
        return None
    found = [*start]
    for row, column in zip(reduced, pivots):
        found[column] = found[column] + row[-1]
    return found


def kernel(rows: Sequence[Row], size: int, order: Sequence[int]) -> list[Row]:
    """A basis of the vectors that all rows send to zero."""
    reduced, pivots = _reduced([[*row] for row in rows], order)
    basis = []
    for column in order:
        if column not in pivots:
            vector: Row = [Fraction(0)] * size
            vector[column] = Fraction(1)
            for row, pivot in zip(reduced, pivots):
                vector[pivot] = -row[column]
            basis.append(vector)
    return basis


def _reduced(rows: list[Row], order: Sequence[int]) -> tuple[list[Row], list[int]]:
    """Reduced row echelon form, and the columns of its pivots."""
    pivots: list[int] = []
    for column in order:
        done = len(pivots)
        pivot = next((j for j in range(done, len(rows)) if rows[j][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        scale = rows[done][column]
        rows[done] = [x / scale for x in rows[done]]
        for j, row in enumerate(rows):
            if j != done and row[column]:
                rows[j] = [x - row[column] * y for x, y in zip(row, rows[done])]
        pivots.append(column)
    return rows, pivots


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
        size = 3 + below
        found = solve(rows, right, [Fraction(0)] * size, range(size))
        if found is not None:
            return _quadratic(found[0], found[1], found[2], rational)
    return []


def _quadratic(a: Real, b: Real, c: Real, rational: bool) -> list[Real]:
    if not a:
        return [-c / b] if b else []
    root = square_root(b * b - 4 * a * c, rational)
    return [] if root is None else [(root - b) / (2 * a), (-root - b) / (2 * a)]
