"""A vector of exact numbers, kept as whole numbers over one denominator: sums of squares then need no fractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

MANTISSA = 53
"""Bits of a double's mantissa."""


@dataclass(frozen=True)
class Rationals(Sequence[Fraction]):
    """The vector numerators/denominator; its entries are Fractions.

    Args:
        numerators: ints.
        denominator: an int >= 1.

    >>> v = Rationals.of([Fraction(1, 2), Fraction(-2, 3)])
    >>> v, v[1], v.square
    (Rationals(numerators=[3, -4], denominator=6), Fraction(-2, 3), Fraction(25, 36))
    """

    numerators: list[int]
    denominator: int

    @classmethod
    def of(cls, entries: Iterable[int | Fraction]) -> Rationals:
        """The vector of these entries."""
        listed = list(entries)
        denominator = lcm(*{entry.denominator for entry in listed})
        return cls([entry.numerator * (denominator // entry.denominator) for entry in listed], denominator)

    @classmethod
    def of_floats(cls, floats: Any) -> Rationals:
        """The rationals that finite floats are: whole numbers over one power of two.

        >>> Rationals.of_floats([0.5, 3.0])[0]
        Fraction(1, 2)
        """
        shares, exponents = np.frexp(np.asarray(floats, dtype=np.float64))
        mantissas = np.ldexp(shares, MANTISSA).astype(np.int64)
        exponents = exponents.astype(np.int64) - MANTISSA
        least = int(exponents[mantissas != 0].min(initial=0))  # at most 0: a denominator is whole
        shifts = np.where(mantissas == 0, 0, exponents - least)
        return cls([m << e for m, e in zip(mantissas.tolist(), shifts.tolist())], 1 << -least)

    def __len__(self) -> int:
        return len(self.numerators)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Rationals(self.numerators[place], self.denominator)
        return Fraction(self.numerators[place], self.denominator)

    @property
    def square(self) -> Fraction:
        """The sum of the squares."""
        return Fraction(sum(n * n for n in self.numerators), self.denominator**2)

    def over(self, denominator: int) -> list[int]:
        """The numerators over a multiple of the denominator."""
        factor = denominator // self.denominator
        return self.numerators if factor == 1 else [factor * n for n in self.numerators]

    def minus(self, other: Rationals) -> Rationals:
        """The difference."""
        common = lcm(self.denominator, other.denominator)
        return Rationals([a - b for a, b in zip(self.over(common), other.over(common))], common)

    def times(self, factor: Fraction) -> Rationals:
        """The multiple."""
        return Rationals([factor.numerator * n for n in self.numerators], factor.denominator * self.denominator)

    def equals(self, other: Rationals) -> bool:
        """Whether all entries are the same numbers."""
        return not any(self.minus(other).numerators)


def mix(law: Sequence[tuple[Fraction, Rationals]], *, sizes: bool = False) -> list[Fraction]:
    """The mean of vectors with probabilities; of the absolute values, if ``sizes``.

    >>> mix([(Fraction(1, 2), Rationals([4], 1)), (Fraction(1, 2), Rationals([-1], 1))], sizes=True)
    [Fraction(5, 2)]
    """
    weights = Rationals.of(p for p, _ in law)
    common = lcm(*(v.denominator for _, v in law))
    total = [0] * len(law[0][1])
    for weight, (_, v) in zip(weights.numerators, law):
        entries = v.over(common)
        total = [t + weight * (abs(n) if sizes else n) for t, n in zip(total, entries)]
    return [Fraction(t, weights.denominator * common) for t in total]
