"""What random problems are drawn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.simulate.problems.problem import Array


def one_by_one(agents: Sequence[AgentType]) -> tuple[AgentType, ...]:
    """The same agents, each by itself.

    >>> len(one_by_one([AgentType(L=1, mu=0, count=3)]))
    3
    """
    return tuple(AgentType(agent.L, agent.mu) for agent in agents for _ in range(agent.count))


def random_rotation(dimension: int, rng: np.random.Generator) -> Array:
    """A uniformly distributed orthogonal matrix, orthogonal to rounding.

    References:
        [Mezzadri2007].
    """
    q, r = np.linalg.qr(rng.standard_normal((dimension, dimension)))
    return q * np.sign(np.diag(r))


def random_centres(n: int, dimension: int, rng: np.random.Generator, common: bool) -> Array:
    """N standard normal points, or one of them n times."""
    centres = rng.standard_normal((1 if common else n, dimension))
    return np.array(np.broadcast_to(centres, (n, dimension)))
