"""Is a rational symmetric matrix positive semidefinite? Fraction-free elimination answers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def negative_direction(matrix: Sequence[Sequence[Fraction]]) -> int | None:
    """Decide positive semidefiniteness by Bareiss elimination over the integers.

    After k pivots every remaining entry is the determinant of a (k+1) x (k+1) minor, so all
    divisions are exact and all pivots have the sign of the pivots of LDL^T. A symmetric
    matrix is semidefinite if and only if no pivot is negative and, where a pivot is zero, all
    that is left of its row is zero. The row with the fewest entries is eliminated first.

    Args:
        matrix: square and symmetric (verified).

    Returns:
        None if x^T M x >= 0 for all x; otherwise a row in which elimination meets a negative
        pivot, or a zero pivot with something left in its row.

    Raises:
        ValueError: the matrix is not square and symmetric.

    >>> negative_direction([[Fraction(1), Fraction(1)], [Fraction(1), Fraction(1)]]) is None
    True
    >>> negative_direction([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(5)]])
    0
    """
    for i, row in enumerate(matrix):
        if len(row) != len(matrix) or any(row[j] != matrix[j][i] for j in range(i)):
            raise ValueError(f"row {i} does not belong to a square symmetric matrix")
    scale = lcm(*(value.denominator for row in matrix for value in row))
    rows = [[value.numerator * (scale // value.denominator) for value in row] for row in matrix]
    left = list(range(len(rows)))
    previous = 1
    while left:
        for i in left:
            if rows[i][i] < 0 or (rows[i][i] == 0 and any(rows[i][j] for j in left)):
                return i
        left = [i for i in left if rows[i][i]]
        if not left:
            break
        pivot = min(left, key=lambda i: sum(1 for j in left if rows[i][j]))
        left.remove(pivot)
        top, head = rows[pivot], rows[pivot][pivot]
        for position, i in enumerate(left):
            row, factor = rows[i], top[i]
            for j in left[position:]:
                row[j] = rows[j][i] = (row[j] * head - factor * top[j]) // previous
        previous = head
    return None
