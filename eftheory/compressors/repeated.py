"""A compressor, applied again to what it left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.compressors.arrays import Array
from eftheory.compressors.composed import Composed
from eftheory.compressors.compressor import Compressor, Exact, Outcome, is_whole
from eftheory.compressors.constant import Constant
from eftheory.compressors.vectors import as_vectors
from eftheory.laws.kinds import Number, settle


@dataclass(frozen=True)
class Repeated(Composed):
    """The sum of ``rounds`` messages, each of what the sum of those before it leaves of v.

    Each round leaves at most 1 - alpha of the square of what it is given, whatever that is: alpha becomes
    1 - (1 - alpha)^rounds, and omega of an unbiased compressor omega^rounds. Bounds, if there is more than a round.

    Args:
        compressor: the one that is repeated.
        rounds: an int >= 1.

    Raises:
        ValueError: rounds is no such number.

    References:
        [HuangEtAl2022].

    >>> from eftheory.compressors import TopK
    >>> Repeated(TopK(1), 2)(np.array([1.0, -4.0, 3.0])), Repeated(TopK(1), 2).alpha(3)
    (array([ 0., -4.,  3.]), Fraction(5, 9))
    """

    compressor: Compressor
    rounds: int

    def __post_init__(self) -> None:
        if not is_whole(self.rounds) or self.rounds < 1:
            raise ValueError(f"rounds={self.rounds!r}: the number of rounds is a whole number, at least 1")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        message = self.compressor(v, rng)
        for _ in range(self.rounds - 1):
            message = message + self.compressor(v - message, rng)
        return message

    def naive(self, v: Exact) -> list[Any]:
        message: list[Any] = [0] * len(v)
        for _ in range(self.rounds):
            message = _sum(message, self.compressor.naive(_rest(v, message)))
        return message

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        reached: list[Outcome] = [(Fraction(1), [0] * len(v))]
        for _ in range(self.rounds):
            reached = [
                (p * q, _sum(message, more))
                for p, message in reached
                for q, more in self.compressor.outcomes(_rest(v, message))
            ]
        yield from reached

    def variance(self, dimension: int) -> Constant | None:
        known = self.compressor.variance(dimension)
        if known is None or self.rounds == 1:
            return known
        return Constant(settle(known.value ** int(self.rounds)))

    def contraction(self, dimension: int) -> Constant | None:
        known = self.compressor.contraction(dimension)
        if known is None or self.rounds == 1:
            return known
        return Constant(settle(1 - (1 - known.value) ** int(self.rounds)))

    def bits(self, dimension: int) -> Number | None:
        once = self.compressor.bits(dimension)
        return None if once is None else once * int(self.rounds)


def _sum(a: Exact, b: Exact) -> list[Any]:
    return [x + y for x, y in zip(a, b)]


def _rest(a: Exact, b: Exact) -> list[Any]:
    return [x - y for x, y in zip(a, b)]
