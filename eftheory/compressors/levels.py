"""The two neighbours of a number among given levels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from eftheory.compressors.arrays import Array, like, namespace
from eftheory.compressors.compressor import is_whole

Pair = tuple[Fraction, Fraction]
"""A level, and the next; at the highest level twice the same."""


def check_levels(levels: object) -> None:
    """Refuse a number of levels that is no whole number.

    Raises:
        ValueError: it is no int >= 1.
    """
    if not is_whole(levels) or levels < 1:
        raise ValueError(f"levels={levels!r}: the number of levels above zero is a whole number, at least 1")


def neighbours(size: Fraction, levels: Sequence[Fraction]) -> Pair:
    """The last level not above the size, and the next.

    Args:
        size: at least zero.
        levels: increasing, from zero on.

    >>> neighbours(Fraction(1, 3), (Fraction(0), Fraction(1, 2), Fraction(1)))
    (Fraction(0, 1), Fraction(1, 2))
    """
    place = bisect_right(levels, size)
    return levels[place - 1], levels[min(place, len(levels) - 1)]


def enclose_floats(size: Array, levels: np.ndarray) -> tuple[Array, Array]:
    """``neighbours`` of every entry, found by comparing, not by logarithms; for a NaN, those of zero."""
    xp = namespace(size)
    flat = xp.reshape(xp.where(size == size, size, xp.zeros_like(size)), (-1,))
    table = like(size, levels)
    place = xp.searchsorted(table, flat, side="right")
    following = xp.where(place < table.shape[0], place, place - 1)
    low, high = xp.take(table, place - 1), xp.take(table, following)
    low = xp.where(flat == 0, flat, low)  # where subnormal numbers equal zero, it is found above them
    return xp.reshape(low, size.shape), xp.reshape(high, size.shape)


def enclose_exactly(size: np.ndarray, pair: Callable[[Fraction], Pair]) -> tuple[np.ndarray, np.ndarray]:
    """The pair of every entry of an object array."""
    pairs = np.empty((*size.shape, 2), dtype=object)
    for place in np.ndindex(size.shape):
        pairs[place] = pair(size[place])
    return pairs[..., 0], pairs[..., 1]
