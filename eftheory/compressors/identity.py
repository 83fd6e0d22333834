"""No compression."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import as_vectors


@dataclass(frozen=True)
class Identity(Compressor):
    """C(v) = v, with alpha = 1 and omega = 0.

    >>> Identity()(np.array([3.0, -1.0]))
    array([ 3., -1.])
    """

    unbiased = additive = True

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        return namespace(v).asarray(v, copy=True)

    def naive(self, v: Exact) -> list[Any]:
        return list(v)

    def variance(self, dimension: int) -> Constant:
        return Constant(Fraction(0), extremal=(1,) * dimension)

    def bits(self, dimension: int) -> int:
        return NUMBER_BITS * dimension
