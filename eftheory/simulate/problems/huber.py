"""Convex functions that are no quadratics: sums of Huber functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.simulate.agents import one_by_one
from eftheory.simulate.floats import FLOATS
from eftheory.simulate.problems.newton import minimise
from eftheory.simulate.problems.problem import Array


@dataclass(frozen=True, eq=False)
class Huber:
    """f_i(x) = mu_i/2 ||x - c_i||^2 + (L_i - mu_i) sum_j h(<a_ij, x - c_i>), a_ij orthonormal.

    h(t) = t^2/2 for |t| <= width, and goes on as a tangent line. Along a_ij the curvature is L_i
    near c_i and mu_i far from it, so both constants are attained and the proof that they hold is
    that the a_ij are orthonormal. The curvature jumps: these functions are as rough as the
    class of L-smooth functions allows.

    Args:
        bases: orthogonal matrices with the a_ij as columns, shape (n, d, d).
        centres: the minimisers c_i of the f_i, shape (n, d).
        agents: the constants, one entry for each agent.
        width: where h turns into a line, positive.

    References:
        [Huber1964], for h.
    """

    bases: Array
    centres: Array
    agents: tuple[AgentType, ...]
    width: float = 1.0

    @classmethod
    def random(
        cls,
        agents: Sequence[AgentType],
        dimension: int,
        *,
        rng: np.random.Generator,
        common_minimiser: bool = False,
        width: float = 1.0,
    ) -> Huber:
        """Independent random bases and centres; a type stands for ``count`` agents.

        >>> Huber.random([AgentType(L=1, mu=0, count=4)], 3, rng=np.random.default_rng(0)).n_agents
        4
        """
        each = one_by_one(agents)
        bases = np.stack([FLOATS.draw_basis(dimension, rng) for _ in each])
        return cls(bases, FLOATS.draw_centres(len(each), dimension, rng, common=common_minimiser), each, width)

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return len(self.agents)

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return int(self.centres.shape[1])

    def gradients(self, x: Array) -> Array:
        """mu_i (x - c_i) + (L_i - mu_i) sum_j clip(<a_ij, x - c_i>) a_ij."""
        move = x - self.centres
        clipped = np.clip(self._along(move), -self.width, self.width)
        back = np.matmul(self.bases, clipped[..., None])[..., 0]
        gradients: Array = self._mu[:, None] * move + self._excess[:, None] * back
        return gradients

    def value(self, x: Array) -> float:
        """The mean of the f_i(x)."""
        move = x - self.centres
        t = np.abs(self._along(move))
        h = np.where(t <= self.width, t * t / 2, self.width * (t - self.width / 2))
        return float((self._mu / 2 * (move * move).sum(axis=1) + self._excess * h.sum(axis=1)).mean())

    @cached_property
    def minimiser(self) -> Array:
        """The common centre, or what Newton's method finds on the piecewise quadratic mean."""
        best: Array = self.centres[0]
        if (self.centres != best).any():
            best = minimise(lambda x: self.gradients(x).mean(axis=0), self._hessian, self.centres.mean(axis=0))
        return best

    def _hessian(self, x: Array) -> Array:
        inside = np.abs(self._along(x - self.centres)) <= self.width
        curvature = self._mu[:, None] + self._excess[:, None] * inside
        hessians: Array = np.matmul(self.bases * curvature[:, None, :], self.bases.transpose(0, 2, 1))
        return np.asarray(hessians.mean(axis=0))

    def _along(self, move: Array) -> Array:
        along: Array = np.matmul(move[:, None, :], self.bases)[:, 0, :]
        return along

    @cached_property
    def _mu(self) -> Array:
        return np.array([float(agent.mu) for agent in self.agents])

    @cached_property
    def _excess(self) -> Array:
        return np.array([float(agent.L - agent.mu) for agent in self.agents])
