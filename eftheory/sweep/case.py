"""A claim of a sweep, and how it is to be proved."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from hashlib import sha256

from eftheory.assumptions import AgentType, SmoothStronglyConvex, group_agents


@dataclass(frozen=True)
class Question:
    """Which V and which step size are asked for; the attributes are what ``certify`` takes under these names."""

    engine: str = "law"
    step_size: str = "law"
    memory: int = 0
    sparsity: str = ""


@dataclass(frozen=True)
class Case:
    """A method on agents, and what is asked about it.

    Attributes:
        name: of the case, and of its file.
        kept: whether the certificate is published beside the page of the study.
    """

    name: str
    method: str
    agents: tuple[AgentType, ...]
    alpha: Fraction
    question: Question = Question()
    kept: bool = True

    @property
    def digest(self) -> str:
        """sha256 of what is asked, as compact JSON with sorted keys; name and ``kept`` are no part of it."""
        agents = [(*named(agent), agent.count) for agent in group_agents(self.agents)]
        asked = {"method": self.method, "agents": agents, "alpha": str(self.alpha), **asdict(self.question)}
        return sha256(json.dumps(asked, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def named(agent: AgentType) -> tuple[str, ...]:
    """The constants of an agent's functions, after the name of their class if it is not the usual one."""
    usual = type(agent.functions) is SmoothStronglyConvex
    return (*[agent.functions.name] * (not usual), *map(str, vars(agent.functions).values()))
