"""Compressors of eftheory for a dimension, with a few values of their parameters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory import compressors
from eftheory.compressors import Compressor


def contractive_in(dimension: int, *, random: bool | None = None) -> list[Compressor]:
    """The compressors that contract in this dimension, the simplest first.

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
    yield compressors.NormSign()
    yield from (compressors.NearestRounding(Fraction(base)) for base in (2, 10))
    yield from (compressors.RelativeThreshold(tau) for tau in (Fraction(1, 2), Fraction(1)))
    yield compressors.Repeated(compressors.TopK(1), 2)
    yield from (compressors.Bernoulli(Fraction(1, q)) for q in (2, 10))
    yield compressors.AdaptiveSparsification()
    yield compressors.NaturalCompression()
    yield compressors.Scaled(compressors.Ternary())
    yield compressors.Scaled(compressors.QSGD(4))
    yield compressors.Scaled(compressors.Lazy(Fraction(1, 3)))
    yield compressors.RoundedTopK(1, compressors.NaturalCompression())
