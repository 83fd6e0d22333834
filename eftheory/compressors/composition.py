"""One compressor after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eftheory.compressors.arrays import Array
from eftheory.compressors.composed import Composed
from eftheory.compressors.compressor import Compressor, Exact, Outcome
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.laws.kinds import Number, settle, sqrt


@dataclass(frozen=True)
class Composition(Composed):
    """C(v) = outer(inner(v)), the two drawing independently.

    If both are unbiased then so is C, and E ||C(v)||^2 <= (1 + omega_outer) E ||inner(v)||^2: omega =
    (1 + omega_outer)(1 + omega_inner) - 1. If both contract, with s^2 = 1 - alpha of each, then C(v) - v is at most
    s_outer (1 + s_inner) + s_inner times ||v|| by the triangle inequality: alpha = 1 - ((1 + s_outer)(1 + s_inner)
    - 1)^2, where that is above zero. Bounds.

    Args:
        outer: what is applied last.
        inner: what is applied first.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> from eftheory.compressors import RandK
    >>> Composition(RandK(1, scaled=True), RandK(2, scaled=True)).omega(4)
    Fraction(7, 1)
    """

    outer: Compressor
    inner: Compressor

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        return self.outer(self.inner(v, rng), rng)

    def naive(self, v: Exact) -> list[Any]:
        return self.outer.naive(self.inner.naive(v))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        for p, between in self.inner.outcomes(v):
            for q, message in self.outer.outcomes(between):
                yield p * q, message

    def variance(self, dimension: int) -> Constant | None:
        outer, inner = self.outer.variance(dimension), self.inner.variance(dimension)
        if outer is None or inner is None:
            return None
        return Constant(settle((1 + outer.value) * (1 + inner.value) - 1))

    def contraction(self, dimension: int) -> Constant | None:
        if self.unbiased:
            return super().contraction(dimension)
        outer, inner = self.outer.contraction(dimension), self.inner.contraction(dimension)
        if outer is None or inner is None:
            return None
        alpha = settle(1 - ((1 + sqrt(1 - outer.value)) * (1 + sqrt(1 - inner.value)) - 1) ** 2)
        return Constant(alpha) if alpha > 0 else None

    def bits(self, dimension: int) -> Number | None:
        return self.outer.bits(dimension)
