"""Signs and the Euclidean norm."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.signs import decode_signs, encode_signs
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.norm import norm
from eftheory.compressors.vectors import as_real, check_dimension, length


@dataclass(frozen=True)
class NormSign(Compressor):
    """C(v) = (||v|| / d) sign(v), where the sign of zero is one: a bit for each entry and the norm.

    ||C(v) - v||^2 = (1 + 1/d) ||v||^2 - (2/d) ||v|| ||v||_1, and ||v||_1 >= ||v||, with equality where
    all but one entry is zero: alpha = 1/d is exact. On every other vector the scaled sign, which sends
    the mean of the absolute values, errs less.

    References:
        [KarimireddyEtAl2019], for the scaled sign.

    >>> NormSign()(np.array([3.0, -4.0]))
    array([ 2.5, -2.5])
    """

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        scale = length(v) / v.shape[-1]
        return namespace(v).where(v < 0, -scale, scale)

    def naive(self, v: Exact) -> list[Any]:
        """The norm over the dimension, with the sign of the entry.

        >>> NormSign().naive([3, -4])
        [Fraction(5, 2), Fraction(-5, 2)]
        """
        scale = norm(v) / len(v)
        return [-scale if entry < 0 else scale for entry in v]

    def contraction(self, dimension: int) -> Constant:
        check_dimension(dimension)
        return Constant(Fraction(1, dimension), extremal=(1,) + (0,) * (dimension - 1))

    def bits(self, dimension: int) -> int:
        return dimension + NUMBER_BITS

    def encode(self, message: Array) -> Message:
        return encode_signs(message)

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        return decode_signs(message, dimension)
