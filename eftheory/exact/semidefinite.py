"""Is a rational symmetric matrix positive semidefinite? Elimination in rounded numbers, whose errors count."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from eftheory.exact.budget import spend
from eftheory.exact.number import Rational, cleared


def negative_direction(matrix: Sequence[Sequence[Rational]]) -> int | None:
    """None if x^T M x >= 0 for all x, else a row of which a vector shows why not. ValueError: not symmetric.

    M is semidefinite if what remains of it without some rows is, and if for each of these a vector k that is 1 there
    and 0 at the others has M k = 0. It is not if k^T M k < 0, or = 0 with M k != 0. The k are guessed from the
    elimination, and either of this is computed exactly; where neither is so, numbers were too short.

    >>> negative_direction([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(5)]])
    0
    """
    for i, row in enumerate(matrix):
        if len(row) != len(matrix) or any(row[j] != matrix[j][i] for j in range(i)):
            raise ValueError(f"row {i} does not belong to a square symmetric matrix")
    _, entries = cleared({(i, j): value for i, row in enumerate(matrix) for j, value in enumerate(row)})
    order = sorted(range(len(matrix)), key=lambda i: -[*matrix[i]].count(0))  # what is sparse stays so for longer
    rows = [[entries.get((i, j), 0) for j in order] for i in order]
    largest, bits = max(map(abs, entries.values()), default=0), 96
    while True:
        shown, left_out = _eliminate(rows, bits)
        for t, vector in left_out:
            _, k = cleared(vector)
            spend(k.values(), [largest] * len(rows))
            image = [sum(row[i] * factor for i, factor in k.items()) for row in rows]
            square = sum(image[i] * factor for i, factor in k.items())
            if square < 0 or (square == 0 and any(image)):
                return order[t]
            shown = shown and not any(image)
        if shown:
            return None
        bits *= 2


def _eliminate(rows: list[list[int]], bits: int) -> tuple[bool, Iterator[tuple[int, dict[int, Fraction]]]]:
    """Whether M is semidefinite without the rows left out, which have tiny pivots, and a vector for each of these; or
    False and one vector, as soon as a pivot would be negative.

    M is scaled by powers of two to a diagonal near 4^bits and rounded down: some E of order n with entries in [0, 1)
    is lost. The diagonal loses n more, as E + n I is diagonally dominant, so semidefinite. So it goes on: in each step
    row^T row / pivot is split off, what is left is rounded up, and its diagonal loses n, now the number of rows left,
    as n I - E is semidefinite, too. M, but for the rows left out, is the sum of all that was split off or lost.
    """
    shift = [bits - row[i].bit_length() // 2 for i, row in enumerate(rows)]
    m = [[_scaled(value, a + b) for value, b in zip(row, shift)] for row, a in zip(rows, shift)]
    pivots, tiny = list[int](), list[int]()
    for i, row in enumerate(m):
        row[i] -= len(m)

    def kernel(t: int) -> tuple[int, dict[int, Fraction]]:
        y = {t: 4**bits}
        spend(*[[4**bits] * len(pivots)] * 2)
        for p in reversed(pivots):
            value = -sum(m[p][q] * factor for q, factor in y.items()) // m[p][p]
            if abs(value) >> bits:
                y[p] = value
        unscaled = {p: Fraction(value, 4**bits) * Fraction(2) ** (shift[p] - shift[t]) for p, value in y.items()}
        return t, {p: value.limit_denominator(1 << bits // 3) for p, value in unscaled.items()}

    for p, top in enumerate(m):
        if top[p] >> bits <= 0:
            tiny.append(p)
            continue
        pivots.append(p)
        left = [*tiny, *range(p + 1, len(m))]
        spend([top[i] for i in left], [top[i] for i in left[::2]])  # half of the pairs, by symmetry
        for i in left:
            if m[i][i] + (1 << bits) < top[i] * top[i] // top[p]:
                return False, iter([kernel(i)])
        for position, i in enumerate(left):
            row, factor = m[i], top[i]
            if factor:
                for j in left[position:]:
                    row[j] = m[j][i] = row[j] - factor * top[j] // top[p]
            row[i] -= len(left)
    return True, map(kernel, tiny)


def _scaled(value: int, places: int) -> int:
    return value << places if places >= 0 else value >> -places
