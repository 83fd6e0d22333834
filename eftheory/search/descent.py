"""What the engines return: the way of a search towards the least rate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from eftheory.search.data import Component, Problem
from eftheory.search.matrix import ExactMatrix


@dataclass(frozen=True)
class Position:
    """A strictly feasible V and its multipliers at a rate.

    Attributes:
        rate: of the decrease.
        coordinates: per component M, with V's matrix M^T M.
        symbols: per component T: in the symbols T^-1 symbols the residual is nearly the identity.
        values: the coefficients of V's value coordinates.
        multipliers: of the inequalities.
        gap: the engine's estimate of the distance from here to the least rate.
    """

    rate: Fraction
    coordinates: tuple[ExactMatrix, ...]
    symbols: tuple[ExactMatrix, ...]
    values: tuple[Fraction, ...]
    multipliers: tuple[Fraction, ...]
    gap: float

    def meets(self, slack: Fraction) -> bool:
        """Whether the gap is at most slack * (1 - rate)."""
        return self.rate < 1 and self.gap <= slack * (1 - self.rate)


def plain_position(problem: Problem) -> Position:
    """A scale to start from: V about the measure, symbols not scaled, all multipliers one."""
    return Position(
        rate=Fraction(1),
        coordinates=tuple(map(_roots_of_measure, problem.components)),
        symbols=tuple(ExactMatrix.identity(len(component.symbols)) for component in problem.components),
        values=(Fraction(1),) * problem.n_values,
        multipliers=(Fraction(1),) * problem.size,
        gap=1.0,
    )


def _roots_of_measure(component: Component) -> ExactMatrix:
    """The diagonal M with M^T M about the diagonal of the measure; one where the measure does not look."""
    matrix = component.measure.fractions() if component.measure else [[Fraction(0)]] * len(component.coordinates)
    squares = [row[i] if component.measure else Fraction(0) for i, row in enumerate(matrix)]
    return ExactMatrix.of_floats(np.diag([sqrt(x) if x > 0 else 1.0 for x in squares]))


@dataclass(frozen=True)
class Descent:
    """The way of a search towards the least rate.

    Attributes:
        path: the positions, each nearer to the optimum than the one before.
        trouble: why the search ended early, "" if it reached its aim.
        solves: how many programmes were solved, or Newton steps made.
        solver_seconds: spent in the solver itself, if there is one.
    """

    path: tuple[Position, ...]
    trouble: str
    solves: int
    solver_seconds: float = 0.0
