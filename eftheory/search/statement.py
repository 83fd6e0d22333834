"""The semidefinite programme of the search, as one reads it: make the least slack as large as possible.

The slacks of the cone (residual, V, coefficients, multipliers) are linear in y. As far inside
the cone as can be, with V of one size:

    maximise  margin   subject to   S_b(y) >= margin I,   s_k(y) >= margin,   normal @ y = right.

**Coordinates.** Close to the optimal rate a y of size 1 gives slacks of size 1/gap, although
the slacks that matter are of size 1, and no solver survives that. So the programme is stated
for the point y = start + directions x, where the directions keep the size and are chosen,
by a QR factorisation, such that the slacks of x have the length of x.

It is compiled once for each structure (sizes of the blocks, number of numbers and of x) and solved
again with other data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cvxpy
import numpy as np

from eftheory.search.solver import solve

_ROUNDS = 3
_DRIFT = 0.1  # tolerated, as a share of the margin, between slacks as solved for and as computed from the point


@dataclass(frozen=True)
class Family:
    """Slacks that are linear in a point y.

    Attributes:
        sizes: of the matrix blocks.
        slacks: array (M, N): takes y to its slacks, each block as a lower triangle with off-diagonal entries
            times sqrt(2), then numbers.
        normal: normal @ y is held fixed.
        centre: a point with slacks of size 1, near to what is looked for.
    """

    sizes: tuple[int, ...]
    slacks: np.ndarray
    normal: np.ndarray
    centre: np.ndarray


@dataclass(frozen=True)
class Inside:
    """A point of a family.

    Attributes:
        point: y.
        margin: the least eigenvalue or number among its slacks.
        forces: the dual of the slacks: how much each resists; of sum 1 over eigenvalues and numbers.
        seconds: spent in the solver itself.
    """

    point: np.ndarray
    margin: float
    forces: np.ndarray
    seconds: float


def deepest_point(family: Family) -> Inside | str:
    """Solve the programme; a sentence instead if the solver had any trouble.

    Far from the centre the slacks of the solution are small differences of large numbers. So
    they are computed again from its point, and if they have moved, the programme is solved
    again around that point.
    """
    point = family.centre
    directions, slopes = _unit_directions(family)
    seconds = 0.0
    for _ in range(_ROUNDS):
        base = family.slacks @ point
        solution = _Programme.compiled(family.sizes, *slopes.shape).solve(base, slopes)
        if isinstance(solution, str):
            return solution
        x, forces, spent = solution
        seconds += spent
        point = point + directions @ x
        slack = family.slacks @ point
        margin = least_slack(slack, family.sizes)
        if np.max(np.abs(slack - base - slopes @ x)) <= abs(margin) * _DRIFT:
            break
    return Inside(point, margin, forces, seconds)


def least_slack(slack: np.ndarray, sizes: tuple[int, ...]) -> float:
    """The least eigenvalue or number."""
    least, position = [], 0
    for size in sizes:
        length = size * (size + 1) // 2
        matrix = (unpacking(size) @ slack[position : position + length]).reshape(size, size)
        least += [float(np.linalg.eigvalsh(matrix)[0])] if size else []
        position += length
    return min([*least, *map(float, slack[position:])])


class _Programme:
    """The compiled programme of one structure."""

    def __init__(self, sizes: tuple[int, ...], length: int, count: int) -> None:
        self.base, self.slopes = cvxpy.Parameter(length), cvxpy.Parameter((length, count))
        self.x, margin = cvxpy.Variable(count), cvxpy.Variable()
        slack = self.base + self.slopes @ self.x
        self.blocks, position = [], 0
        for size in filter(None, sizes):
            triangle = size * (size + 1) // 2
            matrix = cvxpy.reshape(unpacking(size) @ slack[position : position + triangle], (size, size), order="C")
            self.blocks.append(matrix >> margin * np.eye(size))
            position += triangle
        self.numbers = slack[position:] >= margin
        self.problem: Any = cvxpy.Problem(cvxpy.Maximize(margin), [*self.blocks, self.numbers])

    @classmethod
    @lru_cache(maxsize=16)
    def compiled(cls, sizes: tuple[int, ...], length: int, count: int) -> _Programme:
        """The programme of this structure, made once."""
        return cls(sizes, length, count)

    def solve(self, base: np.ndarray, slopes: np.ndarray) -> tuple[np.ndarray, np.ndarray, float] | str:
        """The best x, the duals of the slacks, and the solver's time."""
        self.base.value, self.slopes.value = base, slopes
        trouble = solve(self.problem)
        if trouble:
            return trouble
        duals = [np.atleast_2d(block.dual_value) for block in self.blocks]
        found = [self.x.value, *duals, self.numbers.dual_value]
        if any(value is None or not np.all(np.isfinite(value)) for value in found):
            return "the solver returned no finite solution"
        flat = [unpacking(len(dual)).T @ ((dual + dual.T) / 2).ravel() for dual in duals]
        spent = self.problem.solver_stats.solve_time or 0.0
        return self.x.value, np.concatenate([*flat, np.atleast_1d(self.numbers.dual_value)]), spent


@lru_cache(maxsize=64)
def unpacking(size: int) -> np.ndarray:
    """The matrix that takes a flattened lower triangle to all entries; its columns have length 1."""
    i, j = np.tril_indices(size)
    unpacking = np.zeros((size, size, len(i)))
    weight = np.where(i == j, 1.0, np.sqrt(0.5))
    unpacking[i, j, np.arange(len(i))] = unpacking[j, i, np.arange(len(i))] = weight
    return unpacking.reshape(size * size, len(i))


def _unit_directions(family: Family) -> tuple[np.ndarray, np.ndarray]:
    """Directions that keep the size, and their slacks, which are orthonormal."""
    free = np.linalg.qr(family.normal[:, None], mode="complete")[0][:, 1:]
    slopes, triangle = np.linalg.qr(family.slacks @ free)
    return np.linalg.solve(triangle.T, free.T).T, slopes
