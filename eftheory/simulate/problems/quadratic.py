"""Quadratics with prescribed spectra in rotated bases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.simulate.agents import one_by_one
from eftheory.simulate.arithmetic import Arithmetic, Array
from eftheory.simulate.floats import FLOATS

if TYPE_CHECKING:
    from typing_extensions import Self

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, eq=False)
class Quadratic:
    """f_i(x) = 1/2 (x - c_i)^T H_i (x - c_i), in floats; ``RationalQuadratic`` is the same in Fractions.

    Args:
        hessians: the symmetric matrices H_i, shape (n, d, d).
        centres: the minimisers c_i of the f_i, shape (n, d).
        agents: constants with mu_i <= H_i <= L_i, one entry for each agent.

    Raises:
        ValueError: the shapes do not fit.
    """

    hessians: Array
    centres: Array
    agents: tuple[AgentType, ...]

    arithmetic: ClassVar[Arithmetic] = FLOATS

    def __post_init__(self) -> None:
        array = self.arithmetic.array
        hessians, centres, agents = array(self.hessians), array(self.centres), tuple(self.agents)
        if centres.ndim != 2 or hessians.shape != (*centres.shape, centres.shape[-1]) or len(agents) != len(centres):
            raise ValueError(
                f"{len(agents)} agents, hessians of shape {hessians.shape}, centres of shape {centres.shape}: "
                "for n agents in d dimensions they must be n, (n, d, d) and (n, d)"
            )
        for name, value in (("hessians", hessians), ("centres", centres), ("agents", agents)):
            object.__setattr__(self, name, value)

    @classmethod
    def of_spectra(cls, spectra: Rows, *, bases: Sequence[Array] | None = None, centres: Rows | None = None) -> Self:
        """H_i = Q_i diag(spectrum_i) Q_i^T; L_i and mu_i are the ends of the spectrum.

        Args:
            spectra: the eigenvalues of each H_i, none of them negative.
            bases: orthogonal matrices Q_i; by default all H_i are diagonal.
            centres: the c_i; zero by default.

        Raises:
            ValueError: as above, or a basis is not orthogonal.

        >>> [agent.L for agent in Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]]).agents]
        [Fraction(2, 1), Fraction(4, 1)]
        """
        rows = cls.arithmetic.array(spectra)
        agents = tuple(AgentType(Fraction(max(row)), Fraction(min(row))) for row in rows)
        if bases is None:
            hessians = [np.diag(row) for row in rows]
        else:
            hessians = [(Q * row) @ Q.T for Q, row in zip(map(cls._orthogonal, bases), rows, strict=True)]
        return cls(np.stack(hessians), 0 * rows if centres is None else cls.arithmetic.array(centres), agents)

    @classmethod
    def _orthogonal(cls, basis: Array) -> Array:
        Q = cls.arithmetic.array(basis)
        if Q.shape != Q.T.shape or not cls.arithmetic.is_zero(Q @ Q.T - np.eye(len(Q), dtype=int)):
            raise ValueError("a basis is not orthogonal: Q Q^T must be the identity; reflect(v) is such a Q")
        return Q

    @classmethod
    def random(
        cls,
        agents: Sequence[AgentType],
        dimension: int,
        *,
        rng: np.random.Generator,
        common_minimiser: bool = False,
    ) -> Self:
        """Spectra that contain L_i and mu_i and are random between, in independent random bases.

        Args:
            agents: the constants; a type stands for ``count`` agents.
            dimension: d; for d = 1 the only curvature is L_i or mu_i at random.
            common_minimiser: whether all c_i are the same random point.
        """
        each = one_by_one(agents)
        hessians = []
        for agent in each:
            spectrum = cls.arithmetic.draw_spectrum(agent, dimension, rng)
            basis = cls.arithmetic.draw_basis(dimension, rng)
            matrix = (basis * spectrum) @ basis.T
            hessians.append((matrix + matrix.T) / 2)
        centres = cls.arithmetic.draw_centres(len(each), dimension, rng, common=common_minimiser)
        return cls(np.stack(hessians), centres, each)

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return len(self.agents)

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return int(self.centres.shape[1])

    def gradients(self, x: Array) -> Array:
        """H_i (x - c_i)."""
        gradients: Array = np.matmul(self.hessians, (x - self.centres)[..., None])[..., 0]
        return gradients

    def value(self, x: Array) -> Any:
        """The mean of 1/2 <x - c_i, H_i (x - c_i)>."""
        return self.arithmetic.number(np.vdot(x - self.centres, self.gradients(x))) / (2 * self.n_agents)

    @cached_property
    def minimiser(self) -> Array:
        """A solution of (sum_i H_i) x = sum_i H_i c_i; the common centre if there is one."""
        best: Array = self.centres[0]
        if (self.centres != best).any():
            right = np.matmul(self.hessians, self.centres[..., None])[..., 0].sum(axis=0)
            best = self.arithmetic.solve(self.hessians.sum(axis=0), right)
        return best
