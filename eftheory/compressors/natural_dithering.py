"""Natural dithering, quantisation to geometric levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.levels import check_levels, enclose_exactly, enclose_floats, neighbours
from eftheory.compressors.norm import norm
from eftheory.compressors.powers import check_base
from eftheory.compressors.rounding import (
    finite_or_nan,
    list_outcomes,
    proportion,
    round_at_random,
    rounding_choices,
    with_sign,
)
from eftheory.compressors.vectors import as_real, check_dimension, length
from eftheory.laws.enclosure import enclose
from eftheory.laws.kinds import settle, sqrt


@dataclass(frozen=True)
class NaturalDithering(Compressor):
    """Round each |v_i| / ||v|| at random to a level next to it among 1, 1/b, ..., b^(1-s), 0; its mean is kept.

    A share y has variance var(y) <= c y^2 with c = (b - 1)^2 / (4 b) above the least level l = b^(1-s),
    as in random rounding, and y (l - y) below.

    2-norm: with t_i = y_i^2, which sum to one, var <= c t + k(t), k(t) = max(0, l sqrt(t) - (1 + c) t). By
    concavity, as for QSGD: omega = l sqrt(d) - 1 if l sqrt(d) >= 2 (1 + c) or s = 1, exact, attained by
    equal entries; else omega <= c + l^2 d / (4 (1 + c)), since k <= l^2 / (4 (1 + c)). For d = 1, omega = 0.

    Infinity norm: some y_i is 1, with variance 0, so omega is the root of omega = (d - 1) max (var(y) - omega y^2).
    The maximum over y <= l is l^2 / (4 (1 + omega)), at y = l / (2 (1 + omega)). That over [1/b, 1] is
    (1 + 1/b)^2 / (4 (1 + omega)) - 1/b, at y = (1 + 1/b) / (2 (1 + omega)), and where it is positive it exceeds
    those between the lower levels, which are smaller copies. So omega is the larger one of two roots of quadratic
    equations, exact. Where the worst vector (1, y, ..., y) is irrational, ``variance`` shows a rational
    one next to it.

    Args:
        levels: s, how many levels there are above zero, an int >= 1.
        norm: 2 or "inf".
        base: b, an int or a Fraction, at least 9/8.

    Raises:
        TypeError: the base is no int or Fraction.
        ValueError: a parameter is out of range, or no generator is given.

    References:
        [HorvathEtAl2019].

    >>> NaturalDithering(3)(np.array([1.0, -1.0, 1.0, 1.0]), np.random.default_rng(0))
    array([ 1., -1.,  1.,  1.])
    >>> print(NaturalDithering(3).variance(144), "and", NaturalDithering(3).variance(16))
    2 (exact, attained) and 25/72 (bound)
    """

    levels: int
    norm: int | str = 2
    base: Fraction = Fraction(2)

    random = unbiased = True

    def __post_init__(self) -> None:
        check_levels(self.levels)
        check_base(self.base)
        if self.norm not in (2, "inf"):
            raise ValueError(f'norm={self.norm!r}: the norm that is sent is 2 or "inf"')

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """Zero and the levels, in order."""
        return (Fraction(0), *(Fraction(self.base) ** k for k in range(1 - int(self.levels), 1)))

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = finite_or_nan(as_real(v))
        xp, levels = namespace(v), self.shares
        size = length(v) if self.norm == 2 else xp.max(xp.abs(v), axis=-1, keepdims=True)
        share = proportion(v, size)
        if v.dtype == object:
            low, high = enclose_exactly(share, lambda entry: neighbours(entry, levels))
        else:
            low, high = enclose_floats(share, np.array(levels, dtype=float))
        return with_sign(v, size * round_at_random(share, low, high, generator(rng, "NaturalDithering")))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        size = norm(v) if self.norm == 2 else Fraction(max(abs(entry) for entry in v))
        levels = [size * level for level in self.shares] if size else [Fraction(0)]
        return list_outcomes([rounding_choices(entry, *neighbours(abs(entry), levels)) for entry in v])

    def variance(self, dimension: int) -> Constant:
        check_dimension(dimension)
        if dimension == 1:
            return Constant(Fraction(0), extremal=(1,))
        b, least = Fraction(self.base), self.shares[1]
        if self.norm == "inf":
            return self._variance_of_largest(dimension - 1, 1 / b, least)
        zeta = (b + 1) ** 2 / (4 * b)
        if self.levels == 1 or least**2 * dimension >= 4 * zeta**2:
            return Constant(settle(least * sqrt(Fraction(dimension)) - 1), extremal=(1,) * dimension)
        return Constant(zeta - 1 + least**2 * dimension / (4 * zeta))

    def _variance_of_largest(self, others: int, ratio: Fraction, least: Fraction) -> Constant:
        """The larger root: of omega (1 + omega) = others l^2 / 4, or of the equation for y in [1/b, 1]."""
        root = sqrt(1 + others * least**2)
        omega, share = (root - 1) / 2, least / (1 + root)
        turn = ((1 + ratio) ** 2 - least**2) / (2 * ratio) - 1  # the first root is the larger if root >= turn
        if self.levels > 1 and turn > 0 and 1 + others * least**2 < turn**2:
            linear = 1 + others * ratio
            omega = (sqrt(linear**2 + others * (1 - ratio) ** 2) - linear) / 2
            share = (1 + ratio) / (2 * (1 + omega))
        below, above = enclose(share, bits=24)
        return Constant(settle(omega), (1,) + (below,) * others, attained=below == above)

    def bits(self, dimension: int) -> int:
        """The norm, and for each entry a sign and the number of its level."""
        return NUMBER_BITS + dimension * (1 + int(self.levels).bit_length())
