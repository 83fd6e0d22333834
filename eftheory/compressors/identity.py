"""No compression."""

# ruff: noqa: D102 -- documented in Compressor
from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.compressors.compressor import Array, Compressor, Exact


@dataclass(frozen=True)
class Identity(Compressor):
    """C(v) = v, with alpha = 1.

    >>> Identity()(np.array([3.0, -1.0]))
    array([ 3., -1.])
    """

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        return np.array(v)

    def alpha(self, dimension: int) -> Fraction:
        return Fraction(1)

    def naive(self, v: Exact) -> list[Any]:
        """The entries as they are."""
        return list(v)
