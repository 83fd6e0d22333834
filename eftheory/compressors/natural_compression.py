"""Natural compression."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.compressors.random_rounding import RandomRounding


@dataclass(frozen=True)
class NaturalCompression(RandomRounding):
    """Round each entry at random to one of the two powers of two next to it: the exponent of a float, and the sign.

    It is random rounding in base 2: omega = 1/8 is exact, attained at 4/3 in all entries; a message takes
    nine bits an entry. Subnormal entries are rounded to powers of two like all others, but the nine bits,
    those of sign and exponent of single precision, hold no subnormal numbers, and ``encode`` refuses them.

    References:
        [HorvathEtAl2019].

    >>> NaturalCompression().omega(5), NaturalCompression().bits(5)
    (Fraction(1, 8), 45)
    """

    base: Fraction = field(default=Fraction(2), init=False, repr=False)
