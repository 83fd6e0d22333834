"""How a report shows numbers: short fractions as they are, long ones as decimals on the safe side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from eftheory.numbers import decimal_down, decimal_up, digits_for, rate_down, rate_up

SHORT_BITS = 40
"""Up to how many bits, numerator and denominator together, a fraction is shown as it is."""

_MOST_BITS = 12_000  # Python refuses to print longer integers than about this


@dataclass(frozen=True)
class Digits:
    """Shows numbers for people; with ``exact`` as full fractions.

    >>> third, long = Fraction(1, 3), Fraction(10**20, 3 * 10**20 + 1)
    >>> Digits().near(third), Digits().near(long), Digits(exact=True).near(long)
    ('1/3', '0.333333', '100000000000000000000/300000000000000000001')
    >>> Digits().up(long), Digits().down(long)
    ('0.333334', '0.333333')
    """

    exact: bool = False
    significant: int = 6
    short: int = SHORT_BITS

    def rounds(self, x: Fraction) -> bool:
        """Whether the number is shown as a decimal that is not equal to it."""
        bits = x.numerator.bit_length() + x.denominator.bit_length()
        return bits > (_MOST_BITS if self.exact else self.short)

    def near(self, x: Fraction) -> str:
        """The number, or the decimal nearest to it; mark the latter as approximate."""
        if not self.rounds(x):
            return str(x)
        context = Context(prec=self.significant)
        rounded = context.divide(Decimal(x.numerator), Decimal(x.denominator)).normalize(context)
        return f"{rounded:g}" if -5 <= rounded.adjusted() < 9 else f"{rounded:e}"

    def up(self, x: Fraction) -> str:
        """The number, or a decimal above it."""
        return self._beside(x, decimal_up)

    def down(self, x: Fraction) -> str:
        """The number, or a decimal below it."""
        return self._beside(x, decimal_down)

    def rate_up(self, rate: Fraction) -> str:
        """The number, or a decimal above it with enough digits to tell 1 - rate."""
        return self._rate(rate, rate_up)

    def rate_down(self, rate: Fraction) -> str:
        """The number, or a decimal below it with enough digits to tell 1 - rate."""
        return self._rate(rate, rate_down)

    def _beside(self, x: Fraction, rounded: Callable[[Fraction, int], str]) -> str:
        if not self.rounds(x):
            return str(x)
        exponent = Context(prec=3).divide(Decimal(x.numerator), Decimal(x.denominator)).adjusted()
        shift = 0 if -5 <= exponent < 9 else exponent
        text = rounded(x / Fraction(10) ** shift, max(0, self.significant - 1 - (exponent - shift)))
        return f"{text}e{shift:+d}" if shift else text

    def _rate(self, rate: Fraction, rounded: Callable[[Fraction, int], str]) -> str:
        return rounded(rate, digits_for(1 - rate, self.significant + 3)) if self.rounds(rate) else str(rate)
