"""A compressor, times a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array, factor
from eftheory.compressors.composed import Composed
from eftheory.compressors.compressor import Compressor, Exact, IrrationalError, Outcome
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import as_vectors
from eftheory.laws.kinds import Number, settle, sqrt


@dataclass(frozen=True)
class Scaled(Composed):
    """t C(v), for t = 1/(1 + omega) if none is given: so an unbiased compressor becomes contractive.

    For unbiased C, E ||t C(v) - v||^2 = t^2 E ||C(v) - v||^2 + (1 - t)^2 ||v||^2: alpha = 1 - t^2 omega - (1 - t)^2,
    exact if omega is, with the same extremal vector; the best t gives 1/(1 + omega). For C that only contracts,
    tC - v = t (C - v) - (1 - t) v and the triangle inequality give alpha = 1 - (t sqrt(1 - alpha_C) + |1 - t|)^2.

    Args:
        compressor: the one that is scaled.
        factor: t, an int or a Fraction above zero; None for 1/(1 + omega) in the dimension at hand.

    Raises:
        TypeError: factor is no int or Fraction, or it is missing and the compressor not unbiased.
        ValueError: it is not above zero.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> from eftheory.compressors import RandK
    >>> Scaled(RandK(2, scaled=True)).alpha(10)
    Fraction(1, 5)
    """

    compressor: Compressor
    factor: Fraction | None = None

    def __post_init__(self) -> None:
        if self.factor is None:
            if not self.compressor.unbiased:
                raise TypeError(f"{self.compressor!r} is not unbiased: give a factor; only omega has a best one")
        elif isinstance(self.factor, bool) or not isinstance(self.factor, (int, Fraction)):
            raise TypeError(f"factor={self.factor!r}: the constants are exact, so a factor is an int or a Fraction")
        elif not self.factor > 0:
            raise ValueError(f"factor={self.factor}: a factor must be above zero")

    @property
    def unbiased(self) -> bool:  # type: ignore[override]
        return self.compressor.unbiased and self.factor == 1

    def scale(self, dimension: int) -> Number:
        """The factor in this dimension, a Fraction or a sympy expression."""
        if self.factor is not None:
            return Fraction(self.factor)
        return settle(1 / (1 + self.compressor.omega(dimension)))

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        return factor(v, self.scale(v.shape[-1])) * self.compressor(v, rng)

    def naive(self, v: Exact) -> list[Any]:
        scale = self._rational(len(v))
        return [scale * entry for entry in self.compressor.naive(v)]

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        scale = self._rational(len(v))
        for probability, message in self.compressor.outcomes(v):
            yield probability, [scale * entry for entry in message]

    def variance(self, dimension: int) -> Constant | None:
        return self.compressor.variance(dimension) if self.unbiased else None

    def contraction(self, dimension: int) -> Constant | None:
        if self.factor == 1:
            return self.compressor.contraction(dimension)
        known, scale = self.compressor.variance(dimension), self.scale(dimension)
        if known is not None:
            alpha = settle(1 - scale**2 * known.value - (1 - scale) ** 2)
            return Constant(alpha, known.extremal, known.attained) if alpha > 0 else None
        known = self.compressor.contraction(dimension)
        if known is None:
            return None
        alpha = settle(1 - (scale * sqrt(1 - known.value) + abs(1 - scale)) ** 2)
        return Constant(alpha) if alpha > 0 else None

    def bits(self, dimension: int) -> Number | None:
        return self.compressor.bits(dimension)

    def _rational(self, dimension: int) -> Fraction:
        scale = self.scale(dimension)
        if not isinstance(scale, Fraction):
            raise IrrationalError(f"the factor 1/(1 + omega) is {scale}, no rational number")
        return scale
