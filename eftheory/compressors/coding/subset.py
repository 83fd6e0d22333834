"""Codes of sets of k positions among d."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from eftheory.compressors.coding.bits import BitReader, BitWriter
from eftheory.compressors.deferred import np

MAX_ENUMERATED = 2**17
"""Up to this dimension a set is sent as its number among all sets, which takes d steps with long numbers."""


def subset_bits(dimension: int, k: int) -> int:
    """How many bits a set of k positions takes.

    ceil(log2 C(d, k)), the least possible of a fixed length, up to d = 2^17; beyond it, the smaller one of
    d, one a position, and k ceil(log2 d), a number for each member.

    >>> subset_bits(100, 10), subset_bits(10**6, 100)
    (44, 2000)
    """
    if dimension <= MAX_ENUMERATED:
        return (comb(dimension, k) - 1).bit_length()
    return min(dimension, k * (dimension - 1).bit_length())


def write_subset(writer: BitWriter, positions: np.ndarray, dimension: int) -> None:
    """Write a set of positions, given in increasing order."""
    k, width = len(positions), subset_bits(dimension, len(positions))
    if dimension <= MAX_ENUMERATED:
        writer.write(rank(positions.tolist()), width=width)
    elif width == dimension:
        writer.write_array(np.isin(np.arange(dimension), positions), width=1)
    else:
        writer.write_array(positions, width=width // k)


def read_subset(reader: BitReader, dimension: int, k: int) -> np.ndarray:
    """The positions, in increasing order.

    Raises:
        ValueError: the message ends too early, or holds no set of k positions.
    """
    width, what = subset_bits(dimension, k), "the set of positions"
    if dimension <= MAX_ENUMERATED:
        return np.array(unrank(reader.read(width, what), dimension, k))
    if width == dimension:
        found = np.flatnonzero(reader.read_array(dimension, what, width=1))
    else:
        found = reader.read_array(k, what, width=width // k)
    if len(found) != k or found[-1] >= dimension or (np.diff(found) <= 0).any():
        raise ValueError(f"the message holds no {k} increasing positions below {dimension}")
    return found


def rank(positions: Sequence[int]) -> int:
    """The number of a set c_1 < c_2 < ... in the combinatorial number system: the sum of C(c_i, i).

    References:
        [Cover1973].

    >>> [rank(pair) for pair in ([0, 1], [0, 2], [1, 2], [0, 3])]
    [0, 1, 2, 3]
    """
    total, n, binomial = 0, 0, 1  # binomial = C(n, i), which is zero as long as n < i
    for i, position in enumerate(positions, 1):
        binomial = binomial * (n - i + 1) // i
        for m in range(n, position):
            binomial = binomial * (m + 1) // (m + 1 - i) if m >= i else int(m + 1 == i)
        n = position
        total += binomial
    return total


def unrank(number: int, dimension: int, k: int) -> list[int]:
    """The set of k positions below the dimension that has the number.

    Raises:
        ValueError: there are not so many.

    >>> unrank(3, 5, 2)
    [0, 3]
    """
    count = comb(dimension, k)
    if number >= count:
        raise ValueError(f"the message names a set of {k} positions below {dimension} beyond the last one")
    positions = []
    n, i, binomial = dimension, k, count  # binomial = C(n, i)
    while i:
        below = binomial * (n - i) // n  # C(n - 1, i)
        n -= 1
        if number >= below:
            number -= below
            positions.append(n)
            binomial = binomial - below  # C(n, i - 1)
            i -= 1
        else:
            binomial = below
    return positions[::-1]
