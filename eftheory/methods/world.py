"""What a method may ask of the world it runs in."""

from __future__ import annotations

from typing import Any, Protocol


class World(Protocol):
    """The vocabulary of a method's definition; each world answers in vectors of its own kind.

    A server vector is one vector; an agent vector holds one vector for each agent. Sums and
    rational multiples are written with + - *, and a server vector added to an agent vector
    is added to each agent's.
    """

    @property
    def minimiser(self) -> Any:
        """The common minimiser x* (server vector), where the method's hypotheses grant one."""

    def mean(self, v: Any) -> Any:
        """The average (1/n) sum_i v_i of an agent vector (server vector)."""

    def gradient(self, x: Any) -> Any:
        """The gradients grad f_i(x) at a server point (agent vector)."""

    def value(self, x: Any) -> Any:
        """f(x) - f(x*) with f = (1/n) sum_i f_i (number or form)."""

    def compress(self, v: Any) -> Any:
        """The messages C_i(v_i) (agent vector)."""

    def square(self, v: Any) -> Any:
        """||v||^2 of a server vector (number or form)."""

    def mean_square(self, v: Any) -> Any:
        """(1/n) sum_i ||v_i||^2 of an agent vector (number or form)."""
