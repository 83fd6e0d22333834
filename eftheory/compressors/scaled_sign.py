"""The scaled sign."""

# ruff: noqa: D102 -- documented in Compressor
from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.compressors.compressor import Array, Compressor, Exact


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
        v = np.asarray(v)
        scale: Array = np.abs(v).mean(axis=-1, keepdims=True)
        return scale * np.where(v < 0, -1, 1)

    def alpha(self, dimension: int) -> Fraction:
        return Fraction(1, dimension)

    def naive(self, v: Exact) -> list[Any]:
        """The definition.

        >>> ScaledSign().naive([3, 0])
        [Fraction(3, 2), Fraction(3, 2)]
        """
        scale = sum((Fraction(abs(entry)) for entry in v), Fraction(0)) / len(v)
        return [-scale if entry < 0 else scale for entry in v]
