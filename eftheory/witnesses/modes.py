"""Growing modes of linear steps with rotated errors, in floats: proposals only."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eftheory.exact.vector import Vector
from eftheory.witnesses.linear_step import LinearStep

Array = NDArray[Any]
_UNSEEN = 1e-20  # of what the measure could be, were there no cancellation


@dataclass(frozen=True)
class Mode:
    """A real mode: the state becomes growth * signs * itself; rows are coordinates."""

    growth: float
    state: Array
    inputs: Array
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

    @property
    def n_angles(self) -> int:
        """How many angles a frame has."""
        return int(self._parts[1].shape[2]) // self.k

    @property
    def size(self) -> int:
        """The dimension of a stacked state."""
        return int(self._parts[0].shape[1])

    def take(self, rows: Array | Sequence[int]) -> Modes:
        """The batch of these rows, which may repeat."""
        taken: Modes = object.__new__(Modes)
        taken.k, taken.s = self.k, self.s
        taken._parts = tuple(part[rows] for part in self._parts)
        return taken

    def mode(self, angles: Array, *, s: float) -> Mode:
        """The mode of the first row for errors of size s, the largest real one > 0 that the measure sees."""
        first = self.take([0])
        first.s = s
        growth, y, _, X = first._solve(angles[None])
        _, _, C, D, _ = first._parts
        v = _apply(C + D @ X, y)
        state, inputs, messages = (part.reshape(self.k, -1) for part in (y, v, v - _apply(X, y)))
        return Mode(float(growth[0]), state, inputs, messages)

    def slope(self, angles: Array) -> tuple[Array, Array, Array]:
        """Growth, the derivative of its logarithm by the angles, and what that would be at right angles.

        Growth is -inf where no mode is real and seen. With the left eigenvector l, the derivative by e is
        (I - K D)^-T B^T l / <l, y>. In one coordinate the middle entry is the derivative by the size of the error.
        """
        A, B, *_ = self._parts
        growth, y, loop, X = self._solve(angles)
        known = np.where(np.isfinite(growth), growth, 1.0)
        left = _left(A + B @ X, known, y)
        aligned = np.sum(left * y, axis=1) * known
        pull = _solved(np.swapaxes(loop, 1, 2), _apply(np.swapaxes(B, 1, 2), left))
        pull /= np.where(aligned, aligned, 1.0)[:, None]
        (e1, e2), (p1, p2) = (np.split(part, [self.n_angles], axis=1) for part in (_apply(X, y), pull))
        slope, most = (e1 * p1,) * 2 if self.k == 1 else (e1 * p2 - e2 * p1, np.hypot(e1, e2) * np.hypot(p1, p2))
        return growth, np.nan_to_num(slope), np.nan_to_num(abs(most))

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


def _matrices(step: LinearStep) -> tuple[Array, ...]:
    """A, B, C, D, W of y+ = A y + B e, v = C y + D e, measure y^T W y, where messages are v - e."""
    state, messages, inputs = step.state, step.messages, step.inputs if step.messages else ()

    def matrix(rows: Sequence[Vector], names: Sequence[str]) -> Array:
        return np.array([float(row[name]) for row in rows for name in names]).reshape(len(rows), len(names))

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


def _solved(matrices: Array, vectors: Array) -> Array:
    return np.asarray(np.linalg.solve(matrices, vectors[:, :, None])[:, :, 0])


def _left(matrices: Array, growth: Array, start: Array) -> Array:
    """Left eigenvectors by inverse iteration, shifted beyond the eigenvalue; further, if even so a pivot is zero."""
    transposed, eye = np.swapaxes(matrices, 1, 2), np.eye(matrices.shape[1])
    for beyond in (1e-10, 1e-9, 1e-8):
        with suppress(np.linalg.LinAlgError):
            left = _solved(transposed - (growth * (1 + beyond))[:, None, None] * eye, start)
            return np.asarray(left / np.linalg.norm(left, axis=1, keepdims=True))
    return start
