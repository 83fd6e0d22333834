"""The worst case of a certificate as something that runs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from eftheory.certificates import Lower
from eftheory.claims import Setting
from eftheory.simulate.agents import one_by_one
from eftheory.simulate.rational.arrays import ExactArray, as_fractions
from eftheory.simulate.rational.quadratic import RationalQuadratic
from eftheory.simulate.rational.rules import Rule
from eftheory.simulate.rational.scripted import ScriptedWorld


class Instance(NamedTuple):
    """What ``simulate_exactly`` needs: functions, a compressor for each agent, and a start."""

    problem: RationalQuadratic
    compressors: list[Rule]
    start: tuple[ExactArray, ...]


def replay_worst_case(setting: Setting, evidence: Lower) -> Instance:
    """The instance of a lower bound: on it one step multiplies the state by growth and signs, so
    the measure by growth^2, for ever.

    The compressor of an agent turns (growth signs)^t v into (growth signs)^t c for t = 0, 1, ...,
    where c is the message to v, the first input; every other vector it returns as it is. So it is
    a function, and contracts as the message to v does.

    Args:
        setting: what the certificate is about.
        evidence: its lower bound.

    Raises:
        ValueError: the method compresses twice a step, so that one function may not do.

    >>> from eftheory import AgentType, certify
    >>> from eftheory.simulate.rational import simulate_exactly
    >>> found = certify("ef21", AgentType(L=7, mu=2, count=3), alpha=Fraction(15, 16), exact=True)
    >>> instance = replay_worst_case(found.setting, found.certificate.lower)
    >>> run = simulate_exactly(found.setting.method, *instance[:2], steps=2, start=instance.start)
    >>> [str(later / now) for now, later in zip(run.measures, run.measures[1:])]
    ['9/16', '9/16']
    """
    if len(evidence.messages) > 1:
        times = len(evidence.messages)
        raise ValueError(f"{setting.method.title} compresses {times} times a step; what compresses once can be run")
    counts = [agent.count for agent in setting.agents]

    def each(rows: Iterable[Sequence[Fraction]]) -> ExactArray:
        return as_fractions([row for row, number in zip(rows, counts) for _ in range(number)])

    curvatures = each(evidence.curvatures)
    hessians = as_fractions([np.diag(row) for row in curvatures])
    problem = RationalQuadratic(hessians, 0 * curvatures, one_by_one(setting.agents))
    server = (as_fractions(evidence.server[name]) for name in setting.method.server_state)
    state = (*server, *(each(evidence.agents[name]) for name in setting.method.agent_state))
    messages = [each(rows) for rows in evidence.messages]
    world = ScriptedWorld(problem, messages)
    setting.method.step(world, *state)
    turn = evidence.growth * as_fractions(evidence.signs)
    pairs = [pair for v, c in zip(world.asked, messages) for pair in zip(v, c)] or [(turn, turn)] * len(curvatures)
    return Instance(problem, [_follow(v, c, turn) for v, c in pairs], state)


def _follow(first: ExactArray, message: ExactArray, turn: ExactArray) -> Rule:
    """The function that turns turn^t first into turn^t message, and any other vector into itself."""
    growth, start = abs(turn[0]), (first * first).sum()

    def answer(v: list[Any]) -> Sequence[Any]:
        for t in _times(sum(entry * entry for entry in v), start, growth):
            power = turn**t
            if (power * first).tolist() == v:
                return list(power * message)
        return v

    return answer


def _times(size: Fraction, start: Fraction, growth: Fraction) -> Iterable[int]:
    """All t that growth^(2t) start = size allows; a logarithm proposes, the caller decides exactly."""
    if growth in (0, 1) or not start:
        return (0, 1)
    t = round(_log(size / start) / (2 * _log(growth))) if size else -1
    return (t,) if t >= 0 else ()


def _log(x: Fraction) -> float:
    near = abs(x - 1) < Fraction(1, 2)
    return math.log1p(x - 1) if near else math.log(x.numerator) - math.log(x.denominator)
