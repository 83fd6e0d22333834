"""Numbers as people type them and read them: exact in, rounded to the safe side out."""

from __future__ import annotations

import re
from fractions import Fraction

_HUMAN = re.compile(
    r"[+-]?([0-9]{1,400}(/[0-9]{1,400})?|([0-9]{1,200}\.[0-9]{0,200}|\.[0-9]{1,200}|[0-9]{1,200})([eE][+-]?[0-9]{1,3})?)",
    re.ASCII,
)


def read_number(text: str) -> Fraction:
    """Read a fraction, a decimal or scientific notation exactly: 0.1 is 1/10.

    Raises:
        ValueError: the text is no finite number, or divides by zero.

    >>> read_number("0.1"), read_number("3/4"), read_number("1e-3")
    (Fraction(1, 10), Fraction(3, 4), Fraction(1, 1000))
    """
    stripped = text.strip()
    if not _HUMAN.fullmatch(stripped):
        raise ValueError(f"{text[:60]!r} is not a number; write 3/4, 0.75 or 1e-3")
    try:
        return Fraction(stripped)
    except ZeroDivisionError:
        raise ValueError(f"{text[:60]!r} divides by zero") from None


def decimal_up(x: Fraction, digits: int = 12) -> str:
    """The decimal with ``digits`` digits after the point that is next above x (or equal).

    >>> decimal_up(Fraction(2, 3), 3), decimal_up(Fraction(-2, 3), 3)
    ('0.667', '-0.666')
    """
    return _decimal(-(-x * 10**digits // 1), digits)


def decimal_down(x: Fraction, digits: int = 12) -> str:
    """The decimal with ``digits`` digits after the point that is next below x (or equal).

    >>> decimal_down(Fraction(2, 3), 3), decimal_down(Fraction(1, 4), 3)
    ('0.666', '0.250')
    """
    return _decimal(x * 10**digits // 1, digits)


def scientific_up(x: Fraction, digits: int = 3) -> str:
    """A nonnegative number rounded up to ``digits`` significant digits, in scientific notation.

    >>> scientific_up(Fraction(1, 3)), scientific_up(Fraction(0)), scientific_up(Fraction(9999))
    ('3.34e-01', '0', '1.00e+04')
    """
    if x == 0:
        return "0"
    exponent = len(str(x.numerator)) - len(str(x.denominator))
    if Fraction(10) ** exponent > x:
        exponent -= 1
    scaled = -(-x / Fraction(10) ** (exponent - digits + 1) // 1)
    if scaled == 10**digits:
        scaled, exponent = 10 ** (digits - 1), exponent + 1
    return f"{_decimal(scaled, digits - 1)}e{exponent:+03d}"


def _decimal(scaled: int, digits: int) -> str:
    sign, text = "-" if scaled < 0 else "", str(abs(scaled)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else sign + text
