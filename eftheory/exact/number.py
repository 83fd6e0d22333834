"""The numbers of a certificate: reduced fractions, written one way only."""

from __future__ import annotations

import re
from fractions import Fraction

MAX_DIGITS = 400
"""Longest numerator or denominator a certificate may hold, in decimal digits."""

_GRAMMAR = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", re.ASCII)


def parse_number(text: object) -> Fraction:
    """Read a number of a certificate, refusing everything but its canonical spelling.

    The grammar is ``-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?`` in ASCII, reduced, with at most
    ``MAX_DIGITS`` digits a side; decimals, exponents and spaces are refused.

    Raises:
        ValueError: the text is not the canonical spelling of a fraction.

    >>> parse_number("20/209")
    Fraction(20, 209)
    """
    if not isinstance(text, str) or len(text) > 2 * MAX_DIGITS + 2 or not _GRAMMAR.fullmatch(text):
        raise ValueError(f"{str(text)[:40]!r} is not a number: write a reduced fraction like '20/209'")
    if max(len(part) for part in text.lstrip("-").split("/")) > MAX_DIGITS:
        raise ValueError(f"{text[:40]!r}... has more than {MAX_DIGITS} digits")
    value = Fraction(text)
    if str(value) != text:
        raise ValueError(f"{text[:40]!r} is not reduced: write {str(value)[:40]!r}")
    return value


def print_number(value: Fraction) -> str:
    """Write a number as ``parse_number`` reads it.

    Raises:
        ValueError: the number has more than ``MAX_DIGITS`` digits a side.
    """
    limit = 10**MAX_DIGITS
    if abs(value.numerator) >= limit or value.denominator >= limit:
        raise ValueError(f"a number has more than {MAX_DIGITS} digits; round it first")
    return str(value)
