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
from eftheory.simulate.rational.scripted import ScriptedWorld, UnansweredError

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
        world = ScriptedWorld(problem, said)
        try:
            after = method.step(world, *state)
        except UnansweredError:
            joint = product(*(compressor.outcomes(row) for row in world.asked[-1].tolist()))
            answers = [(prod(p for p, _ in each), as_fractions([message for _, message in each])) for each in joint]
            pending += [(probability * p, (*said, messages)) for p, messages in reversed(answers)]
        else:
            yield probability, after
