"""Quadratics with prescribed spectra in rotated bases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.simulate.problems.problem import Array
from eftheory.simulate.problems.rotation import one_by_one, random_centres, random_rotation


@dataclass(frozen=True, eq=False)
class Quadratic:
    """f_i(x) = 1/2 (x - c_i)^T H_i (x - c_i).

    Args:
        hessians: the symmetric matrices H_i, shape (n, d, d).
        centres: the minimisers c_i of the f_i, shape (n, d).
        agents: constants with mu_i <= H_i <= L_i, one entry for each agent.
    """

    hessians: Array
    centres: Array
    agents: tuple[AgentType, ...]

    @classmethod
    def of_spectra(cls, spectra: Sequence[Sequence[float]]) -> Quadratic:
        """Diagonal H_i with the given entries, all c_i = 0; the constants are read off.

        >>> [agent.L for agent in Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]]).agents]
        [Fraction(2, 1), Fraction(4, 1)]
        """
        rows = np.array(spectra, dtype=float)
        agents = tuple(AgentType(Fraction(float(max(row))), Fraction(float(min(row)))) for row in rows)
        return cls(np.stack([np.diag(row) for row in rows]), np.zeros_like(rows), agents)

    @classmethod
    def random(
        cls,
        agents: Sequence[AgentType],
        dimension: int,
        *,
        rng: np.random.Generator,
        common_minimiser: bool = False,
    ) -> Quadratic:
        """Spectra that contain L_i and mu_i and are uniform between, in independent random bases.

        Args:
            agents: the constants; a type stands for ``count`` agents.
            dimension: d; for d = 1 the only curvature is L_i or mu_i at random.
            common_minimiser: whether all c_i are the same random point.
        """
        each = one_by_one(agents)
        hessians = []
        for agent in each:
            spectrum = rng.uniform(float(agent.mu), float(agent.L), size=dimension)
            ends = rng.permutation([float(agent.L), float(agent.mu)])[:dimension]
            spectrum[: len(ends)] = ends
            rotation = random_rotation(dimension, rng)
            matrix = (rotation * spectrum) @ rotation.T
            hessians.append((matrix + matrix.T) / 2)
        return cls(np.stack(hessians), random_centres(len(each), dimension, rng, common_minimiser), each)

    @property
    def n_agents(self) -> int:
        """N."""
        return len(self.agents)

    @property
    def dimension(self) -> int:
        """D."""
        return int(self.centres.shape[1])

    def gradients(self, x: Array) -> Array:
        """H_i (x - c_i)."""
        gradients: Array = np.matmul(self.hessians, (x - self.centres)[..., None])[..., 0]
        return gradients

    def value(self, x: Array) -> float:
        """The mean of 1/2 <x - c_i, H_i (x - c_i)>."""
        return float(np.vdot(x - self.centres, self.gradients(x))) / (2 * self.n_agents)

    @cached_property
    def minimiser(self) -> Array:
        """The solution of (sum_i H_i) x = sum_i H_i c_i, by least squares; exact where the c_i agree."""
        best: Array = self.centres[0]
        if (self.centres != best).any():
            right = np.matmul(self.hessians, self.centres[..., None])[..., 0].sum(axis=0)
            best = np.linalg.lstsq(self.hessians.sum(axis=0), right, rcond=None)[0]
        return best
