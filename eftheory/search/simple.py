"""Among the V within the slack, one that is small: a small trace or determinant tends to a simple V.

    minimise  trace(W P)   subject to   residual at the laxer rate >= 0, P >= c measure, multipliers >= 0,

with W = I for the trace. For the log-determinant W is the inverse of the last P (its linearisation), a few
times over, which pushes P towards low rank beyond the measure.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from time import perf_counter
from typing import Any

import cvxpy
import numpy as np

from eftheory.assumptions.validation import require
from eftheory.search.cone import Cone
from eftheory.search.data import Problem
from eftheory.search.descent import Position
from eftheory.search.floats import floats_guarded
from eftheory.search.matrix import dyadic_above
from eftheory.search.rounding import round_upper
from eftheory.search.solver import solve
from eftheory.search.statement import unpacking
from eftheory.search.upper import SearchResult
from eftheory.threads import one_blas_thread

TRACE, LOGDET = "trace", "logdet"
_ROUNDS = {TRACE: 1, LOGDET: 4}
_TRIED = 4
_INSIDE = 1e-2  # least slack, where the slacks of the point to start from are one: room for rounding


@one_blas_thread
def simplify(found: SearchResult, *, by: str, slack: Fraction) -> SearchResult:
    """A simpler V whose rate is larger by at most slack * (1 - rate); the one found, with a word, if there is none.

    Args:
        found: what ``search_upper`` returned, proved.
        by: ``trace`` or ``logdet``.
        slack: what simplicity may cost, relative to 1 - rate.

    Raises:
        ValueError: ``by`` is neither.
    """
    require(by in _ROUNDS, f"simple={by!r}: choose {TRACE} or {LOGDET}")
    begin = perf_counter()
    if found.upper:
        limit = found.upper.rate + slack * (1 - found.upper.rate)
        for position in [each for each in found.descent.path if each.rate < limit][
            :_TRIED
        ]:  # the first are best scaled
            simple = floats_guarded(_simplest, found.problem, position, limit, by)
            upper = simple and floats_guarded(round_upper, found.problem, simple)
            if upper:
                seconds = {**found.seconds, "simplify": perf_counter() - begin}
                gap = (found.gap or 0.0) + float(upper.rate - found.upper.rate)
                return replace(found, upper=upper, rate=float(upper.rate), gap=gap, seconds=seconds)
    return replace(found, status="proved, but no simpler V was found within the slack")


def _simplest(problem: Problem, position: Position, limit: Fraction, by: str) -> Position | None:
    cone = Cone(problem, position)
    distance = limit - position.rate
    rate = -dyadic_above(-limit, float(distance) / 64)
    slacks = cone.slacks(rate)
    orthonormal, triangle = np.linalg.qr(slacks)  # so that the slacks of x have the length of x, as in the search
    x = cvxpy.Variable(cone.size)
    slack = slacks @ cone.centre() + orthonormal @ x
    constraints: list[Any] = []
    matrices, weights, place = [], [], 0

    def block(size: int) -> Any:
        nonlocal place
        part = slack[place : place + size * (size + 1) // 2]
        place += size * (size + 1) // 2
        return cvxpy.reshape(unpacking(size) @ part, (size, size), order="C")

    for cell in cone.cells:
        constraints.append(block(cell.n) >> _INSIDE * np.eye(cell.n))
    for cell, component in zip(cone.cells, problem.components):
        if not cell.d or component.measure is None:
            continue
        inverse = np.linalg.inv(cell.coordinates)
        measure = inverse.T @ component.measure.floats() @ inverse
        matrices.append(block(cell.d))
        constraints.append(matrices[-1] >> measure / np.linalg.norm(measure, 2))
        weights.append(cell.coordinates @ cell.coordinates.T)
    constraints.append(slack[place:] >= _INSIDE)
    for _ in range(_ROUNDS[by]):
        terms = [cvxpy.trace(weight / np.linalg.norm(weight, 2) @ matrix) for weight, matrix in zip(weights, matrices)]
        if solve(cvxpy.Problem(cvxpy.Minimize(sum(terms)), constraints)):
            return None
        values = [np.atleast_2d(matrix.value) for matrix in matrices]
        weights = [np.linalg.inv(value + 1e-6 * np.trace(value) * np.eye(len(value))) for value in values]
    y = cone.centre() + np.linalg.solve(triangle, x.value)
    return cone.position(position.gap + float(distance)) if cone.move_to(y, rate) else None
