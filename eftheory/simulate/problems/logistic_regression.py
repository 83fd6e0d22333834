"""Logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.simulate.problems.newton import minimise
from eftheory.simulate.problems.problem import Array
from eftheory.simulate.smoothness import prove_smoothness


@dataclass(frozen=True, eq=False)
class LogisticRegression:
    """f_i(x) = (1/N_i) sum_j log(1 + exp(-y_j <a_j, x>)) + regulariser/2 ||x||^2 over agent i's rows.

    The curvature of t -> log(1 + exp(-t)) lies in [0, 1/4]. So mu_i is the regulariser, and L_i
    is proved from the data by ``prove_smoothness``.

    Args:
        shards: for each agent its rows a_j, shape (N_i, d), and labels y_j, 1 or -1.
        regulariser: a nonnegative int or Fraction.

    Raises:
        ValueError: a label is neither 1 nor -1.

    >>> problem = LogisticRegression([(np.array([[2.0]]), np.array([1.0]))], regulariser=Fraction(1, 10))
    >>> problem.agents  # the largest curvature is 2^2 / 4 + 1/10 = 1.1, L just above
    (AgentType(L=Fraction(90117, 81920), mu=Fraction(1, 10), count=1),)
    """

    shards: Sequence[tuple[Array, Array]]
    regulariser: Fraction

    def __post_init__(self) -> None:
        if not all(np.isin(y, (-1, 1)).all() for _, y in self.shards):
            raise ValueError("labels must be 1 and -1")

    @cached_property
    def agents(self) -> tuple[AgentType, ...]:
        """The proved constants."""
        return tuple(
            AgentType(prove_smoothness(A, regulariser=self.regulariser), self.regulariser) for A, _ in self.shards
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
        """-(1/N_i) sum_j y_j sigmoid(-y_j <a_j, x>) a_j + regulariser x."""
        rows = []
        for A, y in self.shards:
            rows.append((-y * _sigmoid(-y * (A @ x)) / len(y)) @ A)
        return np.stack(rows) + float(self.regulariser) * x

    def value(self, x: Array) -> float:
        """The mean of the f_i(x)."""
        loss = float(np.mean([np.logaddexp(0, -y * (A @ x)).mean() for A, y in self.shards]))
        return loss + float(self.regulariser) / 2 * float(x @ x)

    @cached_property
    def minimiser(self) -> Array:
        """What Newton's method finds from zero."""
        return minimise(lambda x: self.gradients(x).mean(axis=0), self._hessian, np.zeros(self.dimension))

    def _hessian(self, x: Array) -> Array:
        total = self.n_agents * float(self.regulariser) * np.eye(self.dimension)
        for A, _ in self.shards:
            p = _sigmoid(A @ x)
            total += (A.T * (p * (1 - p) / len(A))) @ A
        return total / self.n_agents


def _sigmoid(t: Array) -> Array:
    """1 / (1 + exp(-t)) without overflow."""
    return np.exp(-np.logaddexp(0, -t))
