"""Is a rational symmetric matrix positive semidefinite? Minors decide, or rounded numbers whose errors count."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from eftheory.exact.budget import spend
from eftheory.exact.number import Rational, cleared, divisor

_SMALL, _BITS = 8, (96, 384)  # up to this order minors are as fast; the lengths of rounded numbers, in turn


def negative_direction(matrix: Sequence[Sequence[Rational]]) -> int | None:
    """None if x^T M x >= 0 for all x, else a row that is a reason why not. ValueError: not symmetric.

    The minors of a large matrix are long. So rounded numbers are tried first: M is semidefinite if what remains of it
    without some rows is, and if for each of these a vector k that is 1 there and 0 at the others has M k = 0. It is not
    if k^T M k < 0. The k are guessed, and this is computed exactly; where neither is so, minors decide.

    >>> negative_direction([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(5)]])
    0
    """
    for i, row in enumerate(matrix):
        if len(row) != len(matrix) or any(row[j] != matrix[j][i] for j in range(i)):
            raise ValueError(f"row {i} does not belong to a square symmetric matrix")
    _, entries = cleared({(i, j): value for i, row in enumerate(matrix) for j, value in enumerate(row)})
    order = sorted(range(len(matrix)), key=lambda i: -[*matrix[i]].count(0))  # what is sparse stays so for longer
    common = divisor(max(entries.values(), key=int.bit_length, default=0), entries.values()) or 1
    rows = [[entries[i, j] // common for j in order] for i in order]
    for bits in _BITS if len(rows) > _SMALL else ():
        shown, left_out = _round(rows, bits)
        for t, vector in left_out:
            _, k = cleared(vector)
            spend(k.values(), [max(map(abs, rows[t]))] * len(rows))
            image = [sum(row[i] * factor for i, factor in k.items()) for row in rows]
            if sum(image[i] * factor for i, factor in k.items()) < 0:
                return order[t]
            shown = shown and not any(image)
        if shown:
            return None
    found = _eliminate(rows)
    return None if found is None else order[found]


def _eliminate(rows: list[list[int]]) -> int | None:
    """Bareiss elimination: after k pivots every remaining entry is a minor of order k+1 (the pivots' rows and columns
    with its own), so all divisions are exact and pivots have the signs of those of LDL^T. A symmetric matrix is
    semidefinite if and only if no pivot is negative and, where one is zero, all that is left of its row is zero. The
    next pivot is the row with the fewest entries, and of these the smallest.
    """
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
        spend((head, max(map(abs, top))), [rows[i][j] for i in left for j in left if j <= i])
        for position, i in enumerate(left):
            row, factor = rows[i], top[i]
            for j in left[position:]:
                row[j] = rows[j][i] = (row[j] * head - factor * top[j]) // previous
        previous = head
    return None


def _round(rows: list[list[int]], bits: int) -> tuple[bool, Iterator[tuple[int, dict[int, Fraction]]]]:
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
