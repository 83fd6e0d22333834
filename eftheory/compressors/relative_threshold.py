"""What is large enough for its vector."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from eftheory.compressors.arrays import Array, factor, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.norm import square
from eftheory.compressors.vectors import as_real, check_dimension, share_of_largest


@dataclass(frozen=True)
class RelativeThreshold(Compressor):
    """Keep the entries with |v_i| >= tau ||v|| / sqrt(d), compared by their squares.

    The largest entry is kept, and each of the at most d - 1 others that are dropped has a square below
    tau^2 ||v||^2 / d: alpha = 1 - tau^2 (d - 1)/d holds. One large entry, and d - 1 equal ones just below the
    threshold, come as near as one likes.

    Args:
        tau: an int or a Fraction, 0 < tau <= 1.

    Raises:
        TypeError: tau is no int or Fraction.
        ValueError: it is out of range.

    >>> RelativeThreshold(Fraction(1, 2))(np.array([4.0, -1.0, 0.0, 2.0]))
    array([4., 0., 0., 2.])
    """

    tau: Fraction

    def __post_init__(self) -> None:
        if isinstance(self.tau, bool) or not isinstance(self.tau, (int, Fraction)):
            raise TypeError(f"tau={self.tau!r}: alpha is exact, so tau is an int or a Fraction")
        if not 0 < self.tau <= 1:
            raise ValueError(f"tau={self.tau}: tau must lie in (0, 1]; above, it may be that nothing is sent")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp, dimension = namespace(v), v.shape[-1]
        share, _ = share_of_largest(v)
        squares = share * share
        least = factor(v, Fraction(self.tau) ** 2 / dimension) * xp.sum(squares, axis=-1, keepdims=True)
        return xp.where(squares < least, xp.zeros_like(v), v)

    def naive(self, v: Exact) -> list[Any]:
        """Each entry whose square is large enough, else zero.

        >>> RelativeThreshold(1).naive([3, 2])
        [3, 0]
        """
        least = Fraction(self.tau) ** 2 * square(v) / len(v)
        return [entry if Fraction(entry) ** 2 >= least else 0 for entry in v]

    def contraction(self, dimension: int) -> Constant:
        check_dimension(dimension)
        kept = Fraction(self.tau) ** 2
        # beside an entry 1, others are dropped while their square is below this
        limit = kept / (dimension - kept * (dimension - 1))
        dropped = Fraction(isqrt(limit.numerator * limit.denominator * 2**20 - 1), limit.denominator * 2**10)
        return Constant(
            1 - kept * Fraction(dimension - 1, dimension),
            extremal=(1,) + (dropped,) * (dimension - 1),
            attained=dimension == 1,
        )

    def bits(self, dimension: int) -> int:
        """The most a message takes: which entries are sent, and all of them."""
        return dimension + NUMBER_BITS * dimension
