"""Arrays of Fractions."""

from __future__ import annotations

import numbers
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

ExactArray = NDArray[np.object_]
"""An array of objects that are all Fractions: sums and products of such arrays are exact."""


def as_fractions(values: Any) -> ExactArray:
    """A fresh array of Fractions of the same shape.

    Fractions throughout, since numpy divides two ints to a float.

    Args:
        values: rows of ints and Fractions, or an array of them.

    Raises:
        TypeError: an entry is no rational number, or the rows differ in length.

    >>> as_fractions([1, Fraction(1, 2)])
    array([Fraction(1, 1), Fraction(1, 2)], dtype=object)
    """
    given = np.array(values, dtype=object)
    exact = np.empty(given.size, dtype=object)
    exact[:] = [as_fraction(entry) for entry in given.flat]
    return exact.reshape(given.shape)


def as_fraction(entry: object) -> Fraction:
    """An int, a Fraction or another rational number as a Fraction.

    Raises:
        TypeError: it is none of these; a float is not meant exactly.
    """
    if isinstance(entry, bool) or not isinstance(entry, numbers.Rational):
        raise TypeError(f"the entry {entry!r} is no int or Fraction; for a float, say what is meant: Fraction(1, 10)")
    return Fraction(int(entry.numerator), int(entry.denominator))
