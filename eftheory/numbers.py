"""Numbers as people type them and read them: exact in, rounded to the safe side out.

What is said of a rounded number stays true: upper bounds are rounded up and lower bounds down, with as many digits as
``digits_for`` asks for, and a number that is short is shown as it is (``shown``). Only what is marked as about is
rounded to nearest.
"""

from __future__ import annotations

import numbers
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

_HUMAN = re.compile(
    r"[+-]?([0-9]{1,400}(/[0-9]{1,400})?|([0-9]{1,200}\.[0-9]{0,200}|\.[0-9]{1,200}|[0-9]{1,200})([eE][+-]?[0-9]{1,3})?)",
    re.ASCII,
)

LARGE = 10**15
"""From here on decimals are written with an exponent, and below its inverse."""

_OF_ANY_LENGTH = re.compile(re.sub(r"\{([01]),[0-9]+\}", r"{\1,}", _HUMAN.pattern), re.ASCII)


Readable: TypeAlias = str | int | float | Fraction | Decimal
"""What ``read_number`` reads."""


def read_number(said: Readable, name: str = "") -> Fraction:
    """Read a number as it is written: 0.1 is 1/10, be it text or a float, everywhere in eftheory.

    Args:
        said: text, which may be a fraction, a decimal or in scientific notation; an int, a Fraction or a Decimal;
            or a float, which stands for the shortest decimal that is this float, the one that Python prints. Numbers
            of numpy and sympy are read in the same way.
        name: of the number, for messages.

    Raises:
        ValueError: it is no finite number, or divides by zero.
        TypeError: it is nothing that could be a number.

    >>> read_number("0.1"), read_number(0.1), read_number("3/4"), read_number("1e-3")
    (Fraction(1, 10), Fraction(1, 10), Fraction(3, 4), Fraction(1, 1000))
    """
    of = f"{name}: " if name else ""
    if isinstance(said, numbers.Rational) and not isinstance(said, bool):
        return Fraction(int(said.numerator), int(said.denominator))
    if isinstance(said, bool) or not isinstance(said, (str, numbers.Real, Decimal)):
        raise TypeError(f"{of}{said!r:.60} is not a number; write 3/4, 0.75 or 1e-3")
    shown, text = (repr(said[:60]), said.strip()) if isinstance(said, str) else (f"{said!s:.60}", str(said))
    if not _HUMAN.fullmatch(text):
        if _OF_ANY_LENGTH.fullmatch(text):
            limits = "200 digits, or 400 on each side of a /, and exponents up to 999"
            raise ValueError(f"{of}{shown} is too long a number: write at most {limits}")
        raise ValueError(f"{of}{shown} is not a number; write 3/4, 0.75 or 1e-3")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f"{of}{shown} divides by zero") from None


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
    return _scientific(x, digits, up=True)


def scientific_down(x: Fraction, digits: int = 3) -> str:
    """The same, rounded down.

    >>> scientific_down(Fraction(2, 3)), scientific_down(Fraction(9999)), scientific_down(Fraction(1, 10**300))
    ('6.66e-01', '9.99e+03', '1.00e-300')
    """
    return _scientific(x, digits, up=False)


def figures_down(x: Fraction, figures: int) -> Fraction:
    """The decimal of so many figures, or one more, just below a positive number.

    >>> figures_down(Fraction(200, 3), 3), figures_down(Fraction(10**9, 3), 2)
    (Fraction(333, 5), Fraction(330000000, 1))
    """
    unit = Fraction(10) ** (figures - len(str(x.numerator // x.denominator)))
    while x * unit < 10 ** (figures - 1):
        unit *= 10
    return x * unit // 1 / unit


def digits_for(x: Fraction, figures: int = 9) -> int:
    """How many digits after the point show at least so many figures of a number, such as 1 - rate.

    >>> decimal_up(Fraction(997, 1000), digits_for(Fraction(3, 1000), figures=2))
    '0.99700'
    """
    return figures + (len(str(int(1 / abs(x)))) if x else 0)


def rate_up(rate: Fraction, digits: int) -> str:
    """The decimal that is next above; of a rate that is hardly below 1, how far below it is.

    >>> rate_up(Fraction(2, 3), 3), rate_up(1 - Fraction(1, 3 * 10**100), 103)
    ('0.667', '1 - 3.333333333e-101')
    """
    return f"1 - {scientific_down(1 - rate, 10)}" if is_hardly_below_one(rate) else decimal_up(rate, digits)


def rate_down(rate: Fraction, digits: int) -> str:
    """The same, next below.

    >>> rate_down(Fraction(2, 3), 3), rate_down(1 - Fraction(1, 3 * 10**100), 103)
    ('0.666', '1 - 3.333333334e-101')
    """
    return f"1 - {scientific_up(1 - rate, 10)}" if is_hardly_below_one(rate) else decimal_down(rate, digits)


def is_hardly_below_one(x: Fraction) -> bool:
    """Whether decimals of x begin with so many nines that nobody counts them."""
    return 0 < LARGE * (1 - x) < 1


def shown(x: Fraction, rounded: Callable[[Fraction], str], longest: int = 24) -> str:
    """The number as it is, or rounded if that takes more than ``longest`` characters.

    >>> shown(Fraction(2, 3), decimal_up), shown(Fraction(2, 3**60), decimal_up)
    ('2/3', '0.000000000001')
    """
    text = str(x)
    return text if len(text) <= longest else rounded(x)


def about(x: Fraction, figures: int = 9) -> str:
    """The number rounded to nearest, and marked as such.

    >>> about(Fraction(2, 3), 3), about(Fraction(2, 3 * 10**400), 3)
    ('about 0.667', 'about 6.67e-401')
    """
    float_has_it = not x or Fraction(1, 10**300) < abs(x) < 10**300
    near = float(x) if float_has_it else Decimal(x.numerator) / Decimal(x.denominator)
    return f"about {near:.{figures}g}"


def _scientific(x: Fraction, digits: int, *, up: bool) -> str:
    if x == 0:
        return "0"
    exponent = len(str(x.numerator)) - len(str(x.denominator))
    if Fraction(10) ** exponent > x:
        exponent -= 1
    scaled = x / Fraction(10) ** (exponent - digits + 1)
    whole = -(-scaled // 1) if up else scaled // 1
    if whole == 10**digits:
        whole, exponent = 10 ** (digits - 1), exponent + 1
    return f"{_decimal(whole, digits - 1)}e{exponent:+03d}"


def _decimal(scaled: int, digits: int) -> str:
    sign, text = "-" if scaled < 0 else "", str(abs(scaled)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else sign + text
