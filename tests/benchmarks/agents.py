"""The agents on which searches are timed."""

from __future__ import annotations

from fractions import Fraction

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.methods import EF21
from eftheory.theory import law_step_size

ALPHA = Fraction(3, 4)  # sqrt(1 - alpha) is rational, so that rates can be compared exactly


def different(types: int, *, count: int = 1) -> Setting:
    """EF21 at the law's step on agents that all differ: L = 1 + k/10, mu = 1/(10 + k), ``count`` of each."""
    agents = tuple(AgentType(1 + Fraction(k, 10), Fraction(1, 10 + k), count) for k in range(types))
    return Setting(agents, Contractive(ALPHA), EF21(law_step_size("ef21", agents, ALPHA)))
