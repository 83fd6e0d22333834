"""A claim of a sweep, and how it is to be proved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions import AgentType


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
        kept: whether the certificate is written to a file.
    """

    name: str
    method: str
    agents: tuple[AgentType, ...]
    alpha: Fraction
    question: Question = Question()
    kept: bool = True
