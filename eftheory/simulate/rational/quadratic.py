"""Quadratics with prescribed spectra in rotated bases, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from eftheory.algebra.elimination import solve
from eftheory.assumptions import AgentType
from eftheory.exact import negative_direction
from eftheory.simulate.problems.rotation import one_by_one
from eftheory.simulate.rational.arrays import ExactArray, as_fractions
from eftheory.simulate.rational.reflections import random_basis

Rows = Sequence[Sequence[Fraction | int]]


@dataclass(frozen=True, eq=False)
class RationalQuadratic:
    """f_i(x) = 1/2 (x - c_i)^T H_i (x - c_i) in Fractions, with mu_i I <= H_i <= L_i I proved exactly.

    Args:
        hessians: the symmetric matrices H_i, shape (n, d, d), entries ints or Fractions.
        centres: the minimisers c_i of the f_i, shape (n, d).
        agents: the constants, one entry for each agent.

    Raises:
        TypeError: an entry is no int or Fraction.
        ValueError: the shapes do not fit, a matrix is not symmetric, or an eigenvalue lies outside [mu_i, L_i].

    >>> RationalQuadratic.of_spectra([[1, 2]]).gradients(as_fractions([3, 4]))
    array([[Fraction(3, 1), Fraction(8, 1)]], dtype=object)
    """

    hessians: ExactArray
    centres: ExactArray
    agents: tuple[AgentType, ...]

    def __post_init__(self) -> None:
        hessians, centres, agents = as_fractions(self.hessians), as_fractions(self.centres), tuple(self.agents)
        if centres.ndim != 2 or hessians.shape != (*centres.shape, centres.shape[-1]) or len(agents) != len(centres):
            raise ValueError(
                f"{len(agents)} agents, hessians of shape {hessians.shape}, centres of shape {centres.shape}: "
                "for n agents in d dimensions they must be n, (n, d, d) and (n, d)"
            )
        for i, (agent, hessian) in enumerate(zip(agents, hessians)):
            identity = as_fractions(np.eye(len(hessian), dtype=int))
            for rest in (hessian - agent.mu * identity, agent.L * identity - hessian):
                if negative_direction(rest.tolist()) is not None:
                    raise ValueError(f"agent {i}: a curvature lies outside [{agent.mu}, {agent.L}], its mu and L")
        for name, value in (("hessians", hessians), ("centres", centres), ("agents", agents)):
            object.__setattr__(self, name, value)

    @classmethod
    def of_spectra(
        cls, spectra: Rows, *, bases: Sequence[ExactArray] | None = None, centres: Rows | None = None
    ) -> RationalQuadratic:
        """H_i = Q_i diag(spectrum_i) Q_i^T; L_i and mu_i are the ends of the spectrum.

        Args:
            spectra: the eigenvalues of each H_i, none of them negative.
            bases: orthogonal matrices Q_i; by default all H_i are diagonal.
            centres: the c_i; zero by default.

        Raises:
            ValueError: as above, or a basis is not orthogonal.
        """
        rows = as_fractions(spectra)
        agents = tuple(AgentType(max(row), min(row)) for row in rows)
        if bases is None:
            hessians = [np.diag(row) for row in rows]
        else:
            hessians = [(Q * row) @ Q.T for Q, row in zip(map(_orthogonal, bases), rows, strict=True)]
        return cls(as_fractions(hessians), as_fractions(0 * rows if centres is None else centres), agents)

    @classmethod
    def random(
        cls,
        agents: Sequence[AgentType],
        dimension: int,
        *,
        rng: np.random.Generator,
        common_minimiser: bool = False,
    ) -> RationalQuadratic:
        """Spectra that contain L_i and mu_i, in independent rotated bases; see ``Quadratic.random``.

        Args:
            agents: the constants; a type stands for ``count`` agents.
            dimension: d; for d = 1 the only curvature is L_i or mu_i at random.
            common_minimiser: whether all c_i are the same random point.
        """
        each = one_by_one(agents)
        hessians = []
        for agent in each:
            ends = [agent.L, agent.mu] if rng.integers(2) else [agent.mu, agent.L]
            inner = [Fraction(int(k), 8) for k in rng.integers(0, 9, size=max(dimension - 2, 0))]
            spectrum = as_fractions([*ends, *(agent.mu + k * (agent.L - agent.mu) for k in inner)][:dimension])
            Q = random_basis(dimension, rng)
            hessians.append((Q * spectrum) @ Q.T)
        points = as_fractions(rng.integers(-8, 9, size=(len(each), dimension))) / 4
        return cls(as_fractions(hessians), points[[0] * len(each)] if common_minimiser else points, each)

    @property
    def n_agents(self) -> int:
        """N."""
        return len(self.agents)

    @property
    def dimension(self) -> int:
        """D."""
        return int(self.centres.shape[1])

    def gradients(self, x: ExactArray) -> ExactArray:
        """H_i (x - c_i)."""
        gradients: ExactArray = np.matmul(self.hessians, (x - self.centres)[..., None])[..., 0]
        return gradients

    def value(self, x: ExactArray) -> Fraction:
        """The mean of 1/2 <x - c_i, H_i (x - c_i)>."""
        return Fraction(((x - self.centres) * self.gradients(x)).sum()) / (2 * self.n_agents)

    @cached_property
    def minimiser(self) -> ExactArray:
        """A solution of (sum_i H_i) x = sum_i H_i c_i; the common centre if there is one."""
        if (self.centres == self.centres[0]).all():
            return as_fractions(self.centres[0])
        right = np.matmul(self.hessians, self.centres[..., None])[..., 0].sum(axis=0)
        solution = solve(self.hessians.sum(axis=0).tolist(), right.tolist(), range(self.dimension))
        return as_fractions(solution)


def _orthogonal(basis: Any) -> ExactArray:
    Q = as_fractions(basis)
    if Q.shape != Q.T.shape or (Q @ Q.T - np.eye(len(Q), dtype=int)).any():
        raise ValueError("a basis is not orthogonal: Q Q^T must be the identity; reflect(v) is such a Q")
    return Q
