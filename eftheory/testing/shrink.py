"""Make a vector simpler while it keeps failing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

Vector = list[Fraction]


def shrink(
    vector: Vector,
    fails: Callable[[Vector], bool],
    *,
    tries: int = 1500,
    is_late: Callable[[], bool] = lambda: False,
) -> Vector:
    """The simplest failing vector that greedy steps reach from a failing one.

    Simpler is: fewer entries that are not zero, fewer different sizes, shorter numbers, fewer
    minus signs, and sorted.

    Args:
        vector: exact entries; ``fails(vector)`` is true.
        fails: whether a vector still shows the failure.
        tries: the most vectors that are tried.
        is_late: whether the best so far shall do.

    >>> [str(x) for x in shrink([Fraction(-7, 3), Fraction(5), Fraction(1, 9)], lambda v: max(map(abs, v)) > 2)]
    ['0', '0', '3']
    """
    best, reached, left = list(vector), complexity(vector), tries
    improved = True
    while improved:
        improved = False
        for candidate in _simpler(best):
            if left <= 0 or is_late():
                break
            found = complexity(candidate)
            if found < reached:
                left -= 1
                if fails(candidate):
                    best, reached, improved = candidate, found, True
                    break
    return best


def complexity(vector: Vector) -> tuple[int, int, int, int, int]:
    """What ``shrink`` makes smaller, most important first."""
    pairs = [(abs(entry.numerator), entry.denominator) for entry in vector]
    counts = Counter(pair for pair in pairs if pair[0])
    disorder = sum(1 for (a, b), (c, d) in pairwise(pairs) if a * d > c * b)
    length = sum(count * _length(*size) for size, count in counts.items())
    return sum(counts.values()), len(counts), length, sum(entry.numerator < 0 for entry in vector), disorder


def _length(numerator: int, denominator: int) -> int:
    """How long a number is to read: whole ones count by their size, others by their bits."""
    if denominator == 1 and numerator < 100:
        return numerator
    return 100 + numerator.bit_length() + 2 * denominator.bit_length()


def _simpler(v: Vector) -> Iterator[Vector]:
    """Simpler vectors, boldest first."""
    sizes = sorted({abs(entry) for entry in v if entry})
    if not sizes:
        return
    yield [Fraction(int(bool(entry))) for entry in v]
    yield [abs(entry) for entry in v]
    for unit in (sizes[0], sizes[-1]):
        yield [entry / unit for entry in v]
        yield [Fraction(round(entry / unit)) for entry in v]
    yield sorted(v, key=abs)
    support = [j for j, entry in enumerate(v) if entry]
    block = len(support)
    while block:
        for start in range(0, len(support), block):
            gone = set(support[start : start + block])
            yield [Fraction(0) if j in gone else entry for j, entry in enumerate(v)]
        block //= 2
    for size in reversed(sizes):  # all entries of one size together, then one by one
        for other in (*_rounded(size), *(s for s in sizes if s != size)):
            yield [(other if entry > 0 else -other) if abs(entry) == size else entry for entry in v]
    if len(sizes) > 1:
        for j in support:
            for other in (*_rounded(abs(v[j])), *sizes):
                yield [*v[:j], other if v[j] > 0 else -other, *v[j + 1 :]]
    for j in support:
        if v[j] < 0:
            yield [*v[:j], -v[j], *v[j + 1 :]]


def _rounded(size: Fraction) -> Iterator[Fraction]:
    """Shorter numbers near a positive one."""
    yield from (Fraction(1), Fraction(2), Fraction(3))
    for bits in (1, 2, 4, 8):
        yield Fraction(round(size * bits), bits)
        yield Fraction(-(-size * bits // 1), bits)
    yield size.limit_denominator(100)
