"""Compressors of eftheory for a dimension, with a few values of their parameters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory import compressors
from eftheory.compressors import Compressor


def contractive_in(dimension: int, *, random: bool | None = None) -> list[Compressor]:
    """Those that contract in this dimension, the simplest first.

    >>> contractive_in(2, random=False)[:2]
    [Identity(), TopK(k=1)]
    """
    found = [c for c in _some(dimension) if random in (None, c.random)]
    return [c for c in found if c.contraction(dimension) is not None]


def _some(d: int) -> Iterator[Compressor]:
    ks = sorted({1, (d + 1) // 2, d})
    yield compressors.Identity()
    yield from (compressors.TopK(k) for k in ks)
    yield compressors.ScaledSign()
    yield from (compressors.Overshoot(Fraction(1, q)) for q in (2, 10))
    yield from (compressors.RandK(k) for k in ks)
