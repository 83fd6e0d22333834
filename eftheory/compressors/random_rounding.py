"""Random rounding to powers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.powers import decode_powers, encode_powers, power_bits
from eftheory.compressors.compressor import Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.powers import check_base, enclose_by_powers, powers_around
from eftheory.compressors.rounding import list_outcomes, round_at_random, rounding_choices, with_sign
from eftheory.compressors.vectors import as_real, check_dimension, is_floating


@dataclass(frozen=True)
class RandomRounding(Compressor):
    """Round each entry at random to a power of the base b next to it, so that its mean is kept; zero stays.

    A size y between 1 and b has variance (b - y)(y - 1) <= omega y^2 with omega = (b - 1)^2 / (4 b),
    since the difference is ((1 + b) y - 2 b)^2 / (4 b): omega is exact, attained where every
    entry is 2 b / (1 + b). Homogeneous for t = b^k only.

    In floats the powers are rounded to floats, and an entry beyond the largest is rounded down to it
    (in base 2, from 2^127 on in single precision); infinities and NaN stay what they are.

    Args:
        base: an int or a Fraction, at least 9/8.

    Raises:
        TypeError: the base is no int or Fraction.
        ValueError: the base is less than 9/8, or no generator is given.

    References:
        [BeznosikovEtAl2020], Section 2; [HorvathEtAl2019].

    >>> RandomRounding(10)(np.array([100.0, 0.0]), np.random.default_rng(0))
    array([100.,   0.])
    >>> RandomRounding(10).omega(3)
    Fraction(81, 40)
    """

    base: Fraction

    random = unbiased = True
    homogeneous = False

    def __post_init__(self) -> None:
        check_base(self.base)

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp = namespace(v)
        finite = xp.isfinite(v) if is_floating(v) else v == v
        size = xp.where(finite, xp.abs(v), xp.zeros_like(v))
        low, high = enclose_by_powers(size, self.base)
        rounded = round_at_random(size, low, high, generator(rng, type(self).__name__))
        return xp.where(finite, with_sign(v, rounded), v)

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        return list_outcomes([rounding_choices(entry, *powers_around(abs(entry), self.base)) for entry in v])

    def variance(self, dimension: int) -> Constant:
        check_dimension(dimension)
        b = Fraction(self.base)
        return Constant((b - 1) ** 2 / (4 * b), extremal=(2 * b / (1 + b),) * dimension)

    def bits(self, dimension: int) -> int:
        """A sign for each entry, and which of the normal numbers of single precision it is, or zero."""
        return dimension * power_bits(self.base)

    def encode(self, message: Array) -> Message:
        return encode_powers(message, self.base)

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        return decode_powers(message, dimension, self.base)
