"""Make a vector simpler while it keeps failing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

Vector = list[Fraction]


def shrink(vector: Vector, fails: Callable[[Vector], bool], *, tries: int = 1500) -> Vector:
    """The simplest failing vector that greedy steps reach from a failing one.

    Simpler is: fewer entries that are not zero, fewer different sizes, shorter numbers, fewer
    minus signs, and sorted.

    Args:
        vector: exact entries; ``fails(vector)`` is true.
        fails: whether a vector still shows the failure.
        tries: the most vectors that are tried.

    >>> [str(x) for x in shrink([Fraction(-7, 3), Fraction(5), Fraction(1, 9)], lambda v: max(map(abs, v)) > 2)]
    ['0', '0', '3']
    """
    best, left = list(vector), tries
    improved = True
    while improved and left > 0:
        improved = False
        for candidate in _simpler(best):
            if left <= 0:
                break
            if complexity(candidate) < complexity(best):
                left -= 1
                if fails(candidate):
                    best, improved = candidate, True
                    break
    return best


def complexity(vector: Vector) -> tuple[int, int, int, int, int]:
    """What ``shrink`` makes smaller, most important first."""
    sizes = [abs(entry) for entry in vector if entry]
    disorder = sum(1 for a, b in pairwise(vector) if abs(a) > abs(b))
    length = sum(_length(size) for size in sizes)
    return len(sizes), len(set(sizes)), length, sum(entry < 0 for entry in vector), disorder


def _length(number: Fraction) -> int:
    """How long a number is to read: whole ones count by their size, others by their bits."""
    if number.denominator == 1 and number < 100:
        return int(number)
    return 100 + number.numerator.bit_length() + 2 * number.denominator.bit_length()


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
