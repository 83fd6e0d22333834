"""One permutation for each team of agents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from eftheory.compressors.arrays import Array
from eftheory.compressors.compressor import Compressor, Exact, Outcome
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.perm_k import PermK
from eftheory.compressors.vectors import as_vectors


@dataclass(frozen=True)
class PermKInTeams(Compressor):
    """Agents in teams of equal size, in their order, each of which sends by a PermK of its own.

    The mean of a team's messages of equal vectors has no error, and teams draw independently. Alone, C_i is that of
    ``PermK(team)``: unbiased, and omega = min(team, d) - 1 is exact.

    Args:
        n_agents: how many agents there are, an int >= 1.
        team: how many are in a team, an int >= 1 that divides n_agents.

    Raises:
        ValueError: a number is no such one, or as for ``PermK``.

    References:
        [SzlendakTyurinRichtarik2022], for PermK.

    >>> PermKInTeams(4, 2)(np.ones((4, 4)), np.random.default_rng(0)).reshape(2, 2, 4).mean(axis=1).tolist()
    [[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]
    """

    n_agents: int
    team: int

    random = unbiased = additive = True

    def __post_init__(self) -> None:
        PermK(self.n_agents), PermK(self.team)
        if self.n_agents % self.team:
            raise ValueError(f"team={self.team}: teams of equal size must divide the {self.n_agents} agents")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        """C_1(v_1), ..., C_n(v_n) for the rows of v, one an agent; v may hold many such families."""
        v = as_vectors(v)
        if v.ndim < 2 or v.shape[-2] != self.n_agents:
            raise ValueError(f"{self!r}: pass {self.n_agents} rows, one an agent, not shape {tuple(v.shape)}")
        apart = v.reshape((*v.shape[:-2], self.n_agents // self.team, self.team, v.shape[-1]))
        return PermK(self.team)(apart, rng).reshape(v.shape)

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        """The messages of one agent alone."""
        return PermK(self.team).outcomes(v)

    def outcomes_jointly(self, vectors: Sequence[Exact]) -> Iterator[tuple[Fraction, list[list[Any]]]]:
        """The messages of all agents, one vector each, with the probability of each such family."""
        if len(vectors) != self.n_agents:
            raise ValueError(f"{self!r}: {len(vectors)} vectors for {self.n_agents} agents")
        starts = range(0, self.n_agents, self.team)
        teams = [list(PermK(self.team).outcomes_jointly(vectors[i : i + self.team])) for i in starts]
        for drawn in product(*teams):
            yield (
                prod((chance for chance, _ in drawn), start=Fraction(1)),
                [message for _, messages in drawn for message in messages],
            )

    def variance(self, dimension: int) -> Constant:
        return PermK(self.team).variance(dimension)

    def bits(self, dimension: int) -> int:
        """The numbers of one agent; permutations come from shared randomness."""
        return PermK(self.team).bits(dimension)
