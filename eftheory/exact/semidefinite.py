"""Is a rational symmetric matrix positive semidefinite? Fraction-free elimination answers."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from eftheory.exact.budget import spend


def negative_direction(matrix: Sequence[Sequence[Fraction]]) -> int | None:
    """None if x^T M x >= 0 for all x, else a row where elimination meets a reason why not.

    Bareiss elimination over the integers: after k pivots every remaining entry is a minor of order k+1 (the pivots'
    rows and columns with its own), so all divisions are exact and pivots have the signs of those of LDL^T. A symmetric
    matrix is semidefinite if and only if no pivot is negative and, where one is zero, all that is left of its row is
    zero. The next pivot is the row with the fewest entries, and of these the smallest. ValueError: not symmetric.

    >>> negative_direction([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(5)]])
    0
    """
    for i, entries in enumerate(matrix):
        if len(entries) != len(matrix) or any(entries[j] != matrix[j][i] for j in range(i)):
            raise ValueError(f"row {i} does not belong to a square symmetric matrix")
    scale = 1
    for denominator in {value.denominator for entries in matrix for value in entries}:
        spend((scale,), (denominator,))
        scale = lcm(scale, denominator)
    spend((scale,), (value for entries in matrix for value in entries))
    rows = [[value.numerator * (scale // value.denominator) for value in entries] for entries in matrix]
    left = list(range(len(rows)))
    previous = 1
    while left:
        for i in left:
            if rows[i][i] < 0 or (rows[i][i] == 0 and any(rows[i][j] for j in left)):
                return i
        left = [i for i in left if rows[i][i]]
        if not left:
            break
        pivot = min(left, key=lambda i: (sum(1 for j in left if rows[i][j]), rows[i][i]))
        left.remove(pivot)
        top, head = rows[pivot], rows[pivot][pivot]
        spend((head, max(map(abs, top))), (rows[i][j] for i in left for j in left if j <= i))
        for position, i in enumerate(left):
            row, factor = rows[i], top[i]
            for j in left[position:]:
                row[j] = rows[j][i] = (row[j] * head - factor * top[j]) // previous
        previous = head
    return None
