"""Top-k, then rounding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.compressors.arrays import Array
from eftheory.compressors.bernoulli import Bernoulli
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, check_k, check_kept
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.identity import Identity
from eftheory.compressors.natural_compression import NaturalCompression
from eftheory.compressors.random_rounding import RandomRounding
from eftheory.compressors.scaled import Scaled
from eftheory.compressors.top_k import TopK
from eftheory.laws.kinds import Number, settle


@dataclass(frozen=True)
class RoundedTopK(Compressor):
    """C(v) = rounding(T(v)) / zeta for Top-k T and unbiased rounding with zeta = 1 + omega.

    E ||C(v) - v||^2 = ||v||^2 - (2/zeta) ||T(v)||^2 + E ||rounding(T(v))||^2 / zeta^2 <= ||v||^2 - ||T(v)||^2 / zeta,
    so alpha = k/(d zeta). Exact for rounding that acts on each entry alone, by one law, if its omega is exact in
    one dimension: all entries may equal the worst number.

    Args:
        k: how many entries are kept, an int >= 1.
        rounding: an unbiased compressor.

    Raises:
        TypeError: rounding is not unbiased.
        ValueError: k is no such number, or the vector has fewer entries.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> from eftheory.compressors import Bernoulli
    >>> RoundedTopK(2, Bernoulli(Fraction(1, 2), scaled=True)).alpha(6)
    Fraction(1, 6)
    """

    k: int
    rounding: Compressor

    def __post_init__(self) -> None:
        check_k(self.k)
        if not self.rounding.unbiased:
            raise TypeError(f"{self.rounding!r} is not unbiased, so there is no zeta to divide by")

    @property
    def random(self) -> bool:  # type: ignore[override]
        return self.rounding.random

    @property
    def homogeneous(self) -> bool:  # type: ignore[override]
        return self.rounding.homogeneous

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        return Scaled(self.rounding)(TopK(self.k)(v), rng)

    def naive(self, v: Exact) -> list[Any]:
        return Scaled(self.rounding).naive(TopK(self.k).naive(v))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        return Scaled(self.rounding).outcomes(TopK(self.k).naive(v))

    def contraction(self, dimension: int) -> Constant | None:
        check_kept(self.k, dimension)
        known = self.rounding.variance(dimension)
        if known is None:
            return None
        alpha = settle(Fraction(int(self.k), dimension) / (1 + known.value))
        if not acts_on_entries(self.rounding):
            return Constant(alpha)
        worst = self.rounding.variance(1)
        if worst is None or worst.extremal is None:
            return Constant(alpha)
        return Constant(alpha, extremal=tuple(worst.extremal) * dimension, attained=worst.attained)

    def bits(self, dimension: int) -> Number | None:
        """The bits of a set of k positions and of k rounded numbers; None where those are not rounded one by one."""
        check_kept(self.k, dimension)
        numbers = self.rounding.bits(int(self.k)) if acts_on_entries(self.rounding) else None
        return None if numbers is None else TopK(self.k).bits(dimension) - NUMBER_BITS * int(self.k) + numbers


def acts_on_entries(compressor: Compressor) -> bool:
    """Whether each entry is known to be compressed by itself, all by one law."""
    if isinstance(compressor, Bernoulli):
        return not isinstance(compressor.p, tuple)
    return isinstance(compressor, (Identity, NaturalCompression, RandomRounding))
