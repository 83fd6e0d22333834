"""The semidefinite programme of the search, as one reads it: make the worst block best.

A family of slack blocks S_b(y) and numbers s_k(y), linear in y, is to be as far inside its
cone as it can be under linear equations:

    maximise  margin   subject to   S_b(y) >= margin I,   s_k(y) >= margin,   equations y = right.

For an upper bound y is V and the multipliers, and the S_b are residual and V; for a class
bound y is a Gram matrix.

**Coordinates.** Close to the optimal rate a y of size 1 gives slacks of size 1/gap, although
the slacks that matter are of size 1, and no solver survives that. So the programme is stated
for the point y = start + directions x, where the directions obey the equations and are chosen,
by a QR factorisation, such that the slacks of x have the length of x.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cvxpy
import numpy as np

from eftheory.search.solver import solve

_ROUNDS = 3
_DRIFT = 0.1  # tolerated, as a share of the margin, between slacks as solved for and as computed from the point


@dataclass(frozen=True)
class Family:
    """Slacks that are linear in a point y with N entries.

    Attributes:
        blocks: arrays (N, m, m): the symmetric matrix that each entry contributes to the block.
        numbers: array (N, k).
        equations, right: equations @ y = right.
        centre: a point with slacks of size 1, near to what is looked for.
    """

    blocks: list[np.ndarray]
    numbers: np.ndarray
    equations: np.ndarray
    right: np.ndarray
    centre: np.ndarray


@dataclass(frozen=True)
class Inside:
    """A point of a family with its slacks.

    Attributes:
        point: y.
        blocks, numbers: the slacks at y.
        margin: least eigenvalue or number among them.
        forces: per block the optimal dual matrix: how much the block resists; of trace 1 in all,
            together with the duals of the numbers.
        pulls: the duals of the equations.
    """

    point: np.ndarray
    blocks: list[np.ndarray]
    numbers: np.ndarray
    margin: float
    forces: list[np.ndarray]
    pulls: np.ndarray


def deepest_point(family: Family) -> Inside | str:
    """Solve the programme; a sentence instead if the solver had any trouble.

    Far from the centre the slacks of the solution are small differences of large numbers. So
    they are computed again from its point, and if they have moved, the programme is solved
    again around that point.
    """
    slacks = _flat(family)
    for _ in range(_ROUNDS):
        start, directions, base, slopes = _unit_directions(family, slacks)
        solution = _solve(family, base, slopes)
        if isinstance(solution, str):
            return solution
        x, duals = solution
        point = start + directions @ x
        inside = _inside(family, point, slacks @ point, duals)
        if np.max(np.abs(slacks @ point - base - slopes @ x)) <= abs(inside.margin) * _DRIFT:
            break
        family = replace(family, centre=point)
    return inside


def _flat(family: Family) -> np.ndarray:
    """All slacks as one matrix, a column per entry of the point."""
    rows = [block.reshape(len(family.centre), -1) for block in family.blocks]
    slacks: np.ndarray = np.concatenate([*rows, family.numbers], axis=1).T
    return slacks


def _solve(family: Family, base: np.ndarray, slopes: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]] | str:
    """Maximise the margin over x, with slacks base + slopes x; x and the duals of the constraints."""
    x = cvxpy.Variable(slopes.shape[1])
    margin = cvxpy.Variable()
    slack = base + slopes @ x
    constraints, position = [], 0
    for block in family.blocks:
        size = block.shape[1]
        matrix = cvxpy.reshape(slack[position : position + size * size], (size, size), order="C")
        constraints.append((matrix + matrix.T) / 2 >> margin * np.eye(size))
        position += size * size
    constraints.append(slack[position:] >= margin)
    trouble = solve(cvxpy.Problem(cvxpy.Maximize(margin), constraints))
    if trouble:
        return trouble
    values: list[np.ndarray] = [x.value, *(constraint.dual_value for constraint in constraints)]
    if any(value is None or not np.all(np.isfinite(value)) for value in values):
        return "the solver returned no finite solution"
    return values[0], values[1:]


def _unit_directions(family: Family, slacks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Start, directions, the slacks of the start and the slacks of the directions (orthonormal)."""
    equations = family.equations
    start = family.centre + np.linalg.lstsq(equations, family.right - equations @ family.centre, rcond=None)[0]
    free = np.linalg.qr(equations.T, mode="complete")[0][:, len(equations) :]
    slopes, triangle = np.linalg.qr(slacks @ free)
    return start, np.linalg.solve(triangle.T, free.T).T, slacks @ start, slopes


def _inside(family: Family, point: np.ndarray, slack: np.ndarray, duals: list[np.ndarray]) -> Inside:
    blocks, position = [], 0
    for block in family.blocks:
        size = block.shape[1]
        matrix = slack[position : position + size * size].reshape(size, size)
        blocks.append((matrix + matrix.T) / 2)
        position += size * size
    numbers = slack[position:]
    least = [float(np.linalg.eigvalsh(block)[0]) for block in blocks if block.size]
    forces = [np.atleast_2d((dual + dual.T) / 2) for dual in duals[:-1]]
    total = family.numbers @ np.atleast_1d(duals[-1])
    for block, force in zip(family.blocks, forces):
        total = total + np.einsum("nij,ij->n", block, force)
    pulls = np.linalg.lstsq(family.equations.T, total, rcond=None)[0]
    return Inside(point, blocks, numbers, min([*least, *map(float, numbers)]), forces, pulls)
