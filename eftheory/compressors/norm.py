"""Norms in exact arithmetic, for the definitions."""

from __future__ import annotations

from fractions import Fraction

from eftheory.compressors.compressor import Exact, IrrationalError
from eftheory.laws.kinds import sqrt


def square(v: Exact) -> Fraction:
    """||v||^2."""
    return sum((Fraction(entry) ** 2 for entry in v), Fraction(0))


def norm(v: Exact) -> Fraction:
    """||v||, where it is rational.

    Raises:
        IrrationalError: it is not.

    >>> norm([3, -4])
    Fraction(5, 1)
    """
    root = sqrt(square(v))
    if not isinstance(root, Fraction):
        raise IrrationalError(f"the norm of the vector is {root}, no rational number")
    return root


def error(v: Exact, message: Exact) -> Fraction:
    """||C(v) - v||^2 for a message C(v)."""
    return square([a - b for a, b in zip(v, message)])
