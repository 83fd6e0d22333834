"""Arithmetic without rounding."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.algebra.elimination import solve
from eftheory.assumptions import AgentType
from eftheory.compressors.compressor import Compressor
from eftheory.methods import Method
from eftheory.simulate.arithmetic import Answer, Arithmetic
from eftheory.simulate.rational.arrays import ExactArray, as_fraction, as_fractions
from eftheory.simulate.rational.reflections import reflect

LARGEST = 2
"""Of the entries of a vector to reflect in: short vectors keep the entries of a basis short."""


class Rationals(Arithmetic):
    """Fractions, whose digits grow in proportion to the steps of a run; a float is refused with a TypeError.

    A ``Compressor`` answers by its definition, ``naive``; a function is given a list of Fractions. Nothing is drawn:
    for random compressors see ``fix_draw``, ``draw_fresh`` and ``enumerate_steps``.
    """

    number = staticmethod(as_fraction)

    def array(self, values: Any) -> ExactArray:
        return as_fractions(values)

    def is_zero(self, v: ExactArray) -> bool:
        return not v.any()

    def solve(self, matrix: ExactArray, right: ExactArray) -> ExactArray:
        """A solution of a linear system that has one; unknowns that are free are zero."""
        return as_fractions(solve(matrix.tolist(), right.tolist(), range(len(right))))

    def convert(self, method: Method) -> Method:
        return method

    def rowwise(self, compressor: Callable[..., Any]) -> Answer:
        rule = compressor.naive if isinstance(compressor, Compressor) else compressor
        return lambda v, _: as_fractions([list(rule(row)) for row in v.tolist()])

    def draw_points(self, shape: int | tuple[int, ...], rng: np.random.Generator) -> ExactArray:
        points: ExactArray = as_fractions(rng.integers(-8, 9, size=shape)) / 4
        return points

    def draw_basis(self, dimension: int, rng: np.random.Generator) -> ExactArray:
        """The product of two reflections in random vectors of small whole numbers; its columns are the basis."""
        vectors: list[list[int]] = []
        while len(vectors) < 2:
            v = rng.integers(-LARGEST, LARGEST + 1, size=dimension).tolist()
            vectors += [v] if any(v) else []
        return reflect(*vectors)

    def draw_spectrum(self, agent: AgentType, dimension: int, rng: np.random.Generator) -> ExactArray:
        ends = [agent.L, agent.mu] if rng.integers(2) else [agent.mu, agent.L]
        inner = [Fraction(int(k), 8) for k in rng.integers(0, 9, size=max(dimension - 2, 0))]
        return as_fractions([*ends, *(agent.mu + k * (agent.L - agent.mu) for k in inner)][:dimension])


RATIONALS = Rationals()
