"""What the numeric world asks of a problem."""

from __future__ import annotations

from typing import Any, Protocol

from eftheory.assumptions import AgentType
from eftheory.simulate.arithmetic import Array as Array


class Problem(Protocol):
    """n functions of d variables, and the constants that hold for them.

    One that does not compute in floats says in what it does, by an attribute ``arithmetic``.
    """

    @property
    def agents(self) -> tuple[AgentType, ...]:
        """Exact constants L_i and mu_i, one entry for each agent, in order."""

    @property
    def n_agents(self) -> int:
        """The number of agents."""

    @property
    def dimension(self) -> int:
        """The number of variables."""

    @property
    def minimiser(self) -> Array:
        """A minimiser of f = (1/n) sum_i f_i, to nearly all digits of a float."""

    def gradients(self, x: Array) -> Array:
        """All gradients grad f_i(x), a fresh array of shape (n, d)."""

    def value(self, x: Array) -> Any:
        """f(x)."""
