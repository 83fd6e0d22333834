"""The exact world: one step of a method on all instances at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from eftheory.assumptions.agent_type import AgentType
from eftheory.assumptions.fact import Fact, Inner, Point
from eftheory.assumptions.validation import require
from eftheory.exact.form import Form, square
from eftheory.exact.vector import Vector
from eftheory.methods.world import Reader
from eftheory.worlds.agents import AgentVector, Weights

if TYPE_CHECKING:
    from eftheory.assumptions.compressor_class import CompressorClass


@dataclass(frozen=True)
class _Evaluation:
    """What is known of all agents' functions at one point."""

    point: Vector
    gradient: AgentVector
    types: tuple[Point, ...]  # the same type by type, in agent vectors of that type alone


class ExactWorld(Reader):
    """Vectors are combinations of symbols; whatever the method asks for, new symbols answer.

    ``gradient`` returns the first gradient it is asked for as a symbol, g (``grad f`` where a state is called g), or
    zero at the common minimiser x*, where the hypothesis grants one (x* is a symbol like any other, as a method may see
    where the origin is); every later one is g_first plus what the class of the functions says of x - x_first and of a
    new symbol. Each pair of points obeys the facts of that class, those of function values only with ``values``.
    ``compress`` returns v - e, where the new symbol e obeys the facts of the compressor.

    All that is recorded lies in ``inequalities``: a name, and per type a form that is nonnegative on every
    instance (in conditional expectation, unless it is sure); ``facts`` says what the names mean.
    """

    square = staticmethod(square)

    def __init__(
        self, agents: tuple[AgentType, ...], compressor: CompressorClass, *, common_minimiser: bool, values: bool
    ) -> None:
        self.types, self.compressor = agents, compressor
        self.weights = Weights([agent.count for agent in agents])
        self.mean, self.mean_square = self.weights.mean, self.weights.mean_square
        self.inequalities: dict[str, tuple[Form, ...]] = {}
        self.facts: dict[str, Fact] = {}  # one of each name
        self.symbols: set[str] = set()
        self._names: set[str] = set()
        self._compressions = 0
        self._has_values, self._has_minimiser = values, common_minimiser
        self._zero = AgentVector.alike([Vector()] * len(agents))
        self._evaluations: list[_Evaluation] = []
        if common_minimiser:
            self._enter(self.server("x*"), self._zero, self._zero)

    def server(self, name: str) -> Vector:
        """An unknown server vector."""
        self._reserve(name)
        return self._symbol(name)

    def agents(self, name: str) -> AgentVector:
        """An unknown vector for each agent; ``name[t]`` is a type mean, ``name[t]'`` a deviation."""
        self._reserve(name)
        means = [f"{name}[{t}]" for t, _ in enumerate(self.types)]
        several = [agent.count > 1 for agent in self.types]
        deviations = (self._symbol(f"{mean}'") if deviates else Vector() for mean, deviates in zip(means, several))
        return AgentVector(tuple(map(self._symbol, means)), tuple(deviations))

    @property
    def minimiser(self) -> Vector:
        """The common minimiser x*."""
        require(self._has_minimiser, "this method declares no common minimiser; add it to its hypotheses")
        return self._evaluations[0].point

    def gradient(self, x: Vector) -> AgentVector:
        """The gradients of all agents at a server point."""
        return self._evaluate(x).gradient

    def value(self, x: Vector) -> Form:
        """f(x) - f(x*), the mean over agents, linear in the function values."""
        origin, here = self._evaluate(self.minimiser), self._evaluate(x)
        return Form.sum((1, b.value - a.value) for a, b in zip(origin.types, here.types))

    def interpolation(self, a: Vector, b: Vector) -> tuple[Form, ...]:
        """Per type, how far f_i at b exceeds its lower bound from a; zero where a = b, never negative."""
        pairs = enumerate(zip(self._evaluate(a).types, self._evaluate(b).types))
        return tuple(self.types[t].functions.interpolate(*pair, self._inner(t)) for t, pair in pairs)

    def compress(self, v: AgentVector) -> AgentVector:
        """The compressed vectors v - e."""
        if self.compressor.exact:
            return v
        number, self._compressions = self._compressions, self._compressions + 1
        e = self.agents(f"e{number}")
        for t, _ in enumerate(self.types):
            self._record(t, self.compressor.facts(number, v.of(t), e.of(t), self._inner(t)))
        return v - e

    def _symbol(self, name: str) -> Vector:
        self.symbols.add(name)
        return Vector.symbol(name)

    def _reserve(self, name: str) -> None:
        require(name not in self._names, f"the name {name!r} is taken: two unknowns must not share a symbol")
        self._names.add(name)

    def _inner(self, t: int) -> Inner:
        return partial(self.weights.inner_of, t)

    def _evaluate(self, x: Vector) -> _Evaluation:
        for known in self._evaluations:
            if known.point == x:
                return known
        if not self._evaluations:
            return self._enter(x, self.agents("grad f" if "g" in self._names else "g"), self._zero)
        first, free = self._evaluations[0], self.agents(f"r{len(self._evaluations)}")
        move = self._zero + (x - first.point)
        turns = [agent.functions.parametrise(move.of(t), free.of(t)) for t, agent in enumerate(self.types)]
        return self._enter(x, first.gradient + AgentVector.joined(turns), free)

    def _enter(self, x: Vector, gradient: AgentVector, free: AgentVector) -> _Evaluation:
        """Note an evaluation, and what the classes of functions say about it and each earlier one."""
        number, here, points = len(self._evaluations), self._zero + x, []
        for t, share in enumerate(self.weights.shares):
            value = Form(values=share * Vector.symbol(f"f{number}[{t}]") if number else Vector())
            points.append(Point(number, here.of(t), gradient.of(t), free.of(t), value))
        new = _Evaluation(x, gradient, tuple(points))
        for known in self._evaluations:
            for t, (agent, a, b) in enumerate(zip(self.types, known.types, new.types)):
                self._record(t, agent.functions.facts(a, b, self._inner(t), values=self._has_values))
        self._evaluations.append(new)
        return new

    def _record(self, t: int, facts: Iterable[Fact]) -> None:
        """Enter what holds for type t; of a type that has no fact of a name, 0 >= 0 holds."""
        for fact in facts:
            same = self.facts.setdefault(fact.name, fact).sure == fact.sure
            require(same, f"{fact.name}: of two facts with this name one is sure, the other is not")
            row = self.inequalities.get(fact.name, (Form(),) * len(self.types))
            self.inequalities[fact.name] = (*row[:t], fact.slack, *row[t + 1 :])
