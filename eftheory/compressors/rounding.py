"""Rounding between two neighbours, and the law of entries that are rounded independently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from eftheory.compressors.arrays import Array, namespace, uniform
from eftheory.compressors.compressor import Outcome
from eftheory.compressors.deferred import np
from eftheory.compressors.vectors import is_floating


def round_at_random(size: Array, low: Array, high: Array, rng: np.random.Generator) -> Array:
    """``high`` with probability (size - low) / (high - low), else ``low``, so that the mean is ``size``.

    What lies above ``high`` becomes ``high``.
    """
    xp = namespace(size)
    gap = xp.where(high > low, high - low, xp.ones_like(size))
    return xp.where(uniform(size, rng) < (size - low) / gap, high, low)


def with_sign(v: Array, size: Array) -> Array:
    """The sizes with the signs of v."""
    return namespace(v).where(v < 0, -size, size)


def proportion(v: Array, whole: Array) -> Array:
    """|v| / whole, at most one; zero where whole is."""
    xp = namespace(v)
    share = xp.abs(v) / xp.where(whole == 0, xp.ones_like(whole), whole)
    return xp.where(share > 1, xp.ones_like(share), share)


def finite_or_nan(v: Array) -> Array:
    """The vectors, with NaN in place of infinities: a share of infinity means nothing."""
    xp = namespace(v)
    return xp.where(xp.isinf(v), np.nan * v, v) if is_floating(v) else v


def list_outcomes(choices: Sequence[Sequence[tuple[Fraction, Any]]]) -> Iterator[Outcome]:
    """The messages whose entries are drawn independently, each from its choices; what has no chance is left out.

    >>> list(list_outcomes([[(Fraction(1, 2), 0), (Fraction(1, 2), 1)], [(Fraction(1), 5)]]))
    [(Fraction(1, 2), [0, 5]), (Fraction(1, 2), [1, 5])]
    """
    for drawn in product(*([choice for choice in entry if choice[0]] for entry in choices)):
        yield prod((p for p, _ in drawn), start=Fraction(1)), [value for _, value in drawn]


def rounding_choices(entry: Any, low: Fraction, high: Fraction) -> list[tuple[Fraction, Fraction]]:
    """What an entry between -high and high may be rounded to, with probabilities, so that its mean is kept."""
    if low == high:
        return [(Fraction(1), -low if entry < 0 else low)]
    p = (abs(entry) - low) / (high - low)
    return [(1 - p, -low if entry < 0 else low), (p, -high if entry < 0 else high)]
