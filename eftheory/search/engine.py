"""Down to the least rate: solve, take the solution as the new scale, go on nearer to the optimum.

Each solve makes the margin at some rate as large as it can be and says how fast the optimal
margin falls with the rate; Newton's rule then places the optimum. The next solve takes place
most of the way there, in the frame of the last solution, where all numbers are of size 1
again. So the distance to the optimum falls by 10 to 100 per solve, however small it is.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.search.data import Component, Problem
from eftheory.search.frame import Candidate, Frame, Template
from eftheory.search.matrix import ExactMatrix, dyadic_above, pivot_columns
from eftheory.search.solver import FLOAT_FAILURES
from eftheory.search.statement import deepest_point

_log = logging.getLogger("eftheory")

_MAX_SOLVES = 100
_LEAST_MARGIN = 1e-5  # of a solution worth going on from; good ones have 0.1 to 0.01
_NO_GAP = Fraction(1, 2**56)  # closer to 1 a rate is not told from 1
_GOOD_START = 0.1
_SHORT, _LONG, _LEAST = 0.9, 0.99, 2.0**-10  # shares of the way to the optimum that one solve goes
_BOLDER = 1.1  # growth of the share after a success


@dataclass(frozen=True)
class Position:
    """A strictly feasible V and its multipliers at a rate, in the frame they were found in."""

    rate: Fraction
    candidate: Candidate
    frame: Frame

    @property
    def gap(self) -> float:
        """The estimated distance of the rate to the least one, which is not negative."""
        return min(self.candidate.gap, float(self.rate))

    def meets(self, slack: Fraction) -> bool:
        """Whether the gap is at most slack * (1 - rate)."""
        return self.rate < 1 and self.gap <= slack * (1 - self.rate)


@dataclass(frozen=True)
class Descent:
    """The way of a search towards the least rate.

    Attributes:
        path: the positions, each nearer to the optimum than the one before.
        trouble: why the search ended early, "" if it reached its aim.
        solves: how many programmes were solved.
    """

    path: tuple[Position, ...]
    trouble: str
    solves: int


def descend(problem: Problem, slack: Fraction) -> Descent:
    """Search the least rate until the estimated gap is at most slack * (1 - rate)."""
    search = _Search(problem)
    path, share = [search.start()], _SHORT
    while path[-1] is not None and not path[-1].meets(slack):
        here = path[-1]
        if here.rate >= 1 and here.gap < max((here.rate - 1) / 2**10, _NO_GAP):
            search.trouble = f"the least rate is not below 1, but about {float(here.rate):.9g}"
            break
        try:
            further, share = search.advance(here, share)
        except FLOAT_FAILURES as error:
            further, search.trouble = None, f"floats failed: {error}"
        if further is None:
            above = "no rate below 1 was found; " if here.rate >= 1 else ""
            search.trouble = f"{above}{search.trouble}"
            break
        path.append(further)
        search.trouble = ""
    return Descent(tuple(filter(None, path)), search.trouble, search.solves)


class _Search:
    """The solves of one descent, and what went wrong last."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.trouble = ""
        self.solves = 0

    def start(self) -> Position | None:
        """A strictly feasible V, however large its rate.

        It must lie well inside: multipliers that are tiny to begin with shrink with every step,
        and the search would converge to a rate that is not the least.
        """
        rate, frame = generic_start(self.problem) or (Fraction(1), plain_frame(self.problem))
        template = Template(self.problem, frame)
        best = None
        for k in range(8):
            found = self.solve(rate * 4**k, template)
            if found and (best is None or found.candidate.margin > best.candidate.margin):
                best = found
            if best and best.candidate.margin > _GOOD_START:
                break
        return best

    def advance(self, position: Position, share: float) -> tuple[Position | None, float]:
        """A position nearer to the optimum, None if none is found, and the share of the rest to try next."""
        template = Template(self.problem, position.frame.recentred(position.candidate))
        gap = position.gap
        self.trouble = f"the limit of {_MAX_SOLVES} solves is reached"
        while share >= _LEAST and self.solves < _MAX_SOLVES:
            found = self.solve(dyadic_above(position.rate - Fraction(share * gap), gap / 2**9), template)
            if found:
                foreseen = abs(found.candidate.margin - (1 - share)) < 0.2 * (1 - share)
                return found, _LONG if foreseen and share >= _SHORT else min(_SHORT, _BOLDER * share)
            share /= 2
        return None, share

    def solve(self, rate: Fraction, template: Template) -> Position | None:
        """The deepest V at a rate; None, and the trouble noted, if there is no good one."""
        self.solves += 1
        inside = deepest_point(template.family(rate))
        if isinstance(inside, str):
            self.trouble = f"{inside} (at rate {float(rate):.12g})"
            return None
        if inside.margin < _LEAST_MARGIN:
            self.trouble = f"no V of the template was found at rate {float(rate):.12g}"
            return None
        candidate = template.candidate(inside, rate)
        _log.debug("rate %.15g: margin %.3g, gap %.3g", float(rate), candidate.margin, candidate.gap)
        return Position(rate, candidate, template.frame)


def plain_frame(problem: Problem) -> Frame:
    """The frame in which coordinates are symbols, and inequalities have coefficients of size 1 in the others.

    Function values set the scale of the inequalities they occur in, and these the scale of
    the symbols, which set the scale of the other inequalities.
    """
    holds_values = [any(used) for used in problem.values_used]
    symbols = []
    sizes = [0.0] * len(problem.multipliers)
    for component in problem.components:
        basis, fixed = _coordinates_first(component), len(component.coordinates)
        diagonals = [np.abs(np.diag(basis.T @ matrix.floats() @ basis)) for matrix in component.inequalities]
        leading = [d for d, held in zip(diagonals, holds_values) if held] or diagonals
        largest = np.max(leading, axis=0) if leading else np.ones(len(basis))
        squares = 1 / np.where(largest > 0, largest, 1.0)
        squares[:fixed] = 1.0
        sizes = [max(size, *(squares * diagonal)[fixed:], 0.0) for size, diagonal in zip(sizes, diagonals)]
        symbols.append(ExactMatrix.of_floats(basis * np.sqrt(squares)))
    return Frame(
        tuple(symbols),
        tuple(ExactMatrix.identity(len(component.coordinates)) for component in problem.components),
        (Fraction(1),) * problem.n_values,
        tuple(Fraction(1) if held or not size else Fraction(1 / size) for held, size in zip(holds_values, sizes)),
    )


def _coordinates_first(component: Component) -> np.ndarray:
    """A change of symbols T with z T = (1 0): the coordinates are the first symbols."""
    count = len(component.symbols)
    pivots = pivot_columns(component.z.fractions(), count)
    others = [j for j in range(count) if j not in pivots]
    basis = np.zeros((count, count))
    inverse = np.linalg.inv(component.z.columns(pivots).floats())
    basis[np.ix_(pivots, range(len(pivots)))] = inverse
    basis[np.ix_(pivots, range(len(pivots), count))] = -inverse @ component.z.columns(others).floats()
    basis[np.ix_(others, range(len(pivots), count))] = np.eye(len(others))
    return basis


def generic_start(problem: Problem) -> tuple[Fraction, Frame] | None:
    """V = sum of squares and a huge rate, without a solver.

    Each inequality bounds symbols that are new in it by symbols known before. So if the
    multipliers grow fast enough from the last inequality to the first, and the rate beats them
    all, the residual is positive definite. (With function values multipliers must balance, and
    there is no such start.)
    """
    if problem.n_values:
        return None
    names = list(dict.fromkeys(name for name, _ in problem.multipliers))
    plain = plain_frame(problem)
    template = Template(problem, plain)
    for k in range(1, 40):
        base = Fraction(4**k)
        growth = [base ** (len(names) - names.index(name)) for name, _ in problem.multipliers]
        multipliers = tuple(factor * scale for factor, scale in zip(growth, plain.multipliers))
        rate = base ** (len(names) + 1)
        residuals = []
        for view, size in zip(template.views, template.sizes):
            used = sum(float(value) * matrix for value, matrix in zip(growth, view.inequalities))
            residuals.append(view.difference(np.eye(size), rate) - used)
        if all(_well_inside(residual) for residual in residuals):
            symbols = tuple(
                (T @ ExactMatrix.of_floats(_whitening(residual))).rounded(128)
                for T, residual in zip(plain.symbols, residuals)
            )
            return rate, Frame(symbols, plain.coordinates, (), multipliers)
    return None


def _equilibrated(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The matrix scaled to unit diagonal, and the scales."""
    scales = 1 / np.sqrt(np.diag(matrix))
    return matrix * np.outer(scales, scales), scales


def _well_inside(matrix: np.ndarray) -> bool:
    return bool(np.all(np.diag(matrix) > 0)) and float(np.linalg.eigvalsh(_equilibrated(matrix)[0])[0]) > 0.1


def _whitening(matrix: np.ndarray) -> np.ndarray:
    unit, scales = _equilibrated(matrix)
    factor: np.ndarray = scales[:, None] * np.linalg.inv(np.linalg.cholesky(unit)).T
    return factor
