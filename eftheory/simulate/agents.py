"""Agents one by one, as runs know them; certificates know only types."""

from __future__ import annotations

from collections.abc import Sequence

from eftheory.assumptions import AgentType


def one_by_one(agents: Sequence[AgentType]) -> tuple[AgentType, ...]:
    """The agents of all types, each by itself.

    >>> len(one_by_one([AgentType(L=1, mu=0, count=3)]))
    3
    """
    return tuple(AgentType(agent.L, agent.mu) for agent in agents for _ in range(agent.count))
