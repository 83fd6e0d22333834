"""Random sparsification, unscaled."""

# ruff: noqa: D102 -- documented in Compressor
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from eftheory.compressors.compressor import Array, Compressor, Exact, check_k, check_kept, generator


@dataclass(frozen=True)
class RandK(Compressor):
    """Keep k entries chosen uniformly at random, without scaling them by d/k.

    Each entry is dropped with probability 1 - k/d, so E ||C(v) - v||^2 = (1 - k/d) ||v||^2 on
    every vector: alpha = k/d is exact. Scaled by d/k it would be unbiased, but not contractive.

    Args:
        k: how many entries are kept, an int >= 1.

    Raises:
        ValueError: k is no such number, the vector has fewer entries, or no generator is given.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> int(np.count_nonzero(RandK(2)(np.ones(5), np.random.default_rng(0))))
    2
    """

    k: int

    random: ClassVar[bool] = True

    def __post_init__(self) -> None:
        check_k(self.k)

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = np.asarray(v)
        check_kept(self.k, v.shape[-1])
        order = generator(rng, "Rand-k").permuted(np.broadcast_to(np.arange(v.shape[-1]), v.shape), axis=-1)
        return np.where(order < self.k, v, np.zeros_like(v))

    def alpha(self, dimension: int) -> Fraction:
        check_kept(self.k, dimension)
        return Fraction(int(self.k), dimension)

    def naive(self, v: Exact, kept: Collection[int]) -> list[Any]:
        """The result for one draw: the positions that are kept.

        >>> RandK(1).naive([3, 4], {1})
        [0, 4]
        """
        return [entry if j in kept else 0 for j, entry in enumerate(v)]
