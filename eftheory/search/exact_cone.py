"""The cone where doubles are too coarse: exact data, an exact point, floats only for directions.

Near the least rate of a hard claim the residual is a difference of numbers 10^12 times its size and
more. So here V, multipliers, changes of scale and the residual itself are integers over a common
denominator (python-flint), computed anew after every step and only then made floats, in the scale
in which they have size 1. Newton's steps stay in doubles: they need only be roughly right.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from eftheory.search.cone import Cone
from eftheory.search.data import Problem
from eftheory.search.descent import Position
from eftheory.search.matrix import ExactMatrix, short
from eftheory.search.residual import balanced_multipliers, net_multipliers, owed_multipliers, residual

_BITS = 192  # kept of every number, relative to the largest of its matrix


class ExactCone(Cone):
    """A cone whose centre of sight is exact."""

    def __init__(self, problem: Problem, position: Position) -> None:
        balanced = balanced_multipliers(problem, position.rate, position.values, position.multipliers)
        if balanced is None or min(balanced, default=Fraction(1)) <= 0:
            raise np.linalg.LinAlgError("the multipliers cannot be balanced")
        self._here = replace(position, multipliers=tuple(balanced))
        super().__init__(problem, self._here)

    def position(self, gap: float) -> Position:
        """The centre of sight, exactly, with an estimate of its distance to the least rate."""
        return replace(self._here, gap=min(gap, float(self.rate)))

    def move_to(self, y: np.ndarray, rate: Fraction) -> bool:
        """Take y at this rate as the new centre of sight; False, and nothing changed, if it is not inside."""
        problem, here = self.problem, self._here
        scales, free = y[self.entries : self.entries + problem.n_values], y[self.entries + problem.n_values :]
        values = [short(a * Fraction(float(x)), _BITS) for a, x in zip(here.values, scales)]
        net = self._net_multipliers(free)
        multipliers = [a + b for a, b in zip(net, owed_multipliers(problem, rate, values))]
        if min([*values, *multipliers], default=Fraction(1)) <= 0:
            return False
        roots, coordinates, symbols, place = [], [], [], 0
        try:
            for number, cell in enumerate(self.cells):
                roots.append(np.linalg.cholesky(cell.lyapunov(y[place : place + cell.entries])))
                M = (ExactMatrix.of_floats(roots[-1].T) @ here.coordinates[number]).rounded(_BITS)
                T = here.symbols[number]
                form = (T.T @ residual(problem, number, rate, M.T @ M, values, net) @ T).floats()
                whitening = ExactMatrix.of_floats(np.linalg.inv(np.linalg.cholesky(form)).T)
                coordinates.append(M)
                symbols.append((T @ whitening).rounded(_BITS))
                place += cell.entries
        except (np.linalg.LinAlgError, OverflowError):
            return False
        self._turn_normal(roots, scales)
        self._here = Position(rate, tuple(coordinates), tuple(symbols), tuple(values), tuple(multipliers), here.gap)
        self.load(self._here)
        return True

    def _net_multipliers(self, free: np.ndarray) -> list[Fraction]:
        """The net multipliers at this part of y: exactly balanced."""
        here = self._here
        if self.null_space is None:
            return [short(m * Fraction(float(x)), _BITS) for m, x in zip(here.multipliers, free)]
        change = np.linalg.solve(self.triangle, free - self.net)
        moved = (self.null_space @ ExactMatrix.of_floats(change[:, None])).fractions()
        known = net_multipliers(self.problem, here.rate, here.values, here.multipliers)
        return [net + row[0] for net, row in zip(known, moved)]
