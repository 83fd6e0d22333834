"""Averages of the agents' constants."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from eftheory.assumptions import AgentType


def mean_constants(agents: Iterable[AgentType]) -> tuple[Fraction, Fraction]:
    """(mean L_i, mean mu_i) over all agents.

    >>> mean_constants([AgentType(L=1, mu=0, count=3), AgentType(L=5, mu=1)])
    (Fraction(2, 1), Fraction(1, 4))
    """
    agents = tuple(agents)
    n = sum(agent.count for agent in agents)
    L = sum((agent.count * agent.L for agent in agents), Fraction(0)) / n
    mu = sum((agent.count * agent.mu for agent in agents), Fraction(0)) / n
    return L, mu
