"""Top-k sparsification."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.subset import subset_bits
from eftheory.compressors.coding.top_k import decode_entries, encode_entries
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, check_k, check_kept
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import as_vectors, is_floating


@dataclass(frozen=True)
class TopK(Compressor):
    """Keep the k entries of largest absolute value, of equal ones those that stand first; NaN counts as infinite.

    The k largest squares are at least k/d of the sum of all, so ||C(v) - v||^2 <= (1 - k/d)
    ||v||^2, with equality where all entries are equal in absolute value: alpha = k/d is exact.

    Args:
        k: how many entries are kept, an int >= 1.

    Raises:
        ValueError: k is no such number, or the vector has fewer entries.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> TopK(2)(np.array([1.0, -4.0, 3.0, 4.0]))
    array([ 0., -4.,  0.,  4.])
    >>> TopK(2).alpha(30)
    Fraction(1, 15)
    """

    k: int

    def __post_init__(self) -> None:
        check_k(self.k)

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        xp, dimension = namespace(v), v.shape[-1]
        check_kept(self.k, dimension)
        size = xp.abs(v)
        if is_floating(v):
            size = xp.where(size == size, size, xp.full_like(size, float("inf")))
        if self.k == 1:
            least = xp.max(size, axis=-1, keepdims=True)  # exact entries are slow to compare: once each is enough
        elif hasattr(xp, "partition"):  # not in the standard, and several times faster than sorting
            least = xp.partition(size, dimension - self.k, axis=-1)[..., dimension - self.k, None]
        else:
            least = xp.sort(size, axis=-1)[..., dimension - self.k, None]
        above, tied = size > least, size == least
        count = xp.asarray(above, dtype=xp.int64)
        wanted = self.k - xp.sum(count, axis=-1, keepdims=True)
        place = xp.cumulative_sum(xp.asarray(tied, dtype=xp.int64), axis=-1)
        return xp.where(above | (tied & (place <= wanted)), v, xp.zeros_like(v))

    def batch(self, v: np.ndarray) -> np.ndarray:
        """As the call; of k = 1 without sorting, unless something is not finite."""
        if self.k > 1:
            return super().batch(v)
        size = np.abs(v)
        first = size.argmax(axis=-1)[..., None]  # of equal ones the first
        if not np.isfinite(np.take_along_axis(size, first, axis=-1)).all():
            return super().batch(v)
        message = np.zeros_like(v)
        np.put_along_axis(message, first, np.take_along_axis(v, first, axis=-1), axis=-1)
        return message

    def naive(self, v: Exact) -> list[Any]:
        """Sort by absolute value, then position.

        >>> TopK(1).naive([Fraction(1, 3), Fraction(-1, 2)])
        [0, Fraction(-1, 2)]
        """
        check_kept(self.k, len(v))
        kept = sorted(range(len(v)), key=lambda j: (-abs(v[j]), j))[: self.k]
        return [entry if j in kept else 0 for j, entry in enumerate(v)]

    def contraction(self, dimension: int) -> Constant:
        check_kept(self.k, dimension)
        return Constant(Fraction(int(self.k), dimension), extremal=(1,) * dimension)

    def bits(self, dimension: int) -> int:
        """The numbers, and which of the sets of k positions it is."""
        check_kept(self.k, dimension)
        return NUMBER_BITS * int(self.k) + subset_bits(dimension, int(self.k))

    def encode(self, message: Array) -> Message:
        return encode_entries(message, int(self.k))

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        return decode_entries(message, dimension, int(self.k))
