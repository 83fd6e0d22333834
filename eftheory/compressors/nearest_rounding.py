"""Rounding to the nearest power."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.powers import decode_powers, encode_powers, power_bits
from eftheory.compressors.compressor import Compressor, Exact
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.powers import check_base, enclose_by_powers, powers_around
from eftheory.compressors.rounding import with_sign
from eftheory.compressors.vectors import as_real, check_dimension, is_floating


@dataclass(frozen=True)
class NearestRounding(Compressor):
    """Round each entry to the nearest power of the base b, halfway to the smaller; zero stays.

    The relative error of a size between 1 and b grows towards (1 + b)/2 from both sides, where it is
    (b - 1)/(b + 1): alpha = 4 b / (1 + b)^2 is exact. Homogeneous for t = b^k only.

    In floats the powers are rounded to floats, and an entry beyond the largest is rounded down to it
    (in base 2, from 2^127 on in single precision); infinities and NaN stay what they are.

    Args:
        base: an int or a Fraction, at least 9/8.

    Raises:
        TypeError: the base is no int or Fraction.
        ValueError: the base is less than 9/8.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> NearestRounding(2)(np.array([3.0, -3.1, 0.0]))
    array([ 2., -4.,  0.])
    >>> NearestRounding(2).alpha(9)
    Fraction(8, 9)
    """

    base: Fraction

    homogeneous = False

    def __post_init__(self) -> None:
        check_base(self.base)

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp = namespace(v)
        finite = xp.isfinite(v) if is_floating(v) else v == v
        size = xp.where(finite, xp.abs(v), xp.zeros_like(v))
        low, high = enclose_by_powers(size, self.base)
        return xp.where(finite, with_sign(v, xp.where(size - low <= high - size, low, high)), v)

    def naive(self, v: Exact) -> list[Any]:
        """The nearer one of the powers around each entry.

        >>> NearestRounding(3).naive([2, -5, 0])
        [Fraction(1, 1), Fraction(-3, 1), Fraction(0, 1)]
        """
        message = []
        for entry in v:
            low, high = powers_around(abs(entry), self.base)
            nearest = low if abs(entry) - low <= high - abs(entry) else high
            message.append(-nearest if entry < 0 else nearest)
        return message

    def contraction(self, dimension: int) -> Constant:
        check_dimension(dimension)
        b = Fraction(self.base)
        return Constant(4 * b / (1 + b) ** 2, extremal=((1 + b) / 2,) * dimension)

    def bits(self, dimension: int) -> int:
        """A sign for each entry, and which of the normal numbers of single precision it is, or zero."""
        return dimension * power_bits(self.base)

    def encode(self, message: Array) -> Message:
        return encode_powers(message, self.base)

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        return decode_powers(message, dimension, self.base)
