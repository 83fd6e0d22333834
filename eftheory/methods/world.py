"""What a method may ask of the world it runs in: verbs, in small protocols."""

from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

S = TypeVar("S", bound="Linear")  # a vector of the server
A = TypeVar("A", bound="Linear")  # one vector for each agent; a server vector added to it is added to each agent's
N = TypeVar("N", bound="Linear", covariant=True)  # what squares and function values are: numbers or forms


class Linear(Protocol):
    """What can be added, and multiplied with rationals."""

    def __add__(self: S, other: S, /) -> S: ...
    def __sub__(self: S, other: S, /) -> S: ...
    def __rmul__(self: S, factor: Any, /) -> S: ...


class Gradients(Protocol[S, A]):
    """The agents' functions, and the server's average."""

    @property
    def minimiser(self) -> S: ...  # the common minimiser x*, where the hypotheses grant one
    def gradient(self, x: S) -> A: ...  # the gradients grad f_i(x)
    def mean(self, v: A) -> S: ...  # the average (1/n) sum_i v_i


class Messages(Protocol[A]):
    """The agents' compressors."""

    def compress(self, v: A) -> A: ...  # the messages C_i(v_i)


class Values(Gradients[S, A], Protocol[S, A, N]):
    """What is measured."""

    def value(self, x: S) -> N: ...  # f(x) - f(x*) with f = (1/n) sum_i f_i
    def square(self, v: S) -> N: ...  # ||v||^2
    def mean_square(self, v: A) -> N: ...  # (1/n) sum_i ||v_i||^2


class World(Values[S, A, N], Messages[A], Protocol[S, A, N]):
    """All that a method may ask about which a certificate speaks."""


class MissingVerbError(AttributeError, ValueError):
    """A method asks for what its world does not answer."""


class Reader:
    """Base of the worlds: a verb that a world lacks is refused by its name."""

    if not TYPE_CHECKING:  # a type checker shall find misspelt names all the same

        def __getattr__(self, verb: str) -> NoReturn:
            if hasattr(type(self), verb):  # it is there, and failed
                return object.__getattribute__(self, verb)
            raise MissingVerbError(f"the method asks for {verb!r}, which {type(self).__name__} does not answer")
