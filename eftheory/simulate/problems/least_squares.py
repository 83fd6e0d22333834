"""Least squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.simulate.problems.problem import Array
from eftheory.simulate.smoothness import prove_smoothness


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """f_i(x) = 1/(2 N_i) ||A_i x - b_i||^2 + regulariser/2 ||x||^2, agent i holding N_i rows.

    mu_i is the regulariser; L_i is proved from the data by ``prove_smoothness``.

    Args:
        shards: for each agent its rows A_i, shape (N_i, d), and targets b_i.
        regulariser: a nonnegative int or Fraction.

    >>> problem = LeastSquares([(np.eye(2), np.ones(2))], regulariser=Fraction(1, 2))
    >>> problem.minimiser
    array([0.5, 0.5])
    """

    shards: Sequence[tuple[Array, Array]]
    regulariser: Fraction

    @cached_property
    def agents(self) -> tuple[AgentType, ...]:
        """The proved constants."""
        return tuple(
            AgentType(prove_smoothness(A, regulariser=self.regulariser, curvature=Fraction(1)), self.regulariser)
            for A, _ in self.shards
        )

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return len(self.shards)

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return int(self.shards[0][0].shape[1])

    def gradients(self, x: Array) -> Array:
        """A_i^T (A_i x - b_i) / N_i + regulariser x."""
        gradients: Array = np.stack([A.T @ (A @ x - b) / len(b) for A, b in self.shards]) + float(self.regulariser) * x
        return gradients

    def value(self, x: Array) -> float:
        """The mean of the f_i(x)."""
        fit = float(np.mean([np.mean((A @ x - b) ** 2) for A, b in self.shards]))
        return fit / 2 + float(self.regulariser) / 2 * float(x @ x)

    @cached_property
    def minimiser(self) -> Array:
        """The least squares solution of all rows, each weighted by 1/sqrt(N_i), and the regulariser's."""
        rows = [A / len(b) ** 0.5 for A, b in self.shards]
        weight = (self.n_agents * float(self.regulariser)) ** 0.5
        right = [b / len(b) ** 0.5 for _, b in self.shards]
        matrix = np.concatenate([*rows, weight * np.eye(self.dimension)])
        best: Array = np.linalg.lstsq(matrix, np.concatenate([*right, np.zeros(self.dimension)]), rcond=None)[0]
        return best
