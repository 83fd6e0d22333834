"""What is large enough."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array, factor, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import as_vectors, check_dimension


@dataclass(frozen=True)
class HardThreshold(Compressor):
    """Keep the entries with |v_i| >= threshold.

    Each entry dropped has a square below threshold^2, and may come as near as one likes: the least D with
    ||C(v) - v||^2 <= D is d threshold^2. Of a short vector nothing is sent, so that no alpha > 0 holds.

    Args:
        threshold: an int or a Fraction, above zero.

    Raises:
        TypeError: threshold is no int or Fraction.
        ValueError: it is not above zero.

    References:
        [SahuEtAl2021].

    >>> HardThreshold(2)(np.array([3.0, -1.0, -2.0]))
    array([ 3.,  0., -2.])
    """

    threshold: Fraction

    homogeneous = False

    def __post_init__(self) -> None:
        if isinstance(self.threshold, bool) or not isinstance(self.threshold, (int, Fraction)):
            raise TypeError(
                f"threshold={self.threshold!r}: the constant is exact, so a threshold is an int or a Fraction"
            )
        if not self.threshold > 0:
            raise ValueError(f"threshold={self.threshold}: a threshold must be above zero; to keep all, use Identity")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        xp = namespace(v)
        return xp.where(xp.abs(v) < factor(v, Fraction(self.threshold)), xp.zeros_like(v), v)

    def naive(self, v: Exact) -> list[Any]:
        """Each entry that is large enough, else zero.

        >>> HardThreshold(2).naive([3, -1])
        [3, 0]
        """
        return [entry if abs(entry) >= self.threshold else 0 for entry in v]

    def absolute(self, dimension: int) -> Constant:
        check_dimension(dimension)
        nearly = Fraction(255, 256) * self.threshold
        return Constant(dimension * Fraction(self.threshold) ** 2, extremal=(nearly,) * dimension, attained=False)

    def bits(self, dimension: int) -> int:
        """The most a message takes: which entries are sent, and all of them."""
        return dimension + NUMBER_BITS * dimension
