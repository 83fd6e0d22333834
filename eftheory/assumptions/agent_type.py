"""Agents of one type: how many, and which functions they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex
from eftheory.assumptions.validation import require

if TYPE_CHECKING:
    from eftheory.assumptions.function_class import FunctionClass

MAX_TYPES = 64  # in a claim; the number of agents is not limited


@dataclass(frozen=True, init=False)
class AgentType:
    """``count`` agents whose functions are of one class, by default smooth and strongly convex with constants L, mu.

    >>> AgentType(functions=SmoothStronglyConvex(L=1, mu=Fraction(1, 10)), count=1000)
    AgentType(L=Fraction(1, 1), mu=Fraction(1, 10), count=1000)
    """

    functions: FunctionClass
    count: int

    def __init__(self, L: Any = ..., mu: Any = ..., count: int = 1, *, functions: FunctionClass | None = None) -> None:
        change = "to change one of a type, write replace(agent, functions=replace(agent.functions, mu=...))"
        both = f"AgentType: give L and mu, or functions, and not both; {change}"
        require(... not in (L, mu) if functions is None else (L, mu) == (..., ...), both)
        counted = isinstance(count, int) and not isinstance(count, bool) and count >= 1
        object.__setattr__(self, "functions", SmoothStronglyConvex(L=L, mu=mu) if functions is None else functions)
        object.__setattr__(self, "count", count)
        require(counted, f"count={count!r}: a type needs a whole number of agents, at least 1")

    def __repr__(self) -> str:
        given = f"functions={self.functions!r}"
        if type(self.functions) is SmoothStronglyConvex:
            given = f"L={self.L!r}, mu={self.mu!r}"
        return f"AgentType({given}, count={self.count})"

    @property
    def L(self) -> Fraction:
        """The greatest curvature of quadratic functions of the class."""
        return self.functions.L

    @property
    def mu(self) -> Fraction:
        """Their least curvature."""
        return self.functions.mu


def group_agents(agents: Iterable[AgentType]) -> tuple[AgentType, ...]:
    """The agents with equal functions joined to one type; ValueError unless there are 1 to ``MAX_TYPES`` types."""
    counts: dict[FunctionClass, int] = {}
    for agent in agents:
        counts[agent.functions] = counts.get(agent.functions, 0) + agent.count
    require(bool(counts), "there are no agents: a claim needs at least one")
    too_many = f"{len(counts)} different agent types: at most {MAX_TYPES} are allowed"
    require(len(counts) <= MAX_TYPES, f"{too_many}; round constants outward (L up, mu down) to merge types")
    return tuple(AgentType(functions=functions, count=count) for functions, count in counts.items())
