"""Fewer types in the place of many: to find a step size, agents that are nearly alike may be joined.

After a change of scale of each agent's gradients, agents differ by k = (L - mu)/(L + mu) only, so those with the same k
may be joined without any loss, however different their L, if the means of L and mu stay. So k decides who is alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from eftheory.algebra.averages import mean_constants
from eftheory.algebra.rounding import round_down, round_up
from eftheory.assumptions import AgentType, SmoothStronglyConvex, group_agents

_BITS = 48  # of the constants of joined types, which prove nothing: they only suggest a step size


def cluster(agents: Sequence[AgentType], most: int) -> tuple[AgentType, ...]:
    """At most so many types, each with the mean L and mu of those that it stands for.

    The types are split by k, again and again, where that lowers the variance of k within the parts the most; each
    counts with its L + mu. Functions of other classes are not joined.

    >>> for agent in cluster([AgentType(L=1, mu=0), AgentType(L=2, mu=1), AgentType(L=3, mu=1)], 2):
    ...     print(agent.L, agent.mu, agent.count)
    5/2 1 2
    1 0 1
    """
    usual = all(type(agent.functions) is SmoothStronglyConvex for agent in agents)
    if len(agents) <= most or not usual:
        return tuple(agents)
    ordered = sorted(agents, key=_ratio)
    ratios = np.array([float(_ratio(agent)) for agent in ordered])
    weights = np.array([float(agent.count * (agent.L + agent.mu)) for agent in ordered])
    parts = [(0, len(ordered))]
    while len(parts) < most:
        gain, (start, stop), cut = max(_best_cut(ratios, weights, part) for part in parts)
        if gain <= 0:
            break
        parts.remove((start, stop))
        parts += [(start, cut), (cut, stop)]
    return group_agents(_joined(ordered[start:stop]) for start, stop in sorted(parts))


def _ratio(agent: AgentType) -> Fraction:
    return (agent.L - agent.mu) / (agent.L + agent.mu)


def _best_cut(ratios: np.ndarray, weights: np.ndarray, part: tuple[int, int]) -> tuple[float, tuple[int, int], int]:
    """By how much the sum of squared distances to the means falls, of which part, where it is cut."""
    start, stop = part
    if stop - start < 2:
        return 0.0, part, start
    mass = np.cumsum(weights[start:stop])
    moment = np.cumsum(weights[start:stop] * (ratios[start:stop] - ratios[start]))
    left, right = mass[:-1], mass[-1] - mass[:-1]
    gains = left * right / mass[-1] * (moment[:-1] / left - (moment[-1] - moment[:-1]) / right) ** 2
    best = int(np.argmax(gains))
    return float(gains[best]), part, start + best + 1


def _joined(agents: Sequence[AgentType]) -> AgentType:
    L, mu = mean_constants(agents)
    return AgentType(round_up(L, _BITS), round_down(mu, _BITS), sum(agent.count for agent in agents))
