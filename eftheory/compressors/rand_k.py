"""Random sparsification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from eftheory.compressors.arrays import Array, factor, mask, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, check_k, check_kept, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import as_vectors


@dataclass(frozen=True)
class RandK(Compressor):
    """Keep k entries chosen uniformly at random; ``scaled`` multiplies them by d/k.

    Each entry is dropped with probability 1 - k/d. Unscaled, E ||C(v) - v||^2 = (1 - k/d) ||v||^2
    on every vector: alpha = k/d is exact. Scaled, C is unbiased, and E ||C(v) - v||^2 =
    (d/k - 1) ||v||^2 on every vector: omega = d/k - 1 is exact.

    Args:
        k: how many entries are kept, an int >= 1.
        scaled: whether C is to be unbiased.

    Raises:
        ValueError: k is no such number, the vector has fewer entries, or no generator is given.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> int(np.count_nonzero(RandK(2)(np.ones(5), np.random.default_rng(0))))
    2
    """

    k: int
    scaled: bool = False

    random = additive = True

    def __post_init__(self) -> None:
        check_k(self.k)

    @property
    def unbiased(self) -> bool:  # type: ignore[override]
        return self.scaled

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        xp, dimension = namespace(v), v.shape[-1]
        check_kept(self.k, dimension)
        places = np.broadcast_to(np.arange(dimension), tuple(v.shape))
        kept = mask(v, generator(rng, "Rand-k").permuted(places, axis=-1) < self.k)
        result = xp.where(kept, v, xp.zeros_like(v))
        return factor(v, Fraction(dimension, int(self.k))) * result if self.scaled else result

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        check_kept(self.k, len(v))
        scale = Fraction(len(v), int(self.k)) if self.scaled else 1
        for kept in combinations(range(len(v)), self.k):
            yield Fraction(1, comb(len(v), self.k)), [scale * e if j in kept else 0 for j, e in enumerate(v)]

    def variance(self, dimension: int) -> Constant | None:
        check_kept(self.k, dimension)
        return Constant(Fraction(dimension, int(self.k)) - 1, extremal=(1,) * dimension) if self.scaled else None

    def contraction(self, dimension: int) -> Constant | None:
        check_kept(self.k, dimension)
        if self.scaled:
            return super().contraction(dimension)
        return Constant(Fraction(int(self.k), dimension), extremal=(1,) * dimension)

    def bits(self, dimension: int) -> int:
        """The numbers; the positions come from shared randomness."""
        check_kept(self.k, dimension)
        return NUMBER_BITS * int(self.k)
