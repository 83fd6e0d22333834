"""The table of all compressors, as the tests of this folder read it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

from eftheory.compressors import Compressor
from eftheory.compressors.compressor import IrrationalError
from eftheory.laws import enclose
from tests.kit.compressor_cases import CASES

Case = tuple[Compressor, int]


def cases(*, random: bool, most: int = 4) -> Iterator[Case]:
    """The compressors that contract, with the dimensions in which they do, up to ``most``."""
    for compressor, dimensions in CASES:
        for d in dimensions:
            if compressor.random == random and d <= most and compressor.contraction(d) is not None:
                yield compressor, d


def label(value: Any) -> str:
    """What a compressor is called in the name of a test."""
    return repr(value).replace("Fraction", "")


@cache
def contractive(dimension: int) -> list[Compressor]:
    """Those that are not random, contract, and answer any rational vector with a rational one."""
    return [c for c, d in cases(random=False) if d == dimension and answers(c, probe(d))]


def probe(dimension: int) -> list[Fraction]:
    """A vector whose length and singular values are not rational."""
    return [Fraction(j) for j in range(2, dimension + 2)]


def answers(compressor: Compressor, v: list[Fraction]) -> bool:
    """Whether all messages to v are rational."""
    try:
        return bool(list(compressor.outcomes(v)))
    except IrrationalError:
        return False


@cache
def rational_alpha(compressor: Compressor, dimension: int) -> Fraction:
    """A rational alpha with which the compressor contracts: its own, or a little less where that is irrational."""
    alpha = compressor.alpha(dimension)
    below = Fraction(alpha) if isinstance(alpha, (int, Fraction)) else enclose(alpha)[0]
    return below if below == alpha else Fraction(math.floor(1000 * below), 1000)
