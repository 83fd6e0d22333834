"""Several values of an option, as they are written."""

from __future__ import annotations

import re
from fractions import Fraction

from eftheory.numbers import figures_down, read_number

MOST = 1_000_000
"""Values of one option."""
_BEGINS_WITH_NUMBER = re.compile(r"\s*[-+.0-9]*:|\s*[-+]?[.0-9][-+.0-9eE/]*\s*:")


def spread(text: str, name: str) -> tuple[str, ...]:
    """The values of a range, FROM:TO:COUNT or FROM:TO:COUNT:log; other text is one value.

    Both ends are among the values. They are exact; on a logarithmic scale those between the ends are decimals of three
    figures.

    Raises:
        ValueError: an end is no number, or the count is less than 2.

    >>> spread("1/100:1/2:3", "alpha")
    ('1/100', '51/200', '1/2')
    >>> spread("1:1000:4:log", "L"), spread("optimal", "step_size")
    (('1', '10', '100', '1000'), ('optimal',))
    """
    parts = text.split(":")
    if len(parts) == 1 or not _BEGINS_WITH_NUMBER.match(text):
        return (text,)  # as is file.py:Class
    if len(parts) not in (3, 4) or parts[3:] not in ([], ["log"]):
        raise ValueError(f"{name}={text[:60]!r}: write FROM:TO:COUNT, as 1/100:1/2:50, or FROM:TO:COUNT:log")
    first, last, count = (read_number(part, name) for part in parts[:3])
    if count.denominator != 1 or not 2 <= count <= MOST:
        raise ValueError(f"{name}={text[:60]!r}: COUNT is a whole number from 2 to {MOST}")
    if not parts[3:]:
        return tuple(str(first + (last - first) * k / (count - 1)) for k in range(int(count)))
    if min(first, last) <= 0:
        raise ValueError(f"{name}={text[:60]!r}: on a logarithmic scale both ends are positive")
    factor = float(last / first) ** (1 / (count.numerator - 1))
    near = (first * Fraction(factor**k) for k in range(1, int(count) - 1))
    between = (figures_down(each * Fraction(10**9 + 1, 10**9), 3) for each in near)
    return tuple(map(str, (first, *between, last)))
