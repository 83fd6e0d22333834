"""Probabilities as parameters."""

from __future__ import annotations

from fractions import Fraction


def check_probability(p: object) -> None:
    """Refuse what is no exact probability above zero.

    Raises:
        TypeError: p is no int or Fraction.
        ValueError: p is out of range.
    """
    if isinstance(p, bool) or not isinstance(p, (int, Fraction)):
        raise TypeError(f"p={p!r}: the constants are exact, so a probability is a Fraction; Fraction('0.3') reads 0.3")
    if not 0 < p <= 1:
        raise ValueError(f"p={p}: a probability must lie in (0, 1]; what is never sent cannot be learnt")
