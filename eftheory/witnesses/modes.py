"""Growing modes of linear steps with rotated errors, in floats: proposals only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eftheory.witnesses.linear_step import LinearStep

Array = NDArray[np.float64]
_UNSEEN = 1e-20  # of what the measure could be, were there no cancellation
_SETTLED = 1e-15


@dataclass(frozen=True)
class Mode:
    """A real mode: the state becomes growth * signs * itself; rows are coordinates."""

    growth: float
    state: Array
    messages: Array


class Modes:
    """Batches of stacked steps (one frame per row), whose compressors err by e = s Q v with Q an isometry.

    With k = 1 coordinate Q = cos(angle), the angle 0 or pi; with k = 2 it is the rotation by the angle. For each
    frame there is one angle for each message.

    Args:
        frames: per frame, its steps coordinate by coordinate, and their signs; all of one shape.
        s: sqrt(1 - alpha).
    """

    def __init__(self, frames: Sequence[tuple[Sequence[LinearStep], Sequence[int]]], *, s: float) -> None:
        self.k, self.s = len(frames[0][1]), s
        blocks: dict[int, tuple[Array, ...]] = {}
        stacked = []
        for steps, signs in frames:
            blocks.update({id(step): _matrices(step) for step in steps if id(step) not in blocks})
            rows = [blocks[id(step)] for step in steps]
            A, B, C, D, W = (_diagonal(row) for row in zip(*rows))
            Z = np.repeat(np.array(signs, dtype=float), len(A) // self.k)[:, None]
            stacked.append((Z * A, Z * B, C, D, W))
        self._parts = tuple(np.stack(part) for part in zip(*stacked))
        self.frames = np.arange(len(frames))

    @property
    def n_angles(self) -> int:
        """How many angles a frame has."""
        return int(self._parts[1].shape[2]) // self.k

    @property
    def size(self) -> int:
        """The dimension of a stacked state."""
        return int(self._parts[0].shape[1])

    def take(self, rows: Array | Sequence[int]) -> Modes:
        """The batch of these rows, which may repeat; ``frames`` remembers what they were."""
        taken: Modes = object.__new__(Modes)
        taken.k, taken.s, taken.frames = self.k, self.s, self.frames[rows]
        taken._parts = tuple(part[rows] for part in self._parts)
        return taken

    def growth(self, angles: Array) -> Array:
        """Per row, the largest real eigenvalue > 0 whose mode the measure sees; -inf where there is none."""
        return self._solve(angles)[0]

    def mode(self, angles: Array, *, s: float) -> Mode:
        """The mode of the first row for errors of size s."""
        first = self.take([0])
        first.s = s
        growth, y, _, X = first._solve(angles[None])
        v = first._inputs(y, X)
        return Mode(float(growth[0]), y.reshape(self.k, -1), (v - _apply(X, y)).reshape(self.k, -1))

    def climb(self, angles: Array, *, steps: int) -> tuple[Array, Array]:
        """Turn every error towards the growth's gradient, as far as this lets the mode grow; growth and angles."""
        growth, y, loop, X = self._solve(angles)
        reach = np.ones(len(angles))
        for _ in range(steps):
            goal = self._turn(growth, y, loop, X, angles, reach)
            trial = angles + goal
            found, *rest = self._solve(trial)
            better = found > growth
            gained = np.max(found[better] / growth[better] - 1, initial=0.0)
            growth, angles = np.where(better, found, growth), np.where(better[:, None], trial, angles)
            y, loop, X = (np.where(_like(better, new), new, old) for new, old in zip(rest, (y, loop, X)))
            reach = np.where(better, np.minimum(1.0, 2 * reach), reach / 3)
            if not gained > _SETTLED and np.all(reach < 1e-3):
                break
        return growth, angles

    def _solve(self, angles: Array) -> tuple[Array, Array, Array, Array]:
        """Growth, its eigenvector y, I - K D, and X with e = X y; K = s Q, v = C y + D e."""
        A, B, C, D, W = self._parts
        K = self.s * self._isometry(angles)
        loop = np.eye(K.shape[1]) - K @ D
        X = np.linalg.solve(loop, K @ C)
        values, vectors = np.linalg.eig(A + B @ X)
        modes = vectors.real
        seen = np.einsum("bni,bnm,bmi->bi", modes, W, modes)
        most = np.einsum("bni,bnm,bmi->bi", abs(modes), abs(W), abs(modes))
        score = np.where((values.imag == 0) & (values.real > 0) & (seen > _UNSEEN * most), values.real, -np.inf)
        best = np.argmax(score, axis=1)
        rows = np.arange(len(best))
        return score[rows, best], modes[rows, :, best], loop, X

    def _isometry(self, angles: Array) -> Array:
        turn, eye = np.array([np.cos(angles), np.sin(angles)]), np.eye(angles.shape[1])
        cos, sin = turn[:, :, :, None] * eye
        return np.asarray(cos if self.k == 1 else np.block([[cos, -sin], [sin, cos]]))

    def _inputs(self, y: Array, X: Array) -> Array:
        _, _, C, D, _ = self._parts
        return _apply(C, y) + _apply(D @ X, y)

    def _turn(self, growth: Array, y: Array, loop: Array, X: Array, angles: Array, reach: Array) -> Array:
        """By how much to turn each error, given the left eigenvector l: gradient = (I - K D)^-T B^T l."""
        A, B, *_ = self._parts
        shift = np.where(np.isfinite(growth), growth, 0.0) * (1 + 1e-10) + 1e-100
        M = np.swapaxes(A + B @ X, 1, 2) - shift[:, None, None] * np.eye(A.shape[1])
        left = np.linalg.solve(M, y[:, :, None])
        left = left / np.linalg.norm(left, axis=1, keepdims=True) * np.sign(np.sum(left * y[:, :, None], axis=1))[:, None]
        pull = np.linalg.solve(np.swapaxes(loop, 1, 2), np.swapaxes(B, 1, 2) @ left)[:, :, 0]
        v = self._inputs(y, X)
        if self.k == 1:
            gain = -np.cos(angles) * pull * v  # of a flip
            flip = (gain > 0) & (gain >= (1 - reach[:, None]) * gain.max(axis=1, initial=0.0, keepdims=True))
            return np.where(flip, np.pi, 0.0)
        (v1, v2), (p1, p2) = (np.moveaxis(part.reshape(len(part), 2, -1), 1, 0) for part in (v, pull))
        away = np.arctan2(p2, p1) - np.arctan2(v2, v1) - angles
        return reach[:, None] * ((away + np.pi) % (2 * np.pi) - np.pi)


def _matrices(step: LinearStep) -> tuple[Array, ...]:
    """A, B, C, D, W of y+ = A y + B e, v = C y + D e, measure y^T W y, where messages are v - e."""
    state, messages, inputs = step.state, step.messages, step.inputs if step.messages else ()

    def matrix(rows: Sequence[object], names: Sequence[str]) -> Array:
        return np.array([[float(row[name]) for name in names] for row in rows], float).reshape(len(rows), len(names))  # type: ignore[index]

    A, B, C, D = (matrix(rows, names) for rows in (step.after, inputs) for names in (state, messages))
    W = np.array([[float(entry) for entry in row] for row in step.measure.matrix(list(state))])
    R = np.linalg.inv(np.eye(len(D)) - D)
    return A + B @ R @ C, -B @ R, R @ C, -R @ D, W


def _diagonal(blocks: Sequence[Array]) -> Array:
    heights, widths = zip(*(block.shape for block in blocks))
    result, row, column = np.zeros((sum(heights), sum(widths))), 0, 0
    for block in blocks:
        result[row : row + block.shape[0], column : column + block.shape[1]] = block
        row, column = row + block.shape[0], column + block.shape[1]
    return result


def _apply(matrices: Array, vectors: Array) -> Array:
    return np.asarray((matrices @ vectors[:, :, None])[:, :, 0])


def _like(mask: Array, target: Array) -> Array:
    return mask.reshape(-1, *[1] * (target.ndim - 1))
