"""The numbers of a certificate: reduced fractions, written one way only."""

import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import TypeVar

from eftheory.exact.budget import spend

Rational = Fraction | int
Key = TypeVar("Key")

MAX_DIGITS = 400  # of a numerator or denominator in a certificate
_GRAMMAR = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", re.ASCII)


def parse_number(text: object) -> Fraction:
    """Read a reduced fraction, ``-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?`` in ASCII; ValueError for any other spelling.

    >>> parse_number("20/209")
    Fraction(20, 209)
    """
    if not isinstance(text, str) or len(text) > 2 * MAX_DIGITS + 2 or not _GRAMMAR.fullmatch(text):
        raise ValueError(f"{str(text)[:40]!a} is not a number: write a reduced fraction like '20/209'")
    if max(len(part) for part in text.lstrip("-").split("/")) > MAX_DIGITS:
        raise ValueError(f"{text[:40]!r}... has more than {MAX_DIGITS} digits")
    value = Fraction(*map(int, text.split("/")))
    if str(value) != text:
        raise ValueError(f"{text[:40]!r} is not reduced: write {str(value)[:40]!r}")
    return value


def common(denominators: Iterable[int]) -> int:
    """Their least common multiple."""
    scale = 1
    for denominator in denominators:
        if scale % denominator:
            spend((scale,), (denominator,))
            scale = lcm(scale, denominator)
    return scale


def divisor(number: int, others: Collection[int]) -> int:
    """The greatest that is common to all; to find it takes as long as four products."""
    longest = max(others, key=int.bit_length, default=0)
    spend((number, number), (longest, longest))
    return gcd(number, *others)


def cleared(terms: Mapping[Key, Rational]) -> tuple[int, dict[Key, int]]:
    """A common denominator, and the numerators over it."""
    if (scale := common(value.denominator for value in terms.values())) == 1:
        return 1, {key: value.numerator for key, value in terms.items()}
    spend((scale,), [value.numerator for value in terms.values()])
    return scale, {key: value.numerator * (scale // value.denominator) for key, value in terms.items()}
