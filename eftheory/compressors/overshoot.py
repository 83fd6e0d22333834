"""The compressor that says too much."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array, factor
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import as_real


@dataclass(frozen=True)
class Overshoot(Compressor):
    """C(v) = (1 + s) v: linear, with an error of square s^2 ||v||^2, so alpha = 1 - s^2 exactly.

    For equal agents on f(x) = h/2 x^2 it is a worst case of EF and EF21: no compressor of the
    same alpha makes them slower (h = mu below the best step size, h = L above it).

    Args:
        s: a fraction or whole number, 0 <= s < 1; rational, so that alpha is exact.

    Raises:
        ValueError: s is out of range.
        TypeError: s is no int or Fraction.

    References:
        [ThomsenTaylorDieuleveut2025].

    >>> Overshoot(Fraction(1, 2)).alpha(7)
    Fraction(3, 4)
    """

    s: Fraction

    additive = True

    def __post_init__(self) -> None:
        if isinstance(self.s, bool) or not isinstance(self.s, (int, Fraction)):
            raise TypeError(f"s={self.s!r}: alpha = 1 - s^2 is exact, so s must be an int or a Fraction")
        if not 0 <= self.s < 1:
            raise ValueError(f"s={self.s}: s must lie in [0, 1); from s = 1 on the compressor contracts nothing")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        return factor(v, 1 + self.s) * v

    def naive(self, v: Exact) -> list[Any]:
        """Each entry, times 1 + s.

        >>> Overshoot(Fraction(1, 2)).naive([2])
        [Fraction(3, 1)]
        """
        return [(1 + self.s) * entry for entry in v]

    def contraction(self, dimension: int) -> Constant:
        return Constant(1 - Fraction(self.s) ** 2, extremal=(1,) * dimension)

    def bits(self, dimension: int) -> int:
        return NUMBER_BITS * dimension
