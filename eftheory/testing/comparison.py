"""Compressors side by side, each sending about the same number of bits a message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from eftheory import compressors
from eftheory.compressors import Compressor
from eftheory.laws import Guarantee


@dataclass(frozen=True)
class Row:
    """One compressor of the comparison.

    Attributes:
        name: with its parameters.
        guarantee: with its bits.
    """

    name: str
    guarantee: Guarantee


def at_equal_bits(name: str, guarantee: Guarantee, dimension: int) -> list[Row]:
    """The compressor and those of eftheory that fit into as many bits, the fewest bits to accuracy first.

    Of each family the member with the most bits a message, not more than the compressor's, is taken;
    unbiased ones are scaled by 1/(1 + omega).

    >>> found = at_equal_bits("mine", Guarantee(Fraction(1, 10), bits=350), 100)
    >>> any(row.name == "TopK(k=9)" for row in found)
    True
    """
    budget = guarantee.bits
    rows = [Row(name, guarantee)]
    for family in FAMILIES:
        fitting = [c for c in family(dimension) if 0 < _bits(c, dimension) <= budget]
        if fitting:
            best = max(fitting, key=lambda c: _bits(c, dimension))
            alpha = _alpha(best, dimension)
            if repr(best) != name and alpha is not None:
                rows.append(Row(repr(best), replace(guarantee, alpha=alpha, bits=_bits(best, dimension))))
    return sorted(rows, key=lambda row: float(row.guarantee.tight_bits or 0))


def _bits(compressor: Compressor, dimension: int) -> Any:
    bits = compressor.bits(dimension)
    return 0 if bits is None else bits


def _alpha(compressor: Compressor, dimension: int) -> Any:
    variance = compressor.variance(dimension)
    if variance is not None:
        return 1 / (1 + variance.value)
    contraction = compressor.contraction(dimension)
    return None if contraction is None else contraction.value


def _counts(d: int) -> Iterator[int]:
    yield from range(1, d + 1) if d <= 1000 else sorted({round(d ** (j / 500)) for j in range(501)})


FAMILIES: tuple[Callable[[int], list[Compressor]], ...] = (
    lambda d: [compressors.TopK(k) for k in _counts(d)],
    lambda d: [compressors.RandK(k) for k in _counts(d)],
    lambda d: [compressors.ScaledSign()],
    lambda d: [compressors.NaturalCompression()],
    lambda d: [compressors.QSGD(2**j) for j in range(16)],
    lambda d: [compressors.Ternary()],
    lambda d: [compressors.NearestRounding(Fraction(2))],
    lambda d: [compressors.RoundedTopK(k, compressors.NaturalCompression()) for k in _counts(d)],
    lambda d: [compressors.Identity()],
)
