"""The recording world: it answers with vectors that remember how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from eftheory.methods.recorded import MAX_CALLS, Call, Program


class RecordingError(ValueError):
    """The method does something that no straight-line program of exact linear operations does."""


def exact(value: object, what: str) -> Fraction:
    """The number as a fraction.

    Raises:
        RecordingError: it is a float, a vector, or no number at all.
    """
    if isinstance(value, (Trace, Squares)):
        raise RecordingError("two vectors are multiplied or divided: only numbers times vectors are linear")
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, float) and value - value == 0:
        near = Fraction(str(value))
        raise RecordingError(f"{what} {value} is a float: write Fraction({near.numerator}, {near.denominator})")
    raise RecordingError(f"{what} {value!r} is no exact number: write an int or a Fraction")


class _Linear:
    """What may be added, subtracted and multiplied by numbers, and nothing else."""

    __array_ufunc__ = None  # so that numpy leaves the arithmetic to us

    def plus(self, other: Any, factor: Fraction) -> Any:
        raise NotImplementedError

    def times(self, factor: Fraction) -> Any:
        raise NotImplementedError

    def __add__(self, other: object) -> Any:
        return self.plus(other, Fraction(1))

    def __radd__(self, other: object) -> Any:
        return self if isinstance(other, int) and other == 0 else self.plus(other, Fraction(1))  # for sum()

    def __sub__(self, other: object) -> Any:
        return self.plus(other, Fraction(-1))

    def __rsub__(self, other: object) -> Any:
        return self.times(Fraction(-1)).plus(other, Fraction(1))

    def __neg__(self) -> Any:
        return self.times(Fraction(-1))

    def __pos__(self) -> Any:
        return self

    def __mul__(self, factor: object) -> Any:
        return self.times(exact(factor, "coefficient"))

    __rmul__ = __mul__

    def __truediv__(self, divisor: object) -> Any:
        number = exact(divisor, "divisor")
        if not number:
            raise RecordingError("a vector is divided by zero")
        return self.times(1 / number)

    def _refuse(self, *_: object) -> NoReturn:
        raise RecordingError(
            "a vector is used for more than + - and multiples (compared, converted, indexed, multiplied, ...): "
            "what a step does must be linear and the same for all data"
        )

    __bool__ = __len__ = __iter__ = __float__ = __int__ = __abs__ = __getitem__ = __contains__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __pow__ = __rpow__ = __matmul__ = __rmatmul__ = _refuse
    __floordiv__ = __mod__ = __rtruediv__ = __round__ = __index__ = _refuse
    __eq__ = __ne__ = _refuse
    __hash__ = None  # type: ignore[assignment]


class Trace(_Linear):
    """A combination of vectors of the program; of the agents as soon as one of them is."""

    def __init__(self, world: RecordingWorld, terms: Mapping[str, Fraction], *, of_agents: bool) -> None:
        self.world, self.terms, self.of_agents = world, dict(terms), of_agents

    def plus(self, other: Any, factor: Fraction) -> Trace:
        """The sum of this vector and a multiple of another."""
        if not isinstance(other, Trace):
            raise RecordingError(f"{str(other)[:40]} is added to a vector: only vectors can be")
        if other.world is not self.world:
            raise RecordingError("a vector of another call is used: keep vectors in the state, not in the object")
        terms = dict(self.terms)
        for name, value in other.terms.items():
            terms[name] = terms.get(name, Fraction(0)) + factor * value
        return Trace(self.world, terms, of_agents=self.of_agents or other.of_agents)

    def times(self, factor: Fraction) -> Trace:
        """A multiple of this vector."""
        return Trace(self.world, {name: factor * value for name, value in self.terms.items()}, of_agents=self.of_agents)


@dataclass(frozen=True, eq=False)
class Squares(_Linear):
    """A sum of weighted squares."""

    terms: tuple[tuple[Fraction, Trace], ...]

    def plus(self, other: Any, factor: Fraction) -> Squares:
        """The sum of these squares and a multiple of others."""
        if not isinstance(other, Squares):
            raise RecordingError(f"{str(other)[:40]} is added to squares: a measure is a sum of squares")
        return Squares((*self.terms, *other.times(factor).terms))

    def times(self, factor: Fraction) -> Squares:
        """A multiple of this sum."""
        return Squares(tuple((factor * weight, vector) for weight, vector in self.terms))


class RecordingWorld:
    """A world that writes down what it is asked.

    Args:
        server_state: names of the server's vectors.
        agent_state: names of the agents' vectors.
        minimiser: whether a common minimiser is granted.
    """

    def __init__(self, server_state: tuple[str, ...], agent_state: tuple[str, ...], *, minimiser: bool) -> None:
        self._calls: list[Call] = []
        self._granted = minimiser
        self._agents = agent_state[0] if agent_state else ""
        servers = (Trace(self, {name: Fraction(1)}, of_agents=False) for name in server_state)
        agents = (Trace(self, {name: Fraction(1)}, of_agents=True) for name in agent_state)
        self.state = (*servers, *agents)

    def __getattr__(self, name: str) -> NoReturn:
        known = "gradient, mean, compress, minimiser, square, mean_square"
        raise RecordingError(f"the world has no {name!r}; it has: {known}")

    @property
    def minimiser(self) -> Trace:
        """The common minimiser."""
        if not self._granted:
            raise RecordingError("world.minimiser is used: put COMMON_MINIMISER into hypotheses first")
        return Trace(self, {"x*": Fraction(1)}, of_agents=False)

    def gradient(self, x: Any) -> Trace:
        """The gradients at a server point."""
        return self._ask("gradient", self._server("gradient", x), of_agents=True)

    def mean(self, v: Any) -> Trace:
        """The average of an agent vector."""
        return self._ask("mean", self._of_agents("mean", v), of_agents=False)

    def compress(self, v: Any) -> Trace:
        """The messages."""
        return self._ask("compress", self._of_agents("compress", v), of_agents=True)

    def square(self, v: Any) -> Squares:
        """The square of a server vector."""
        return Squares(((Fraction(1), self._server("square", v)),))

    def mean_square(self, v: Any) -> Squares:
        """The mean square of an agent vector."""
        return Squares(((Fraction(1), self._of_agents("mean_square", v)),))

    def program(self, agents: Mapping[str, Any], server: Mapping[str, Any]) -> Program:
        """All that was asked, with these results."""
        broadcast = {name: self._of_agents(name, v, broadcast=True).terms for name, v in agents.items()}
        return Program(tuple(self._calls), broadcast, {name: self._server(name, v).terms for name, v in server.items()})

    def _ask(self, call: str, v: Trace, *, of_agents: bool) -> Trace:
        asked = Call(call, v.terms)
        if call == "compress" or asked not in self._calls:  # a random compressor may answer differently each time
            self._calls.append(asked)
        if len(self._calls) > MAX_CALLS:
            raise RecordingError(f"more than {MAX_CALLS} calls of gradient, mean and compress: at most that many fit")
        k = len(self._calls) - 1 if call == "compress" else self._calls.index(asked)
        if of_agents and not self._agents:
            self._agents = f"{call} {k}"
        return Trace(self, {f"{call} {k}": Fraction(1)}, of_agents=of_agents)

    def _server(self, where: str, v: Any) -> Trace:
        if not isinstance(v, Trace) or v.of_agents:
            raise RecordingError(f"{where} needs a vector of the server, but got {_kind(v)}")
        return v

    def _of_agents(self, where: str, v: Any, *, broadcast: bool = False) -> Trace:
        if broadcast and isinstance(v, Trace) and not v.of_agents and self._agents:
            return Trace(self, {**v.terms, self._agents: Fraction(0)}, of_agents=True)
        if not isinstance(v, Trace) or not v.of_agents:
            raise RecordingError(f"{where} needs a vector of each agent, but got {_kind(v)}")
        return v


def _kind(v: object) -> str:
    if not isinstance(v, Trace):
        return f"no vector: {str(v)[:40]}"
    return "a vector of each agent (take its mean?)" if v.of_agents else "one of the server"
