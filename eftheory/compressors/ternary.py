"""Ternary quantisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eftheory.compressors.arrays import Array, namespace, uniform
from eftheory.compressors.coding.message import Message
from eftheory.compressors.coding.trits import decode_trits, encode_trits, trit_bits
from eftheory.compressors.compressor import Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.rounding import finite_or_nan, list_outcomes, proportion, rounding_choices, with_sign
from eftheory.compressors.vectors import as_real, check_dimension
from eftheory.laws.enclosure import enclose
from eftheory.laws.kinds import settle, sqrt


@dataclass(frozen=True)
class Ternary(Compressor):
    """C(v)_i = ||v||_inf sign(v_i) with probability |v_i| / ||v||_inf, else 0.

    E ||C(v)||^2 = ||v||_inf ||v||_1. Where the largest entry is 1 and the others sum to S, their squares are
    at least S^2/(d - 1), and (1 + S) / (1 + S^2/(d - 1)) is largest where each is 1/(sqrt(d) + 1): then it is
    (sqrt(d) + 1)/2, so omega = (sqrt(d) - 1)/2 is exact. Where sqrt(d) is irrational, so is
    the worst vector, and ``variance`` shows a rational one next to it.

    Raises:
        ValueError: no generator is given.

    References:
        [WenEtAl2017].

    >>> Ternary()(np.array([4.0, -4.0, 0.0]), np.random.default_rng(0))
    array([ 4., -4.,  0.])
    >>> Ternary().omega(4), Ternary().omega(5)
    (Fraction(1, 2), -1/2 + sqrt(5)/2)
    """

    random = unbiased = True

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = finite_or_nan(as_real(v))
        xp = namespace(v)
        largest = xp.max(xp.abs(v), axis=-1, keepdims=True)
        up = uniform(v, generator(rng, "Ternary")) < proportion(v, largest)
        return with_sign(v, largest * xp.where(up, xp.ones_like(v), xp.zeros_like(v)))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        largest = Fraction(max(abs(entry) for entry in v))
        return list_outcomes([rounding_choices(entry, Fraction(0), largest) for entry in v])

    def variance(self, dimension: int) -> Constant:
        check_dimension(dimension)
        root = sqrt(Fraction(dimension))
        below, above = enclose(root, bits=24)
        return Constant(settle((root - 1) / 2), (below + 1,) + (1,) * (dimension - 1), attained=below == above)

    def bits(self, dimension: int) -> int:
        """The largest absolute value, and a byte for every five entries."""
        return trit_bits(dimension)

    def encode(self, message: Array) -> Message:
        return encode_trits(message)

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        return decode_trits(message, dimension)
