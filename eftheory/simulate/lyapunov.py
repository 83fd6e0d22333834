"""The Lyapunov function of a certificate, evaluated on a run."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from eftheory.assumptions import AgentType
from eftheory.certificates import Block, Upper
from eftheory.claims import Setting
from eftheory.methods import Method
from eftheory.simulate.arithmetic import Arithmetic, Array


class LyapunovFunction:
    """V of an upper bound as a function of the state, in the numbers of the world.

    The certificate speaks of ``name[t]``, the mean of an agent vector over type t, of ``name[t]'``,
    its deviations from that mean, and of server vectors. With P the matrix over the means and
    server vectors and P_t those over the deviations,

        V = <z, P z> + sum_t (1/n) sum_{i in t} <z_i', P_t z_i'> + values,

    which is what the type reduction of ``eftheory.worlds.agents`` says the certificate means.

    Args:
        setting: what the certificate is about.
        evidence: its upper bound.
        agents: constants of the agents in the problem's order, ``problem.agents``; by default
            those of the setting, type after type.

    Raises:
        ValueError: the agents are not those of the setting, or V sees more than the state (a template).
    """

    def __init__(self, setting: Setting, evidence: Upper, *, agents: Sequence[AgentType] | None = None) -> None:
        if evidence.template:
            shown = ascii(evidence.template[:40])
            raise ValueError(f"template={shown}: only a V that sees nothing but the state can be followed on a run")
        self.rate = float(evidence.rate)
        self._kinds = _kinds(setting, setting.agents if agents is None else agents)
        types, n = range(len(setting.agents)), setting.n_agents
        names = setting.method.coordinates
        type_mean = np.full((len(types), n), Fraction(0), dtype=object)
        for t, agent in enumerate(setting.agents):
            type_mean[t, self._kinds == t] = Fraction(1, agent.count)
        means = [f"{name}[{t}]" for name in names.agents for t in types]
        within = [_matrix(evidence.lyapunov, [f"{name}[{t}]'" for name in names.agents]) for t in types]
        self._exact = _Coefficients(
            setting.method,
            type_mean=type_mean,
            means=_matrix(evidence.lyapunov, [*means, *names.server]),
            deviations=np.stack(within)[self._kinds] / n,
            values=evidence.values,
        )
        self._coefficients: dict[Arithmetic, _Coefficients] = {}

    def __call__(self, world: Any, state: Sequence[Any]) -> Any:
        """V at a state: a float or a Fraction, as in the world."""
        known = self._coefficients.get(world.arithmetic)
        if known is None:
            known = self._coefficients[world.arithmetic] = self._exact.convert(world.arithmetic)
        method, type_mean, means, deviations, values = known
        seen = method.observe(world, *state)
        type_means = [type_mean @ v for v in seen.agents]
        z = np.concatenate([*type_means, *(v[None] for v in seen.server)])
        total = (z * (means @ z)).sum()
        if seen.agents:
            rest = np.stack([v - mean[self._kinds] for v, mean in zip(seen.agents, type_means)], axis=1)
            total += (rest * (deviations @ rest)).sum()
        return world.number(total + sum(factor * value for factor, value in zip(values, seen.values)))


class _Coefficients(NamedTuple):
    """A Lyapunov function in one kind of number."""

    method: Method
    type_mean: Any
    means: Any
    deviations: Any
    values: Any

    def convert(self, arithmetic: Arithmetic) -> _Coefficients:
        """The coefficients in an arithmetic."""
        type_mean, means, deviations, values = map(arithmetic.array, self[1:])
        return _Coefficients(arithmetic.convert(self.method), type_mean, means, deviations, values)


def _kinds(setting: Setting, agents: Sequence[AgentType]) -> Array:
    """The type of each agent."""
    known = {agent.functions: t for t, agent in enumerate(setting.agents)}
    kinds = [known.get(agent.functions) for agent in agents for _ in range(agent.count)]
    if any(kinds.count(t) != agent.count for t, agent in enumerate(setting.agents)) or None in kinds:
        raise ValueError("the agents are not those of the certificate: their constants or their number differ")
    return np.array(kinds)


def _matrix(blocks: Sequence[Block], names: Sequence[str]) -> Any:
    """The entries of all blocks that concern the named coordinates, exactly."""
    index = {name: row for row, name in enumerate(names)}
    matrix = np.full((len(names), len(names)), Fraction(0), dtype=object)
    for block in blocks:
        for (a, b), value in block.entries().items():
            if a in index and b in index:
                matrix[index[a], index[b]] = matrix[index[b], index[a]] = value
    return matrix
