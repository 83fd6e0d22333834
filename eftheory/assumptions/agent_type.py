"""Agents of one type: how many, and which functions they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.validation import require
from eftheory.assumptions.smooth_strongly_convex import SmoothStronglyConvex

MAX_TYPES = 64
"""Most agent types a claim may have; the number of agents is not limited."""


@dataclass(frozen=True)
class AgentType:
    """``count`` agents whose functions share the constants L and mu.

    Args:
        L, mu: constants of their functions, 0 <= mu <= L, L > 0.
        count: how many agents, an int >= 1.

    Raises:
        ValueError: a number is out of range.

    >>> AgentType(L=1, mu=Fraction(1, 10), count=1000)
    AgentType(L=Fraction(1, 1), mu=Fraction(1, 10), count=1000)
    """

    L: Fraction
    mu: Fraction
    count: int = 1

    def __post_init__(self) -> None:
        functions = SmoothStronglyConvex(L=self.L, mu=self.mu)
        object.__setattr__(self, "L", functions.L)
        object.__setattr__(self, "mu", functions.mu)
        require(
            isinstance(self.count, int) and not isinstance(self.count, bool) and self.count >= 1,
            f"count={self.count!r}: a type needs a whole number of agents, at least 1",
        )

    @property
    def functions(self) -> SmoothStronglyConvex:
        """The class of these agents' functions."""
        return SmoothStronglyConvex(L=self.L, mu=self.mu)


def group_agents(agents: Iterable[AgentType]) -> tuple[AgentType, ...]:
    """The agents with equal constants joined to one type, in the order of first appearance.

    Raises:
        ValueError: there are no agents, or more than ``MAX_TYPES`` different types.
    """
    counts: dict[SmoothStronglyConvex, int] = {}
    for agent in agents:
        counts[agent.functions] = counts.get(agent.functions, 0) + agent.count
    require(bool(counts), "there are no agents: a claim needs at least one")
    require(
        len(counts) <= MAX_TYPES,
        f"{len(counts)} different agent types: at most {MAX_TYPES} are allowed; round constants outward "
        "(L up, mu down) to merge types",
    )
    return tuple(AgentType(f.L, f.mu, count) for f, count in counts.items())
