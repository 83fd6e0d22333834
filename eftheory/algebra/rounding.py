"""Rationals just above or below what is wanted."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt


def round_down(x: Fraction, bits: int) -> Fraction:
    """The largest rational <= x with ``bits`` significant binary digits.

    >>> round_down(Fraction(1, 3), 4)
    Fraction(5, 16)
    """
    unit = Fraction(2) ** (bits - binary_exponent(x))
    return (x * unit // 1) / unit


def round_up(x: Fraction, bits: int) -> Fraction:
    """The smallest rational >= x with ``bits`` significant binary digits.

    >>> round_up(Fraction(1, 3), 4)
    Fraction(11, 32)
    """
    return -round_down(-x, bits)


def sqrt_below(x: Fraction, *, bits: int) -> Fraction:
    """A rational r <= sqrt(x), within 2^-bits, equal to it where x is a square.

    >>> sqrt_below(Fraction(1, 4), bits=8)
    Fraction(1, 2)
    """
    top, bottom = isqrt(x.numerator), isqrt(x.denominator)
    if top * top == x.numerator and bottom * bottom == x.denominator:
        return Fraction(top, bottom)
    return Fraction(isqrt(x.numerator * 4**bits // x.denominator), 2**bits)


def sqrt_above(x: Fraction, *, bits: int) -> Fraction:
    """A rational r >= sqrt(x), within 2^-bits, equal to it where x is a square.

    >>> sqrt_above(Fraction(2), bits=1)
    Fraction(3, 2)
    """
    below = sqrt_below(x, bits=bits)
    return below if below * below == x else below + Fraction(1, 2**bits)


def binary_exponent(x: Fraction) -> int:
    """The integer e with 2^(e-1) < |x| < 2^(e+1), if x is not zero."""
    return x.numerator.bit_length() - x.denominator.bit_length()


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the smallest denominator between two.

    >>> simplest(Fraction(3, 10), Fraction(2, 5))
    Fraction(1, 3)
    """
    if low > high:
        low, high = high, low
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = low.__ceil__()
    if whole <= high:
        return Fraction(whole)
    below = low.__floor__()
    return below + 1 / simplest(1 / (high - below), 1 / (low - below))
