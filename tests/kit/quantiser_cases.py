"""The quantisers, for the tests that all compressors pass."""

from __future__ import annotations

from fractions import Fraction

from eftheory.compressors import QSGD, NaturalCompression, NaturalDithering, NearestRounding, RandomRounding, Ternary
from tests.compressors.case import Case

CASES = [
    Case(Ternary()),
    Case(QSGD(1), (1, 4)),
    Case(QSGD(2), (1, 2, 3, 4)),
    Case(QSGD(3), (1, 2, 4)),
    Case(NaturalCompression()),
    Case(NaturalDithering(1), (1, 4)),
    Case(NaturalDithering(3), (1, 2, 3, 4)),
    Case(NaturalDithering(2, base=Fraction(3, 2)), (2, 3)),
    Case(NaturalDithering(1, norm="inf")),
    Case(NaturalDithering(3, norm="inf")),
    Case(NaturalDithering(2, norm="inf", base=Fraction(5))),
    Case(NearestRounding(2)),
    Case(NearestRounding(Fraction(5, 3))),
    Case(RandomRounding(2), (1, 3)),
    Case(RandomRounding(10)),
    Case(RandomRounding(Fraction(3, 2)), (1, 2)),
]
