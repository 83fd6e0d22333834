"""What a compressor answers in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eftheory.compressors.compressor import Compressor

Rule = Callable[[list[Any]], Sequence[Any]]
"""A function of one vector, a list of Fractions, whose result has rational entries."""


def fix_draw(compressor: Compressor, place: int) -> Rule:
    """The compressor with one and the same draw always: the outcome at this place of ``outcomes(v)``.

    It is the same draw at every v if the list has the same order at every v, as for Rand-k.

    >>> from eftheory.compressors import RandK
    >>> fix_draw(RandK(1), 2)([5, 6, 7])
    [0, 0, 7]
    """
    return lambda v: list(compressor.outcomes(v))[place][1]


def draw_fresh(compressor: Compressor, rng: np.random.Generator) -> Rule:
    """The compressor with a draw of its own at every call.

    >>> from eftheory.compressors import RandK
    >>> rule = draw_fresh(RandK(1), np.random.default_rng(0))
    >>> sorted({tuple(rule([1, 2])) for _ in range(20)})
    [(0, 2), (1, 0)]
    """

    def answer(v: list[Any]) -> Sequence[Any]:
        outcomes = list(compressor.outcomes(v))
        chances = np.array([float(probability) for probability, _ in outcomes])
        return outcomes[rng.choice(len(outcomes), p=chances / chances.sum())][1]

    return answer
