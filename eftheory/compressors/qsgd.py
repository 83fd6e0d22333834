"""QSGD, quantisation to equidistant levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from eftheory.compressors.arrays import Array, namespace, uniform
from eftheory.compressors.coding.levels import decode_levels, encode_levels, expected_bits
from eftheory.compressors.coding.message import Message
from eftheory.compressors.compressor import Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.levels import check_levels
from eftheory.compressors.norm import norm
from eftheory.compressors.rounding import finite_or_nan, list_outcomes, proportion, rounding_choices, with_sign
from eftheory.compressors.vectors import as_real, check_dimension, length
from eftheory.laws.kinds import Number, settle, sqrt


@dataclass(frozen=True)
class QSGD(Compressor):
    """Round each |v_i| / ||v|| at random to a multiple of 1/s next to it, so that its mean is kept.

    With y_i = s |v_i| / ||v||, whose squares t_i sum to s^2, and f_i the fractional part of y_i,
    E ||C(v) - v||^2 = ||v||^2 / s^2 sum f_i (1 - f_i). As a function of t_i a summand is sqrt(t_i) - t_i up to 1,
    and nowhere above 1/4: it lies below the concave function that is sqrt(t) - t up to 1/4 and 1/4 from there.
    By concavity omega = sqrt(d)/s - 1 if 4 s^2 <= d, exact, attained by equal entries; so is
    it if s = 1, as then t <= 1. Else omega <= d / (4 s^2), and this is exact only if all y_i may be half
    an odd number. If so, s^2 = d/4 + 2 (n_1 + ... + n_d) with triangular numbers n_i, hence 4 divides d and s - d/4
    is even; conversely three triangular numbers are enough, by a theorem of Gauss. For d = 1, omega = 0.

    Args:
        levels: s, an int >= 1.

    Raises:
        ValueError: levels is no such number, or no generator is given.

    References:
        [AlistarhEtAl2017].

    >>> QSGD(2)(np.array([3.0, 0.0, -3.0, 3.0, 3.0]), np.random.default_rng(0))
    array([ 3.,  0., -3.,  3.,  3.])
    >>> print(QSGD(2).variance(64), "and", QSGD(3).variance(4), "and", QSGD(3).variance(5))
    3 (exact, attained) and 1/9 (exact, attained) and 5/36 (bound)
    """

    levels: int

    random = unbiased = True

    def __post_init__(self) -> None:
        check_levels(self.levels)

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = finite_or_nan(as_real(v))
        xp, size = namespace(v), length(v)
        scaled = proportion(v, size) * int(self.levels)
        level = scaled // 1
        level = level + xp.where(uniform(v, generator(rng, "QSGD")) < scaled - level, xp.ones_like(v), xp.zeros_like(v))
        return with_sign(v, size / int(self.levels) * level)

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        unit = norm(v) / int(self.levels)
        below = [abs(entry) // unit * unit if unit else Fraction(0) for entry in v]
        return list_outcomes([rounding_choices(entry, low, low + unit) for entry, low in zip(v, below)])

    def variance(self, dimension: int) -> Constant:
        check_dimension(dimension)
        s = int(self.levels)
        if dimension == 1:
            return Constant(Fraction(0), extremal=(1,))
        if s == 1 or 4 * s**2 <= dimension:
            return Constant(settle(sqrt(Fraction(dimension)) / s - 1), extremal=(1,) * dimension)
        return Constant(Fraction(dimension, 4 * s**2), extremal=_halfway(s, dimension))

    def bits(self, dimension: int) -> Number:
        """A bound on the mean length of a message, for every vector: see ``coding.levels``."""
        check_dimension(dimension)
        return expected_bits(dimension, int(self.levels))

    def encode(self, message: Array) -> Message:
        return encode_levels(message, int(self.levels))

    def decode(self, message: Message, dimension: int) -> np.ndarray:
        return decode_levels(message, dimension, int(self.levels))


def _halfway(s: int, dimension: int) -> tuple[int, ...] | None:
    """Odd numbers, as many as the dimension, whose squares sum to (2 s)^2, if there are any; for 4 s^2 > dimension."""
    if dimension % 4 or (s - dimension // 4) % 2:
        return None
    half = (s**2 - dimension // 4) // 2
    for a in range(_triangular_root(half), -1, -1):
        rest = half - a * (a + 1) // 2
        for b in range(_triangular_root(rest), -1, -1):
            last = rest - b * (b + 1) // 2
            c = _triangular_root(last)
            if c * (c + 1) // 2 == last:
                return (2 * a + 1, 2 * b + 1, 2 * c + 1) + (1,) * (dimension - 3)
    return None


def _triangular_root(n: int) -> int:
    """The largest a with a (a + 1)/2 <= n."""
    return (isqrt(8 * n + 1) - 1) // 2
