"""Agents of one type: how many, and which functions they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.smooth_strongly_convex import SmoothStronglyConvex
from eftheory.assumptions.validation import require

MAX_TYPES = 64  # in a claim; the number of agents is not limited


@dataclass(frozen=True)
class AgentType:
    """``count`` agents whose functions share the constants L and mu.

    >>> AgentType(L=1, mu=Fraction(1, 10), count=1000)
    AgentType(L=Fraction(1, 1), mu=Fraction(1, 10), count=1000)
    """

    L: Fraction
    mu: Fraction
    count: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "L", self.functions.L)
        object.__setattr__(self, "mu", self.functions.mu)
        counted = isinstance(self.count, int) and not isinstance(self.count, bool) and self.count >= 1
        require(counted, f"count={self.count!r}: a type needs a whole number of agents, at least 1")

    @property
    def functions(self) -> SmoothStronglyConvex:
        """The class of these agents' functions."""
        return SmoothStronglyConvex(L=self.L, mu=self.mu)


def group_agents(agents: Iterable[AgentType]) -> tuple[AgentType, ...]:
    """The agents with equal constants joined to one type; ValueError unless there are 1 to ``MAX_TYPES`` types."""
    counts: dict[SmoothStronglyConvex, int] = {}
    for agent in agents:
        counts[agent.functions] = counts.get(agent.functions, 0) + agent.count
    require(bool(counts), "there are no agents: a claim needs at least one")
    too_many = f"{len(counts)} different agent types: at most {MAX_TYPES} are allowed"
    require(len(counts) <= MAX_TYPES, f"{too_many}; round constants outward (L up, mu down) to merge types")
    return tuple(AgentType(f.L, f.mu, count) for f, count in counts.items())
