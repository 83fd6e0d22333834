"""Independent coins, one an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from eftheory.compressors.arrays import Array, factor, like, mask, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.probability import check_probability
from eftheory.compressors.vectors import as_real, as_vectors, check_dimension


@dataclass(frozen=True)
class Bernoulli(Compressor):
    """Keep each entry with probability p, or entry i with p_i, independently; ``scaled`` divides it by p_i.

    Unscaled, E ||C(v) - v||^2 = sum (1 - p_i) v_i^2, so alpha = min p_i is exact; scaled, C is unbiased
    and E ||C(v) - v||^2 = sum (1/p_i - 1) v_i^2, so omega = 1/min p_i - 1 is. Both are attained where
    only an entry of least probability is not zero.

    Args:
        p: a Fraction in (0, 1] for all entries, or one for each.
        scaled: whether C is to be unbiased.

    Raises:
        TypeError: a probability is no Fraction or 1.
        ValueError: one is out of range, the vector has another number of entries, or there is no generator.

    References:
        [WangniEtAl2018]; [BeznosikovEtAl2020], Section 2.

    >>> Bernoulli((Fraction(1, 2), Fraction(1, 3))).alpha(2)
    Fraction(1, 3)
    """

    p: Fraction | Sequence[Fraction]
    scaled: bool = False

    random = additive = True

    def __post_init__(self) -> None:
        if isinstance(self.p, Sequence):
            object.__setattr__(self, "p", tuple(self.p))
        for p in self.p if isinstance(self.p, tuple) else (self.p,):
            check_probability(p)

    @property
    def unbiased(self) -> bool:  # type: ignore[override]
        return self.scaled

    def probabilities(self, dimension: int) -> tuple[Fraction, ...]:
        """The probability of each entry.

        Raises:
            ValueError: as many were given for another dimension.
        """
        check_dimension(dimension)
        if not isinstance(self.p, tuple):
            return (Fraction(self.p),) * dimension  # type: ignore[arg-type]
        if len(self.p) != dimension:
            raise ValueError(f"{len(self.p)} probabilities for {dimension} entries: give one for each, or one for all")
        return tuple(map(Fraction, self.p))

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v) if self.scaled else as_vectors(v)
        xp = namespace(v)
        p = self.probabilities(v.shape[-1]) if isinstance(self.p, tuple) else (Fraction(self.p),)  # type: ignore[arg-type]
        thresholds = np.array([factor(v, entry) for entry in p])
        kept = generator(rng, "Bernoulli").random(tuple(v.shape)) < thresholds
        result = xp.where(mask(v, kept), v, xp.zeros_like(v))
        return result * like(v, [factor(v, 1 / entry) for entry in p]) if self.scaled else result

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        p = self.probabilities(len(v))
        for kept in product((True, False), repeat=len(v)):
            message = [(e / q if self.scaled else e) if here else 0 for here, e, q in zip(kept, v, p)]
            yield prod((q if here else 1 - q for here, q in zip(kept, p)), start=Fraction(1)), message

    def variance(self, dimension: int) -> Constant | None:
        if not self.scaled:
            return None
        return Constant(1 / min(self.probabilities(dimension)) - 1, self._rarest(dimension))

    def contraction(self, dimension: int) -> Constant | None:
        if self.scaled:
            return super().contraction(dimension)
        return Constant(min(self.probabilities(dimension)), self._rarest(dimension))

    def bits(self, dimension: int) -> Fraction:
        """The numbers kept, on average; the positions come from shared randomness."""
        return NUMBER_BITS * sum(self.probabilities(dimension), Fraction(0))

    def _rarest(self, dimension: int) -> tuple[int, ...]:
        p = self.probabilities(dimension)
        return tuple(int(j == p.index(min(p))) for j in range(dimension))
