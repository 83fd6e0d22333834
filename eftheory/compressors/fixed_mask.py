"""The same entries every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.compressors.arrays import Array, mask, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, is_whole
from eftheory.compressors.constant import Constant
from eftheory.compressors.vectors import as_vectors


@dataclass(frozen=True)
class FixedMask(Compressor):
    """Keep the entries at the given positions, drop the others: a projection, linear.

    ||C(v) - v||^2 = ||v||^2 where only dropped entries are not zero, so no alpha > 0 holds unless
    every entry is kept. Error feedback with it equals EF21 iterate by iterate.

    Args:
        kept: positions, counted from 0, each once.

    Raises:
        ValueError: a position is no such number or is repeated, or the vector is too short.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 1.

    >>> FixedMask((0, 2))(np.array([5.0, 6.0, 7.0]))
    array([5., 0., 7.])
    """

    kept: Sequence[int]

    additive = True

    def __post_init__(self) -> None:
        for j in self.kept:
            if not is_whole(j) or j < 0:
                raise ValueError(f"kept={self.kept!r}: a position is a whole number, counted from 0")
        if not self.kept or len(set(self.kept)) < len(self.kept):
            raise ValueError(f"kept={self.kept!r}: give at least one position, and none twice")
        object.__setattr__(self, "kept", tuple(sorted(map(int, self.kept))))

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        xp, dimension = namespace(v), v.shape[-1]
        self._check(dimension)
        return xp.where(mask(v, np.isin(np.arange(dimension), self.kept)), v, xp.zeros_like(v))

    def naive(self, v: Exact) -> list[Any]:
        """Each entry, if its position is kept, else zero.

        >>> FixedMask((1,)).naive([5, 6])
        [0, 6]
        """
        self._check(len(v))
        return [entry if j in self.kept else 0 for j, entry in enumerate(v)]

    def contraction(self, dimension: int) -> Constant | None:
        self._check(dimension)
        return Constant(Fraction(1), extremal=(1,) * dimension) if len(self.kept) == dimension else None

    def bits(self, dimension: int) -> int:
        self._check(dimension)
        return NUMBER_BITS * len(self.kept)

    def _check(self, dimension: int) -> None:
        if self.kept[-1] >= dimension:
            raise ValueError(f"kept={self.kept}: a vector of {dimension} entries has positions 0 to {dimension - 1}")
