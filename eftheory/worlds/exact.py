"""The exact world: one step of a method on all instances at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from eftheory.assumptions.agent_type import AgentType
from eftheory.assumptions.contractive import Contractive
from eftheory.assumptions.validation import require
from eftheory.exact.form import Form, square
from eftheory.exact.vector import Vector
from eftheory.methods.world import Reader
from eftheory.worlds.agents import AgentVector, Weights


@dataclass(frozen=True)
class _Evaluation:
    """What is known of all agents' functions at one point."""

    number: int
    point: Vector
    gradient: AgentVector
    residual: AgentVector  # r, zero at the first point
    values: tuple[Vector, ...]  # per type, the mean of f_i here minus that at the first point


class ExactWorld(Reader):
    """Vectors are combinations of symbols; whatever the method asks for, new symbols answer.

    ``gradient`` returns the first gradient it is asked for as a symbol (or zero at the common minimiser x*, where the
    hypothesis grants one; x* is a symbol like any other, as a method may see where the origin is); every later one is

        g = g_first + (L+mu)/2 (x - x_first) + (L-mu)/2 r,

    and for each pair of points the residuals obey ||r - r'||^2 <= ||x - x'||^2, which is all that two points say
    without function values; with ``values`` both one-sided inequalities are recorded instead. ``compress``
    returns v - e with ||e||^2 <= (1 - alpha) ||v||^2.

    All that is recorded lies in ``inequalities``: a name, and per type a form that is nonnegative on every
    instance (in conditional expectation, for a random compressor).
    """

    square = staticmethod(square)

    def __init__(
        self, agents: tuple[AgentType, ...], compressor: Contractive, *, common_minimiser: bool, values: bool
    ) -> None:
        self.types, self.compressor = agents, compressor
        self.weights = Weights([agent.count for agent in agents])
        self.mean, self.mean_square = self.weights.mean, self.weights.mean_square
        self.inequalities: dict[str, tuple[Form, ...]] = {}
        self.symbols: set[str] = set()
        self._names: set[str] = set()
        self._compressions = 0
        self._has_values, self._has_minimiser = values, common_minimiser
        self._zero = AgentVector.alike([Vector()] * len(agents))
        known = [self.server("x*")] if common_minimiser else []
        self._evaluations = [_Evaluation(0, x, self._zero, self._zero, self._zero.means) for x in known]

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
        return Form(values=self.mean(AgentVector.alike(here.values)) - self.mean(AgentVector.alike(origin.values)))

    def interpolation(self, a: Vector, b: Vector) -> tuple[Form, ...]:
        """Per type, how far f_i at b exceeds its lower bound from a; zero where a = b, never negative."""
        return tuple(self._one_sided(self._evaluate(a), self._evaluate(b)))

    def compress(self, v: AgentVector) -> AgentVector:
        """The compressed vectors v - e."""
        if self.compressor.alpha == 1:
            return v
        number, self._compressions = self._compressions, self._compressions + 1
        e = self.agents(f"e{number}")
        squares = ((self.weights.square(v, t), self.weights.square(e, t)) for t, _ in enumerate(self.types))
        self.inequalities[f"compression {number}"] = tuple(self.compressor.slack(*pair) for pair in squares)
        return v - e

    def _symbol(self, name: str) -> Vector:
        self.symbols.add(name)
        return Vector.symbol(name)

    def _reserve(self, name: str) -> None:
        require(name not in self._names, f"the name {name!r} is taken: two unknowns must not share a symbol")
        self._names.add(name)

    def _evaluate(self, x: Vector) -> _Evaluation:
        for known in self._evaluations:
            if known.point == x:
                return known
        number = len(self._evaluations)
        if not number:
            new = _Evaluation(0, x, self.agents("g"), self._zero, self._zero.means)
        else:
            first, residual = self._evaluations[0], self.agents(f"r{number}")
            functions = [agent.functions for agent in self.types]
            straight = (self._zero + (x - first.point)).scaled([f.centre for f in functions])
            gradient = first.gradient + straight + residual.scaled([f.radius for f in functions])
            values = tuple(Vector.symbol(f"f{number}[{t}]") for t, _ in enumerate(self.types))
            new = _Evaluation(number, x, gradient, residual, values)
        for known in self._evaluations:
            self._relate(known, new)
        self._evaluations.append(new)
        return new

    def _relate(self, a: _Evaluation, b: _Evaluation) -> None:
        """Record what smoothness and strong convexity say about two points."""
        if self._has_values:
            self.inequalities[f"interpolation {b.number} above {a.number}"] = tuple(self._one_sided(a, b))
            self.inequalities[f"interpolation {a.number} above {b.number}"] = tuple(self._one_sided(b, a))
        else:
            self.inequalities[f"interpolation {a.number} {b.number}"] = tuple(self._two_point(a, b))

    def _two_point(self, a: _Evaluation, b: _Evaluation) -> Iterator[Form]:
        move, turn, w = self._zero + (b.point - a.point), b.residual - a.residual, self.weights
        for t, agent in enumerate(self.types):
            yield agent.functions.two_point_slack(w.square(move, t), w.square(turn, t))

    def _one_sided(self, a: _Evaluation, b: _Evaluation) -> Iterator[Form]:
        """f(b) - f(a) - <grad f(a), b - a> less its lower bound."""
        move, turn, w = self._zero + (b.point - a.point), b.residual - a.residual, self.weights
        for t, agent in enumerate(self.types):
            excess = Form(values=w.shares[t] * (b.values[t] - a.values[t])) - w.inner(a.gradient, move, t)
            moved, aligned, turned = w.square(move, t), w.inner(move, turn, t), w.square(turn, t)
            yield agent.functions.one_sided_slack(excess, moved, aligned, turned)
