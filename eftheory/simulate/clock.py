"""How long rounds take: agents receive, compute and send, at speeds of their own, and the server waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np

from eftheory.simulate.arithmetic import Array

Factors = Callable[[np.random.Generator, int], Array]
"""Draws by what the seconds of every agent's computation in a round are multiplied: from how many agents there are."""


@dataclass(frozen=True, eq=False)
class Speeds:
    """Seconds that agents need, one number for all or one for each: floats, or Fractions for exact times.

    Args:
        sample: for the gradient of one sample, h_i.
        up: for a coordinate to the server, kappa_up.
        down: for a coordinate from the server; as up unless it is given.
        latency_up, latency_down: before the first coordinate of a message arrives.

    Raises:
        ValueError: a number is negative or not finite.
    """

    sample: Any
    up: Any
    down: Any = None
    latency_up: Any = 0
    latency_down: Any = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "down", self.up if self.down is None else self.down)
        for name in ("sample", "up", "down", "latency_up", "latency_down"):
            seconds = np.asarray(getattr(self, name))
            bad = [each for each in seconds.flat if not 0 <= each < float("inf")]
            if bad or seconds.ndim > 1:
                shown = bad[0] if bad else f"an array of shape {seconds.shape}"
                raise ValueError(
                    f"{name}={shown}: seconds are finite and not negative, one number or one for each agent"
                )
            object.__setattr__(self, name, seconds)


@dataclass(frozen=True, eq=False)
class Phase:
    """Part of a round: how much each agent computes, sends or receives; arrays have the shape (rounds, n), or less.

    Args:
        count: how many samples or coordinates; of a message of none nothing is sent, and there is no latency.
    """

    count: Any

    def seconds(self, speeds: Speeds) -> Array:
        """What it takes every agent in every round."""
        raise NotImplementedError


class Compute(Phase):
    """Gradients of so many samples."""

    def seconds(self, speeds: Speeds) -> Array:
        needed: Array = np.asarray(self.count) * speeds.sample
        return needed


class Send(Phase):
    """A message of so many coordinates to the server."""

    def seconds(self, speeds: Speeds) -> Array:
        return _message(self.count, speeds.up, speeds.latency_up)


class Receive(Phase):
    """A message of so many coordinates from the server."""

    def seconds(self, speeds: Speeds) -> Array:
        return _message(self.count, speeds.down, speeds.latency_down)


def _message(count: Any, each: Array, latency: Array) -> Array:
    count = np.asarray(count)
    needed: Array = (count != 0) * latency + count * each
    return needed


def agent_seconds(phases: Sequence[Phase], speeds: Speeds, *, rounds: int, n_agents: int) -> Array:
    """What every agent needs for every round, the sum of its phases; shape (rounds, n).

    Args:
        phases: in order; counts are those of a run, not expected ones.
        speeds: of the agents.
        rounds: how many, at least 1.
        n_agents: n, at least 1.

    Raises:
        ValueError: there is no phase, a count is negative, or the shapes do not fit.

    >>> agent_seconds([Receive(4), Compute([1, 2])], Speeds(sample=10, up=1), rounds=1, n_agents=2).tolist()
    [[14, 24]]
    """
    if not phases or min(rounds, n_agents) < 1:
        raise ValueError(
            f"{len(phases)} phases, {rounds} rounds, {n_agents} agents: there must be one of each at least"
        )
    total: Any = 0
    for phase in phases:
        if np.any(np.asarray(phase.count) < 0):
            raise ValueError(f"{type(phase).__name__}: counts of samples and coordinates are not negative")
        try:
            total = total + np.broadcast_to(phase.seconds(speeds), (rounds, n_agents))
        except ValueError:
            shapes = f"{np.shape(phase.count)} at speeds for {max(np.size(s) for s in vars(speeds).values())} agents"
            raise ValueError(
                f"{type(phase).__name__}: counts of shape {shapes} do not fit ({rounds}, {n_agents}), rounds and agents"
            ) from None
    needed: Array = total
    return needed


def ends_of_rounds(phases: Sequence[Phase], speeds: Speeds, *, rounds: int, n_agents: int) -> Array:
    """When each round ends if the server waits for all agents, and all begin a round together.

    Of equal agents the mean of a round is that of ``laws.Complexity.seconds``, in expectation over coins.

    Args:
        phases, speeds, rounds, n_agents: as in ``agent_seconds``.

    >>> ends_of_rounds([Compute([1, 2]), Send(3)], Speeds(sample=10, up=1), rounds=2, n_agents=2).tolist()
    [23, 46]
    """
    ends: Array = np.add.accumulate(agent_seconds(phases, speeds, rounds=rounds, n_agents=n_agents).max(axis=1))
    return ends


@dataclass(frozen=True, eq=False)
class Waited:
    """What came of waiting for the first m agents.

    Attributes:
        ends: when each round ended.
        counted: whose messages the server had then, of shape (rounds, n); m in every round.
    """

    ends: Array
    counted: Array


def wait_for_first(
    m: int,
    phases: Sequence[Phase],
    speeds: Speeds,
    *,
    rounds: int,
    n_agents: int,
    factors: Factors | None = None,
    rng: np.random.Generator | None = None,
) -> Waited:
    """When each round ends if the server goes on as soon as m agents have answered, by a queue of events.

    An agent that is late finishes its round and sends what it has, which does not count any more; then it begins the
    round that goes on. With m = n and no ``factors`` the ends are those of ``ends_of_rounds``, to the last bit.

    Args:
        m: for how many agents the server waits, 1 <= m <= n.
        phases, speeds, rounds, n_agents: as in ``agent_seconds``.
        factors: draws, for each round, by what every agent's seconds for samples are multiplied; none are unless given.
        rng: where factors are drawn from; seed 0 by default.

    Raises:
        ValueError: m is no such number, a factor is negative, or as in ``agent_seconds``.

    >>> waited = wait_for_first(1, [Compute([1, 3])], Speeds(sample=1, up=0), rounds=3, n_agents=2)
    >>> waited.ends.tolist(), waited.counted.tolist()
    ([1, 2, 3], [[True, False], [True, False], [True, False]])
    """
    if not isinstance(m, (int, np.integer)) or not 1 <= m <= n_agents:
        raise ValueError(f"m={m!r}: the server waits for a whole number of agents, from 1 to {n_agents}")
    shape = {"rounds": rounds, "n_agents": n_agents}
    needed = agent_seconds(phases, speeds, **shape)
    if factors is not None:
        rng = np.random.default_rng(0) if rng is None else rng
        drawn = np.stack([np.broadcast_to(factors(rng, n_agents), n_agents) for _ in range(rounds)])
        if not (drawn >= 0).all():
            raise ValueError(f"factors: {drawn.min()} was drawn; a computation takes no negative time")
        own = [phase for phase in phases if isinstance(phase, Compute)]
        if own:
            needed = needed + (drawn - 1) * agent_seconds(own, speeds, **shape)
    counted, ends, now = np.zeros((rounds, n_agents), dtype=bool), [], needed.flat[0] * 0
    queue: list[tuple[Any, int, int]] = []  # when an agent answers, which, and of which round
    waiting = list(range(n_agents))
    for t in range(rounds):
        for agent in waiting:
            heappush(queue, (now + needed[t, agent], agent, t))
        waiting = []
        while len(waiting) < m:
            now, agent, of = heappop(queue)
            if of == t:
                counted[t, agent] = True
                waiting.append(agent)
            else:
                heappush(queue, (now + needed[t, agent], agent, t))
        ends.append(now)
    return Waited(np.array(ends), counted)
