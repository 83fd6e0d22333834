"""What a method may ask of the world it runs in."""

# ruff: noqa: D102 -- each line says what it is
from typing import Any, Protocol


class World(Protocol):
    """The vocabulary of a method's definition; each world answers in vectors of its own kind.

    A server vector is one vector; an agent vector holds one vector for each agent. Sums and
    rational multiples are written with + - *, and a server vector added to an agent vector
    is added to each agent's. Squares and values are numbers or forms.
    """

    @property
    def minimiser(self) -> Any: ...  # the common minimiser x* (server), where the hypotheses grant one

    def mean(self, v: Any) -> Any: ...  # the average (1/n) sum_i v_i of an agent vector (server)
    def gradient(self, x: Any) -> Any: ...  # the gradients grad f_i(x) at a server point (agents)
    def value(self, x: Any) -> Any: ...  # f(x) - f(x*) with f = (1/n) sum_i f_i
    def compress(self, v: Any) -> Any: ...  # the messages C_i(v_i) (agents)
    def square(self, v: Any) -> Any: ...  # ||v||^2 of a server vector
    def mean_square(self, v: Any) -> Any: ...  # (1/n) sum_i ||v_i||^2 of an agent vector
