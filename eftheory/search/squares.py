"""A quadratic form as a sum of weighted squares, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Row = dict[int, Fraction]
"""A sparse vector: entries by position."""


def weighted_squares(matrix: Sequence[Sequence[Fraction]]) -> list[tuple[Fraction, Row]]:
    """Weights w and vectors v, as many as the rank, with matrix = sum w v v^T.

    Elimination takes off one square per pivot on the diagonal; where all of the diagonal is zero,
    2xy = ((x + y)^2 - (x - y)^2) / 2 takes off two.

    >>> weighted_squares([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(0)]])[0]
    (Fraction(1, 2), {0: Fraction(1, 1), 1: Fraction(1, 1)})
    """
    rows = {i: {j: x for j, x in enumerate(row) if x} for i, row in enumerate(matrix) if any(row)}
    squares: list[tuple[Fraction, Row]] = []
    while rows:
        pivot = next((i for i, row in rows.items() if i in row), None)
        if pivot is not None:
            found = [(1 / rows[pivot][pivot], dict(rows[pivot]))]
        else:
            i, (j, x) = next((i, next(iter(row.items()))) for i, row in rows.items())
            u, v = rows[i], rows[j]
            both = sorted({*u, *v})
            plus = {k: u.get(k, Fraction(0)) + v.get(k, Fraction(0)) for k in both}
            minus = {k: u.get(k, Fraction(0)) - v.get(k, Fraction(0)) for k in both}
            found = [(1 / (2 * x), plus), (-1 / (2 * x), minus)]
        for weight, vector in found:
            _take_off(rows, weight, vector)
        squares += [(weight, {k: x for k, x in vector.items() if x}) for weight, vector in found]
    return squares


def _take_off(rows: dict[int, Row], weight: Fraction, vector: Row) -> None:
    for i, x in vector.items():
        row = rows.setdefault(i, {})
        for j, y in vector.items():
            left = row.get(j, Fraction(0)) - weight * x * y
            if left:
                row[j] = left
            else:
                row.pop(j, None)
        if not row:
            del rows[i]
