"""Cone programmes in floats: what a solver says is a proposal, whatever its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cvxpy
import numpy as np

from eftheory.search.solver import solve
from eftheory.search.statement import unpacking

TOLERANCES = (1e-9, 1e-7, 1e-5)
"""Asked of the solver, the next where it gives up; with the first alone it would for weights of very unequal size."""
_INSIDE = 1e-7  # a margin that is not zero, beside slacks of sum 1
_RESISTS = 1e-3  # an eigenvalue of a dual, of all that have sum 1, that is not zero


@dataclass(frozen=True)
class Cone:
    """Points w whose slacks are nonnegative: matrices and numbers, linear in (1, w).

    Attributes:
        matrices: for each block an array (length of its lower triangle, 1 + size of w), entries off the diagonal
            times sqrt(2).
        numbers: an array (count, 1 + size of w).
    """

    matrices: tuple[np.ndarray, ...]
    numbers: np.ndarray

    @property
    def size(self) -> int:
        """How many entries w has."""
        return int(self.numbers.shape[1]) - 1

    @property
    def shape(self) -> tuple[int, ...]:
        """What two cones have in common whose points can be compared."""
        return (*self.numbers.shape, *(len(matrix) for matrix in self.matrices))

    def block(self, number: int, point: np.ndarray) -> np.ndarray:
        """One of the matrices at (1, w)."""
        flat = self.matrices[number] @ point
        size = order(len(flat))
        return np.asarray((unpacking(size) @ flat).reshape(size, size))


def order(length: int) -> int:
    """The order of a matrix whose lower triangle has this length."""
    return int((np.sqrt(8 * length + 1) - 1) / 2 + 0.5)


def least(cone: Cone, objective: np.ndarray) -> np.ndarray | str:
    """The point (1, w) of the cone at which the objective, linear in it, is least; or what went wrong."""
    w = cvxpy.Variable(cone.size)
    point = cvxpy.hstack([1.0, w])
    constraints = [_positive(matrix, point) for matrix in cone.matrices]
    if len(cone.numbers):
        constraints.append(cone.numbers @ point >= 0)
    return _solved(cvxpy.Problem(cvxpy.Minimize(objective @ point), constraints), w)


def deepest(
    cone: Cone, scales: Sequence[np.ndarray], weights: np.ndarray, limits: np.ndarray, most: float = 1.0
) -> tuple[np.ndarray, float] | str:
    """The point (1, w) with the greatest margin t, and t: S_b >= t diag(scale_b), s_k >= t weight_k, limits >= 0."""
    w, t = cvxpy.Variable(cone.size), cvxpy.Variable()
    point = cvxpy.hstack([1.0, w])
    constraints = [_positive(matrix, point, t * np.diag(scale)) for matrix, scale in zip(cone.matrices, scales)]
    constraints += [cone.numbers @ point >= t * weights] * bool(len(cone.numbers))
    constraints += [limits @ point >= 0] * bool(len(limits))
    found = _solved(cvxpy.Problem(cvxpy.Maximize(t), [*constraints, t <= most]), w)
    return found if isinstance(found, str) else (found, float(t.value))


def widest(cone: Cone, matrices: Sequence[np.ndarray]) -> np.ndarray | str:
    """Which of the numbers, and of the rows of the matrices, can be positive: about 1 or 0 for each."""
    rows = _balanced(np.vstack([cone.numbers, *matrices]))
    y, shares = cvxpy.Variable(cone.size + 1), cvxpy.Variable(len(rows))
    constraints = [rows @ y >= shares, shares >= 0, shares <= 1, y[0] >= 1]
    problem = cvxpy.Problem(cvxpy.Maximize(cvxpy.sum(shares)), constraints)
    found = _solved(problem, shares)
    return found if isinstance(found, str) else found[1:]


def _balanced(rows: np.ndarray) -> np.ndarray:
    """The inequalities in units in which the largest entries of rows and columns are near 1."""
    for _ in range(4):
        for axis in (0, 1):
            sizes = np.sqrt(np.max(np.abs(rows), axis=axis, keepdims=True))
            rows = rows / np.where(sizes > 0, sizes, 1.0)
    return rows


def resisting(cone: Cone) -> list[np.ndarray] | None:
    """Where a cone has no interior: for each matrix, orthonormal rows of directions in which it is always zero.

    The duals of the greatest margin, over all (s, w) with s >= 0 and slacks of one size, lie there. None: there is an
    interior, or the solver does not say.
    """
    y, t = cvxpy.Variable(cone.size + 1), cvxpy.Variable()
    constraints = [_positive(matrix, y, t * np.eye(order(len(matrix)))) for matrix in cone.matrices]
    total = np.sum(cone.numbers, axis=0)
    for matrix in cone.matrices:
        i, j = np.tril_indices(order(len(matrix)))
        total = total + np.sum(matrix[i == j], axis=0)
    rest = [cone.numbers @ y >= t, y[0] >= t, total @ y <= 1]
    problem = cvxpy.Problem(cvxpy.Maximize(t), [*constraints, *rest])
    solved = not isinstance(_solved(problem, y), str) and all(each.dual_value is not None for each in constraints)
    if not solved or float(t.value) > _INSIDE:
        return None
    found = []
    for constraint in constraints:
        values, vectors = np.linalg.eigh(np.atleast_2d(constraint.dual_value))
        found.append(vectors[:, values > _RESISTS].T)
    return found


def _positive(matrix: np.ndarray, point: Any, less: Any = 0) -> Any:
    size = order(len(matrix))
    return cvxpy.reshape(unpacking(size) @ (matrix @ point), (size, size), order="C") - less >> 0


def _solved(problem: Any, w: Any) -> np.ndarray | str:
    """(1, w) as the solver leaves it; what it says of its success is no evidence, and ignored where it leaves any."""
    trouble: str | None = None
    for tolerance in TOLERANCES:
        trouble = solve(problem, tolerance)
        if w.value is not None and np.all(np.isfinite(w.value)):
            return np.concatenate([[1.0], w.value])
        if problem.status in (cvxpy.INFEASIBLE, cvxpy.UNBOUNDED):
            break
    return trouble or "the solver returned no finite solution"
