"""Every way in which one step with random compressors may go."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from eftheory.compressors.compressor import Compressor
from eftheory.methods import Method
from eftheory.simulate.rational.arrays import ExactArray, as_fractions
from eftheory.simulate.rational.quadratic import RationalQuadratic
from eftheory.simulate.world import NumericWorld

Messages = tuple[ExactArray, ...]


def enumerate_steps(
    method: Method, problem: RationalQuadratic, compressor: Compressor, state: tuple[Any, ...]
) -> Iterator[tuple[Fraction, tuple[Any, ...]]]:
    """All states after one step, each with its probability; all agents draw independently.

    The step is run until it asks its compressors something new, and then once for each of their
    joint answers. So E h(state) is the sum of probability h(state), exactly, whatever h is. There
    are as many branches as joint outcomes: for n agents of m outcomes each, m^n for every call.

    >>> from eftheory.compressors import RandK
    >>> from eftheory.methods import EF21
    >>> problem = RationalQuadratic.of_spectra([[1, 1]])
    >>> x, d = as_fractions([1, 2]), as_fractions([[0, 0]])
    >>> [(str(p), after[1].tolist()[0]) for p, after in enumerate_steps(EF21(Fraction(1)), problem, RandK(1), (x, d))]
    [('1/2', [Fraction(1, 1), Fraction(0, 1)]), ('1/2', [Fraction(0, 1), Fraction(2, 1)])]
    """
    pending: list[tuple[Fraction, Messages]] = [(Fraction(1), ())]
    while pending:
        probability, said = pending.pop()
        try:
            after = method.step(_RepeatingWorld(problem, said), *state)
        except _Question as question:
            joint = product(*(compressor.outcomes(row) for row in question.rows))
            answers = [(prod(p for p, _ in each), as_fractions([message for _, message in each])) for each in joint]
            pending += [(probability * p, (*said, messages)) for p, messages in reversed(answers)]
        else:
            yield probability, after


class _Question(Exception):  # noqa: N818 -- no error
    """The compressors are asked something for the first time."""

    def __init__(self, rows: list[list[Fraction]]) -> None:
        self.rows = rows


class _RepeatingWorld(NumericWorld):
    """The numeric world with the answers of the compressors so far."""

    def __init__(self, problem: RationalQuadratic, said: Messages) -> None:
        super().__init__(problem, list)
        self._said = iter(said)

    def compress(self, v: ExactArray) -> ExactArray:
        for messages in self._said:
            return messages
        raise _Question(v.tolist())
