"""The largest number at which something holds, found by trying."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from eftheory.algebra.rounding import round_down
from eftheory.numbers import figures_down

_HALVINGS, _FIGURES, _FARTHEST = 48, 12, 1100
_DENOMINATORS = {24: 10**3, 48: 10**6}
"""After so many halvings a fraction of at most this denominator is tried: most of the simple ones show early."""


def largest(holds: Callable[[Fraction], bool]) -> Fraction | None:
    """A positive number at which it holds, hardly below the largest where it holds below whenever it holds.

    It is short: a fraction if that is the largest, else a decimal of 12 figures. None if it holds for no number above
    2^-1100, or for all up to 2^1100.

    >>> largest(lambda x: 3 * x <= 1), largest(lambda x: x * x <= 2), largest(lambda x: False)
    (Fraction(1, 3), Fraction(141421356237, 100000000000), None)
    """
    low = Fraction(1)
    if holds(low):
        while holds(2 * low):
            low *= 2
            if low > 2**_FARTHEST:
                return None
    else:
        while not holds(low):
            low /= 2
            if low < Fraction(1, 2**_FARTHEST):
                return None
    high = 2 * low
    for done in range(1, _HALVINGS + 1):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
        if done in _DENOMINATORS:
            near = ((low + high) / 2).limit_denominator(_DENOMINATORS[done])
            if low <= near and holds(near) and not holds(near + near / 2**_HALVINGS):
                return near
    short = figures_down(low, _FIGURES)
    return short if holds(short) else round_down(low, _HALVINGS)
