"""All or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eftheory.compressors.arrays import Array, factor, mask, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.probability import check_probability
from eftheory.compressors.vectors import as_vectors, check_dimension


@dataclass(frozen=True)
class Lazy(Compressor):
    """C(v) = v/p with probability p, else zero: communication in some rounds only.

    C is unbiased and E ||C(v) - v||^2 = (1/p - 1) ||v||^2 on every vector: omega = 1/p - 1 is exact.

    Args:
        p: a Fraction in (0, 1].

    Raises:
        TypeError: p is no Fraction or 1.
        ValueError: p is out of range, or no generator is given.

    >>> Lazy(Fraction(1, 4)).omega(7)
    Fraction(3, 1)
    """

    p: Fraction

    random = unbiased = additive = True

    def __post_init__(self) -> None:
        check_probability(self.p)

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        xp = namespace(v)
        sent = generator(rng, "Lazy").random((*v.shape[:-1], 1)) < np.asarray(factor(v, self.p))
        return factor(v, 1 / Fraction(self.p)) * xp.where(mask(v, sent), v, xp.zeros_like(v))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        yield Fraction(self.p), [Fraction(entry) / self.p for entry in v]
        yield 1 - Fraction(self.p), [0] * len(v)

    def variance(self, dimension: int) -> Constant:
        check_dimension(dimension)
        return Constant(1 / Fraction(self.p) - 1, extremal=(1,) * dimension)

    def bits(self, dimension: int) -> Fraction:
        """The numbers, on average; the coin is tossed with shared randomness."""
        return NUMBER_BITS * dimension * Fraction(self.p)
