"""Exact changes of scale under which everything that matters has size 1.

A frame holds a change of symbols T and of coordinates M per component, and a scale for each
value coefficient and multiplier. A point found by floats in one frame gives the next frame:
the one in which its residual, its V and its multipliers are all (nearly) the identity. T and
M are products of such steps, kept as dyadic matrices and applied to the exact data before
anything becomes a float, so the small residual never appears as a difference of large floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.search.data import Problem
from eftheory.search.matrix import ExactMatrix
from eftheory.search.statement import Family, Inside

_BITS = 96  # kept of a change of symbols or coordinates, relative to its largest entry


@dataclass(frozen=True)
class View:
    """One component as floats in a frame."""

    z: np.ndarray
    move: np.ndarray
    inequalities: list[np.ndarray]

    def difference(self, matrix: np.ndarray, rate: Fraction) -> np.ndarray:
        """The form rate V(z) - V(z+) for V with this matrix."""
        cross = self.move.T @ matrix @ self.z
        change = cross + cross.T + self.move.T @ matrix @ self.move
        form: np.ndarray = -float(1 - rate) * (self.z.T @ matrix @ self.z) - change
        return form

    def growth(self, gram: np.ndarray, rate: Fraction) -> np.ndarray:
        """Gram(z+) - rate Gram(z) for symbols with this Gram matrix."""
        cross = self.move @ gram @ self.z.T
        change = cross + cross.T + self.move @ gram @ self.move.T
        growth: np.ndarray = float(1 - rate) * (self.z @ gram @ self.z.T) + change
        return growth


@dataclass(frozen=True)
class Frame:
    """Changes of symbols and coordinates per component, scales of value coefficients and multipliers."""

    symbols: tuple[ExactMatrix, ...]
    coordinates: tuple[ExactMatrix, ...]
    values: tuple[Fraction, ...]
    multipliers: tuple[Fraction, ...]

    def views(self, problem: Problem) -> list[View]:
        """The exact data seen in this frame."""
        views = []
        for component, T, M in zip(problem.components, self.symbols, self.coordinates):
            inequalities = [
                float(scale) * (T.T @ matrix @ T).floats()
                for scale, matrix in zip(self.multipliers, component.inequalities)
            ]
            views.append(View((M @ component.z @ T).floats(), (M @ component.move @ T).floats(), inequalities))
        return views

    def lyapunov(self, matrices: list[np.ndarray]) -> list[ExactMatrix]:
        """The exact matrices of V in the method's coordinates, from those in this frame."""
        return [M.T @ ExactMatrix.of_floats(matrix) @ M for M, matrix in zip(self.coordinates, matrices)]

    def gram(self, matrices: list[np.ndarray]) -> list[ExactMatrix]:
        """The exact Gram matrices of the symbols, from those in this frame."""
        return [T @ ExactMatrix.of_floats(matrix) @ T.T for T, matrix in zip(self.symbols, matrices)]

    def recentred(self, candidate: Candidate) -> Frame:
        """The frame in which the candidate's residual, V and multipliers have size 1.

        Raises:
            numpy.linalg.LinAlgError: a matrix of the candidate is not positive definite.
        """
        symbols = [
            (T @ ExactMatrix.of_floats(np.linalg.inv(np.linalg.cholesky(residual)).T)).rounded(_BITS)
            for T, residual in zip(self.symbols, candidate.residuals)
        ]
        coordinates = [
            (ExactMatrix.of_floats(np.linalg.cholesky(matrix).T) @ M).rounded(_BITS)
            for M, matrix in zip(self.coordinates, candidate.lyapunov)
        ]
        return Frame(
            tuple(symbols),
            tuple(coordinates),
            tuple(_scaled(self.values, candidate.values)),
            tuple(_scaled(self.multipliers, candidate.multipliers)),
        )


@dataclass(frozen=True)
class Candidate:
    """V, multipliers and residuals as floats in a frame, strictly inside the cone."""

    lyapunov: list[np.ndarray]
    values: np.ndarray
    multipliers: np.ndarray
    residuals: list[np.ndarray]
    margin: float
    gap: float  # estimated distance of the rate to the least one, by the slope of the margin


class Template:
    """All V and multipliers at one rate as a family of slacks: residuals, V, coefficients, multipliers.

    A point lists the entries of V (lower triangles, of length 1 each), the value coefficients
    and the multipliers. The size of V is held fixed, since all of it may be scaled; that of the
    multipliers is not: one that the frame has made too small must be free to grow again, or the
    search would converge to a rate that is not the least.
    """

    def __init__(self, problem: Problem, frame: Frame) -> None:
        self.problem, self.frame = problem, frame
        self.views = frame.views(problem)
        self.sizes = [len(component.coordinates) for component in problem.components]
        self.entries = [(b, i, j) for b, size in enumerate(self.sizes) for i in range(size) for j in range(i + 1)]
        self.count = len(self.entries) + problem.n_values + len(problem.multipliers)

    def family(self, rate: Fraction) -> Family:
        """The slacks at a rate."""
        lyapunov = [np.zeros((self.count, size, size)) for size in self.sizes]
        residuals = [np.zeros((self.count, *([view.z.shape[1]] * 2))) for view in self.views]
        for n, (b, i, j) in enumerate(self.entries):
            lyapunov[b][n, i, j] = lyapunov[b][n, j, i] = 1.0 if i == j else np.sqrt(0.5)
            residuals[b][n] = self.views[b].difference(lyapunov[b][n], rate)
        first = self.count - len(self.problem.multipliers)
        for b, view in enumerate(self.views):
            for k, matrix in enumerate(view.inequalities):
                residuals[b][first + k] = -matrix
        numbers = np.eye(self.count)[:, len(self.entries) :]
        traces = np.array([float(i == j) for _, i, j in self.entries] + [1.0] * self.problem.n_values)
        traces = np.concatenate([traces, np.zeros(len(self.problem.multipliers))])
        return Family(
            blocks=residuals + [block for block in lyapunov if block.size],
            numbers=numbers,
            equations=np.vstack([traces, *self._balance(rate)]),
            right=np.array([traces.sum()] + [0.0] * len(self._balance(rate))),
            centre=traces + (np.arange(self.count) >= first),
        )

    def candidate(self, inside: Inside, rate: Fraction) -> Candidate:
        """A point of the family, unpacked, with its estimate of the gap.

        The optimal margin grows with the rate as fast as the forces on what depends on the
        rate say: <force, V> on the residuals, less the pulls on the equations' change.
        """
        lyapunov = [np.zeros((size, size)) for size in self.sizes]
        for (b, i, j), value in zip(self.entries, inside.point):
            lyapunov[b][i, j] = lyapunov[b][j, i] = value if i == j else value * np.sqrt(0.5)
        rest = inside.point[len(self.entries) :]
        slope = sum(
            float(np.sum(force * (view.z.T @ matrix @ view.z)))
            for view, matrix, force in zip(self.views, lyapunov, inside.forces)
        )
        change = self._balance(Fraction(1) + rate), self._balance(rate)
        for pull, new, old in zip(inside.pulls[1:], *change):
            slope -= pull * float((new - old) @ inside.point)
        return Candidate(
            lyapunov=lyapunov,
            values=rest[: self.problem.n_values],
            multipliers=rest[self.problem.n_values :],
            residuals=inside.blocks[: len(self.views)],
            margin=inside.margin,
            gap=inside.margin / slope if slope > 0 else float("inf"),
        )

    def _balance(self, rate: Fraction) -> list[np.ndarray]:
        """The equations that make function values cancel, in units of the largest multiplier."""
        scales = [*self.frame.values, *self.frame.multipliers]
        zeros, unit = [0.0] * len(self.entries), max(scales, default=Fraction(1))
        return [
            np.array(zeros + [float(scale * x / unit) for scale, x in zip(scales, row)])
            for row in self.problem.balance(rate)
        ]


def _scaled(scales: tuple[Fraction, ...], factors: np.ndarray) -> list[Fraction]:
    return [scale * Fraction(float(np.float32(factor))) for scale, factor in zip(scales, factors)]
