"""An unbiased compressor made of a biased one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eftheory.compressors.arrays import Array
from eftheory.compressors.composed import Composed
from eftheory.compressors.compressor import Compressor, Exact, Outcome
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import as_vectors
from eftheory.laws.kinds import Number, settle


@dataclass(frozen=True)
class Induced(Composed):
    """C(v) = biased(v) + unbiased(v - biased(v)), the two drawing independently.

    C is unbiased, and E ||C(v) - v||^2 <= omega E ||v - biased(v)||^2 <= omega (1 - alpha) ||v||^2: a bound.

    Args:
        biased: a compressor that contracts.
        unbiased_part: an unbiased one.

    Raises:
        TypeError: the second is not unbiased.

    References:
        [HorvathRichtarik2021].

    >>> from eftheory.compressors import RandK, TopK
    >>> Induced(TopK(1), RandK(1, scaled=True)).omega(4)
    Fraction(9, 4)
    """

    biased: Compressor
    unbiased_part: Compressor

    @property
    def unbiased(self) -> bool:  # type: ignore[override]
        return True

    def __post_init__(self) -> None:
        if not self.unbiased_part.unbiased:
            raise TypeError(f"{self.unbiased_part!r} is not unbiased; what the first leaves needs one that is")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        message = self.biased(v, rng)
        return message + self.unbiased_part(v - message, rng)

    def naive(self, v: Exact) -> list[Any]:
        message = self.biased.naive(v)
        rest = self.unbiased_part.naive([a - b for a, b in zip(v, message)])
        return [a + b for a, b in zip(message, rest)]

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        for p, message in self.biased.outcomes(v):
            for q, rest in self.unbiased_part.outcomes([a - b for a, b in zip(v, message)]):
                yield p * q, [a + b for a, b in zip(message, rest)]

    def variance(self, dimension: int) -> Constant | None:
        first, second = self.biased.contraction(dimension), self.unbiased_part.variance(dimension)
        if first is None or second is None:
            return None
        return Constant(settle((1 - first.value) * second.value))

    def bits(self, dimension: int) -> Number | None:
        first, second = self.biased.bits(dimension), self.unbiased_part.bits(dimension)
        return None if first is None or second is None else first + second
