"""The scaled sign."""

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
from eftheory.compressors.vectors import as_real


@dataclass(frozen=True)
class ScaledSign(Compressor):
    """C(v) = (||v||_1 / d) sign(v), where the sign of zero is one: a bit for each entry and one number.

    ||C(v) - v||^2 = ||v||^2 - ||v||_1^2 / d, and ||v||_1 >= ||v||, with equality where all but one
    entry is zero: alpha = 1/d is exact.

    References:
        [KarimireddyEtAl2019], Section 4; [BeznosikovEtAl2020], Section 2.

    >>> ScaledSign()(np.array([3.0, -1.0]))
    array([ 2., -2.])
    """

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp = namespace(v)
        scale = xp.sum(xp.abs(v), axis=-1, keepdims=True) / v.shape[-1]
        return xp.where(v < 0, -scale, scale)

    def naive(self, v: Exact) -> list[Any]:
        """The mean of the absolute values, with the sign of the entry.

        >>> ScaledSign().naive([3, 0])
        [Fraction(3, 2), Fraction(3, 2)]
        """
        scale = sum((Fraction(abs(entry)) for entry in v), Fraction(0)) / len(v)
        return [-scale if entry < 0 else scale for entry in v]

    def contraction(self, dimension: int) -> Constant:
        return Constant(Fraction(1, dimension), extremal=(1,) + (0,) * (dimension - 1))

    def bits(self, dimension: int) -> int:
        return dimension + NUMBER_BITS

    def encode(self, message: Array) -> Message:
        return encode_signs(message)

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        return decode_signs(message, dimension)
