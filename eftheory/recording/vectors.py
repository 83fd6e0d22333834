"""What a recording hands out: vectors, squares and coins that remember how they were made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral
from typing import TYPE_CHECKING, Any, NoReturn

from eftheory.recording.places import asked_by_library

if TYPE_CHECKING:
    from eftheory.recording.trace import RecordingWorld


class RecordingError(ValueError):
    """The method does something that no straight-line program of exact linear operations does."""


def is_recorded(value: object) -> bool:
    """Whether this is what a recording hands out; its ``isinstance`` is refused."""
    return issubclass(type(value), Linear)


_NONLINEAR = (
    "a vector is used for more than + - and multiples (compared, converted, indexed, multiplied, ...): "
    "what a step does must be linear and the same for all data"
)
FOREIGN = "a vector of another call is used: keep vectors in the state, not in the object"
TYPE = "is asked for (isinstance, __class__): a step must do the same in every world, whatever vectors are"


def _refusing(problem: str) -> Callable[..., Any]:
    def refuse(self: Linear, *_: object, **__: object) -> NoReturn:
        self.refuse(problem)

    return refuse


def _in_place(sign: str) -> Callable[..., Any]:
    return _refusing(
        f"a vector is changed in place with {sign}=, and with it whatever else is this vector: "
        f"write x = x {sign} ..., which makes a new one"
    )


class Linear:
    """A combination of things; it may be added, subtracted and multiplied by numbers, and nothing else.

    Whatever else is tried is refused and noted in the world, so that a step that catches the refusal is found out.
    """

    world: RecordingWorld
    terms: dict[Any, Fraction]
    of_agents: bool  # a sum is of the agents as soon as one of its terms is
    _added_to: str  # what messages say of strange summands

    def __init__(self, world: RecordingWorld, terms: Mapping[Any, Fraction], *, of_agents: bool = False) -> None:
        vars(self).update(world=world, terms=dict(terms), of_agents=of_agents)

    def refuse(self, problem: str) -> NoReturn:
        """Note the problem in the world, and raise it."""
        self.world.refuse(problem)

    def plus(self, other: Any, factor: Fraction) -> Any:
        """The sum of this and a multiple of another."""
        kind = type(self)
        if type(other) is not kind:
            self.refuse(f"{shortly(other)} is added to {self._added_to}")
        if other.world is not self.world:
            other.world.note(FOREIGN)
            self.refuse(FOREIGN)
        terms = dict(self.terms)
        for name, value in other.terms.items():
            terms[name] = terms.get(name, Fraction(0)) + factor * value
        return kind(self.world, terms, of_agents=self.of_agents or other.of_agents)

    def times(self, factor: Fraction) -> Any:
        """A multiple of this."""
        terms = {name: factor * value for name, value in self.terms.items()}
        return type(self)(self.world, terms, of_agents=self.of_agents)

    def number(self, value: object, what: str) -> Fraction:
        """The number as a fraction; a refusal, if it is a float, a vector, or no number at all."""
        if is_recorded(value):
            self.refuse("two vectors are multiplied or divided: only numbers times vectors are linear")
        if isinstance(value, (Integral, Fraction)) and not isinstance(value, bool):
            return Fraction(value if isinstance(value, Fraction) else int(value))
        if isinstance(value, float) and value - value == 0:
            words = "is a float, or was multiplied with one: write constants as fractions, as Fraction(1, 10) for 0.1"
            self.refuse(f"{what} {value} {words}")
        self.refuse(f"{what} {' '.join(repr(value).split())[:60]} is no exact number: write an int or a Fraction")

    def __add__(self, other: object) -> Any:
        return self.plus(other, Fraction(1))

    def __radd__(self, other: object) -> Any:
        return self if type(other) is int and other == 0 else self.plus(other, Fraction(1))  # for sum()

    def __sub__(self, other: object) -> Any:
        return self.plus(other, Fraction(-1))

    def __rsub__(self, other: object) -> Any:
        return self.times(Fraction(-1)).plus(other, Fraction(1))

    def __neg__(self) -> Any:
        return self.times(Fraction(-1))

    def __pos__(self) -> Any:
        return self

    def __mul__(self, factor: object) -> Any:
        return self.times(self.number(factor, "coefficient"))

    __rmul__ = __mul__

    def __truediv__(self, divisor: object) -> Any:
        number = self.number(divisor, "divisor")
        if not number:
            self.refuse("a vector is divided by zero")
        return self.times(1 / number)

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, _: object) -> Any:
        return self

    def __array_ufunc__(self, function: Any, how: str, *inputs: object, **options: object) -> Any:
        numbers = [self.number(value, "coefficient") for value in inputs if not is_recorded(value)]
        if (function.__name__, how, len(numbers), options) == ("multiply", "__call__", 1, {}):  # a number of numpy
            return self.times(numbers[0])
        self.refuse_numpy(f"numpy.{function.__name__}")

    def __array_function__(self, function: Any, *_: object) -> NoReturn:
        self.refuse_numpy(f"{function.__module__}.{function.__name__}")

    def refuse_numpy(self, name: str) -> NoReturn:
        """Say that a function of numpy is none of what may be done."""
        self.refuse(f"{name} is applied to a vector: a step is written with + - and multiples only")

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__array"):
            self.refuse("a vector is made into an array: a step is written with + - and multiples only")
        self.refuse(f".{name} of a vector is asked for: a step knows vectors by + - and multiples only")

    _refuse = _refusing(_NONLINEAR)
    __bool__ = __len__ = __iter__ = __float__ = __int__ = __abs__ = __getitem__ = __contains__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __pow__ = __rpow__ = __matmul__ = __rmatmul__ = _refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = __rdivmod__ = __rtruediv__ = _refuse
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = __and__ = __rand__ = __or__ = __ror__ = _refuse
    __xor__ = __rxor__ = __invert__ = __round__ = __trunc__ = __floor__ = __ceil__ = __index__ = __complex__ = _refuse
    __eq__ = __ne__ = __hash__ = _refuse
    __call__ = __next__ = __reversed__ = __enter__ = __exit__ = __array__ = _refuse
    __setitem__ = __delitem__ = _refusing("entries of a vector are changed in place: a step makes new vectors")
    __setattr__ = __delattr__ = _refusing(
        "an attribute of a vector is changed: keep what a step remembers in its state"
    )
    __iadd__, __isub__, __imul__, __itruediv__ = map(_in_place, "+-*/")
    __imatmul__ = __ifloordiv__ = __imod__ = __ipow__ = __iand__ = __ior__ = __ixor__ = _refuse
    __ilshift__ = __irshift__ = _refuse

    def __repr__(self) -> str:
        """The combination, as in ``x - 1/4 mean 0`` and ``1/4 ||x||^2``."""
        terms = ((str(name), factor) for name, factor in self.terms.items() if factor)
        said = (f"{factor} {name}" if abs(factor) != 1 else f"{'-' * (factor < 0)}{name}" for name, factor in terms)
        return " + ".join(said).replace("+ -", "- ") or "0"

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        if asked_by_library():  # arithmetic of fractions asks for types too
            return type(self)
        self.refuse(f"the type of a vector {TYPE}")


class Trace(Linear):
    """A combination of vectors of the program, by name."""

    terms: dict[str, Fraction]
    _added_to = "a vector: only vectors can be"


class Coin(Linear):
    """A coin for all, or 1 less a coin; it multiplies vectors, and nothing else is known of it."""

    name: str
    less: bool
    _added_to = "a coin, of which only 1 - a coin is known"

    def named(self, name: str, *, less: bool = False) -> Coin:
        """The same coin under the name of the call at which it fell, or 1 less it."""
        vars(self).update(name=name, less=less)
        return self

    def plus(self, other: Any, factor: Fraction) -> Any:
        """Refused, but for 1 - a coin."""
        self.refuse(f"{shortly(other)} is added to {self._added_to}: write m * v + (1 - m) * w")

    def times(self, factor: Fraction) -> Any:
        """Refused: there is no vector in it."""
        self.refuse("a coin is multiplied with a number: multiply a vector with it, as in m * v")

    def __rsub__(self, other: object) -> Any:
        if type(other) is not int or other != 1 or self.less:
            self.refuse("only 1 - a coin is known of a coin")
        return Coin(self.world, {}).named(self.name, less=True)

    def __mul__(self, v: object) -> Any:
        if type(v) is not Trace:
            self.refuse(f"a coin multiplies vectors, but got {shortly(v)}")
        product = self.world._toss_again(self.name, v)
        return v - product if self.less else product

    __rmul__ = __mul__
    __bool__ = _refusing("a step branches on a coin: multiply both ends with it, as in m * v + (1 - m) * w")


class Coins(Linear):
    """A coin for each agent, to multiply one vector of theirs with."""

    _added_to = "the coins of agents, which multiply one vector"

    def with_chance(self, chance: Fraction) -> Coins:
        """The coins with their probability."""
        vars(self).update(chance=chance, used=[])
        return self

    def plus(self, other: Any, factor: Fraction) -> Any:
        """Refuse to add anything to coins."""
        self.refuse(f"{shortly(other)} is added to {self._added_to}")

    def times(self, factor: Fraction) -> Any:
        """Refuse to multiply coins with a number."""
        self.refuse("the agents' coins are multiplied with a number: multiply a vector of the agents with them")

    def __mul__(self, v: object) -> Any:
        if self.used:
            self.refuse("the agents' coins multiply one vector: ask for others for a second one")
        self.used.append(True)
        return self.world._toss_each(self.chance, v)

    __rmul__ = __mul__
    __rsub__ = _refusing("1 - the agents' coins is not known: write v + b * (w - v) for b * w + (1 - b) * v")


class Squares(Linear):
    """A sum of weighted squares."""

    terms: dict[Square, Fraction]
    _added_to = "squares: a measure is a sum of squares"


@dataclass(frozen=True, eq=False)
class Square:
    """The square of a vector; equal ones are counted apart."""

    of: Trace

    def __str__(self) -> str:
        return f"||{self.of}||^2"


def shortly(v: object) -> str:
    """What was given instead of a vector."""
    known: dict[type, str] = {Trace: "a vector", Squares: "a sum of squares", Coin: "a coin", Coins: "coins"}
    return known[type(v)] if type(v) in known else str(v)[:40]
