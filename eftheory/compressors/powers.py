"""The powers of a base around a number, exactly."""

from __future__ import annotations

import sys
from fractions import Fraction
from functools import lru_cache
from math import floor, log, ulp

import numpy as np

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.levels import Pair, enclose_exactly, enclose_floats

LEAST_BASE = Fraction(9, 8)
"""Below, the powers within the range of a float are too many for a table."""

DOUBLE_LEAST = ulp(0.0)
DOUBLE_LARGEST = sys.float_info.max


def check_base(base: object) -> None:
    """Refuse a base with which there is no rounding.

    Raises:
        TypeError: the base is no int or Fraction.
        ValueError: it is less than 9/8.
    """
    if isinstance(base, bool) or not isinstance(base, (int, Fraction)):
        raise TypeError(f"base={base!r}: the constants are exact, so the base must be an int or a Fraction")
    if base < LEAST_BASE:
        raise ValueError(f"base={base}: the base must be at least {LEAST_BASE}; base 2 keeps just the exponent")


def powers_around(size: Fraction, base: Fraction) -> Pair:
    """The largest power of the base that is at most the size, and the next; zero twice for zero.

    >>> powers_around(Fraction(3, 10), Fraction(2))
    (Fraction(1, 4), Fraction(1, 2))
    """
    if not size:
        return Fraction(0), Fraction(0)
    size, base = Fraction(size), Fraction(base)
    exponent = floor((log(size.numerator) - log(size.denominator)) / log(base))
    while base**exponent > size:
        exponent -= 1
    while base ** (exponent + 1) <= size:
        exponent += 1
    return base**exponent, base ** (exponent + 1)


def enclose_by_powers(size: Array, base: Fraction) -> tuple[Array, Array]:
    """``powers_around`` every entry; those of floats are the powers of the base, each rounded to a float.

    Below the least positive one comes zero; beyond the largest there is no next one, and it comes twice.
    """
    if size.dtype == object:
        return enclose_exactly(size, lambda entry: powers_around(entry, base))
    limits = namespace(size).finfo(size.dtype)
    least = max(float(limits.smallest_normal * limits.eps), DOUBLE_LEAST)
    largest = min(float(limits.max), DOUBLE_LARGEST)
    return enclose_floats(size, np.concatenate([[0.0], list_powers(base, least, largest)]))


@lru_cache
def list_powers(base: Fraction, least: float, largest: float) -> tuple[float, ...]:
    """The powers of the base from ``least`` < 1 to ``largest`` > 1, in order, each rounded to double precision.

    >>> list_powers(Fraction(2), 0.3, 5.0)
    (0.5, 1.0, 2.0, 4.0)
    """
    found = [1.0]
    for factor, bound in ((Fraction(base), largest), (1 / Fraction(base), least)):
        (p, q), (top, bottom) = factor.as_integer_ratio(), bound.as_integer_ratio()
        over, under = p, q
        while (over * bottom <= top * under) if factor > 1 else (over * bottom >= top * under):
            found.append(over / under)
            over, under = over * p, under * q
    return tuple(sorted(found))
