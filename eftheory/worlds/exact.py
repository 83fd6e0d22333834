"""The exact world: one step of a method on all instances at once."""

from __future__ import annotations

from dataclasses import dataclass

from eftheory.assumptions.agent_type import AgentType
from eftheory.assumptions.contractive import Contractive
from eftheory.exact.form import Form, inner, square
from eftheory.exact.vector import Vector
from eftheory.worlds.agents import AgentVector, Weights


@dataclass(frozen=True)
class _Evaluation:
    """What is known of all agents' functions at one point."""

    point: Vector
    gradient: AgentVector
    residual: AgentVector  # r with gradient = first gradient + sigma/2 (point - first point) + delta/2 r
    values: tuple[Vector, ...]  # per type, the mean of f_i there, minus that at the first point


class ExactWorld:
    """Vectors are combinations of symbols; whatever the method asks for, new symbols answer.

    ``gradient`` returns the first gradient it is asked for as a symbol (or zero at the common
    minimiser x* = 0, where the hypothesis grants one); every later one is

        g = g_first + (L+mu)/2 (x - x_first) + (L-mu)/2 r,

    and for each pair of points the residuals obey ||r - r'||^2 <= ||x - x'||^2, which is all
    that two points say without function values; with ``values`` both one-sided inequalities
    are recorded instead. ``compress`` returns v - e with ||e||^2 <= (1 - alpha) ||v||^2.

    All that is recorded lies in ``inequalities``: a name, and per type a form that is
    nonnegative on every instance (in conditional expectation, for a random compressor).
    """

    def __init__(
        self,
        agents: tuple[AgentType, ...],
        compressor: Contractive,
        *,
        common_minimiser: bool = False,
        values: bool = False,
    ) -> None:
        self.types = agents
        self.compressor = compressor
        self.weights = Weights(tuple(agent.count for agent in agents))
        self.with_values = values
        self.inequalities: dict[str, tuple[Form, ...]] = {}
        self._evaluations: list[_Evaluation] = []
        self._compressions = 0
        self._has_minimiser = common_minimiser
        if common_minimiser:
            self._evaluations.append(_Evaluation(Vector(), self._zero(), self._zero(), self._no_values()))

    # ------------------------------------------------------------------ what a method may ask
    def server(self, name: str) -> Vector:
        """An unknown server vector."""
        return Vector.symbol(name)

    def agents(self, name: str) -> AgentVector:
        """An unknown vector for each agent; ``name[t]`` is a type mean, ``name[t]'`` a deviation."""
        return AgentVector(
            tuple(Vector.symbol(f"{name}[{t}]") for t, _ in enumerate(self.types)),
            tuple(
                Vector.symbol(f"{name}[{t}]'") if agent.count > 1 else Vector()
                for t, agent in enumerate(self.types)
            ),
        )

    @property
    def minimiser(self) -> Vector:
        """The common minimiser x*, moved to the origin."""
        if not self._has_minimiser:
            raise ValueError("this method declares no common minimiser; add it to its hypotheses")
        return Vector()

    def mean(self, v: AgentVector) -> Vector:
        """The average (1/n) sum_i v_i."""
        return self.weights.mean(v)

    def square(self, v: Vector) -> Form:
        """The form ||v||^2."""
        return square(v)

    def mean_square(self, v: AgentVector) -> Form:
        """The form (1/n) sum_i ||v_i||^2."""
        return self.weights.mean_square(v)

    def gradient(self, x: Vector) -> AgentVector:
        """The gradients of all agents at a server point."""
        return self._evaluate(x).gradient

    def value(self, x: Vector) -> Form:
        """f(x) - f(x*), the mean over agents, linear in the function values."""
        reference = self._evaluate(self.minimiser)
        total = Vector()
        for share, there, here in zip(self.weights.shares, self._evaluate(x).values, reference.values):
            total = total + share * (there - here)
        return Form(values=total)

    def compress(self, v: AgentVector) -> AgentVector:
        """The compressed vectors v - e."""
        if self.compressor.alpha == 1:
            return v
        number, self._compressions = self._compressions, self._compressions + 1
        error = self.agents(f"e{number}")
        self.inequalities[f"compression {number}"] = tuple(
            self.compressor.slack(self.weights.square(v, t), self.weights.square(error, t))
            for t, _ in enumerate(self.types)
        )
        return v - error

    # ------------------------------------------------------------------ how it answers
    def _evaluate(self, x: Vector) -> _Evaluation:
        for known in self._evaluations:
            if known.point == x:
                return known
        number = len(self._evaluations)
        if not self._evaluations:
            new = _Evaluation(x, self.agents("g"), self._zero(), self._no_values())
        else:
            first, residual = self._evaluations[0], self.agents(f"r{number}")
            smooth = [agent.functions for agent in self.types]
            move = self._zero() + (x - first.point)
            gradient = (
                first.gradient + move.scaled([f.centre for f in smooth]) + residual.scaled([f.radius for f in smooth])
            )
            values = tuple(Vector.symbol(f"f{number}[{t}]") for t, _ in enumerate(self.types))
            new = _Evaluation(x, gradient, residual, values if self.with_values else self._no_values())
        for index, known in enumerate(self._evaluations):
            self._relate(f"{index}", known, f"{number}", new)
        self._evaluations.append(new)
        return new

    def _relate(self, here: str, a: _Evaluation, there: str, b: _Evaluation) -> None:
        """Record what smoothness and strong convexity say about two points."""
        move = self._zero() + (b.point - a.point)
        turn = b.residual - a.residual
        forward, backward = [], []
        for t, agent in enumerate(self.types):
            moved, turned = self.weights.square(move, t), self.weights.square(turn, t)
            if not self.with_values:
                forward.append(agent.functions.two_point_slack(moved, turned))
                continue
            aligned = self.weights.inner(move, turn, t)
            rise = Form(values=self.weights.shares[t] * (b.values[t] - a.values[t]))
            from_a = rise - self.weights.inner(a.gradient, move, t)
            from_b = self.weights.inner(b.gradient, move, t) - rise
            forward.append(agent.functions.one_sided_slack(from_a, moved, aligned, turned))
            backward.append(agent.functions.one_sided_slack(from_b, moved, aligned, turned))
        if self.with_values:
            self.inequalities[f"interpolation {there} above {here}"] = tuple(forward)
            self.inequalities[f"interpolation {here} above {there}"] = tuple(backward)
        else:
            self.inequalities[f"interpolation {here} {there}"] = tuple(forward)

    def _zero(self) -> AgentVector:
        return AgentVector((Vector(),) * len(self.types), (Vector(),) * len(self.types))

    def _no_values(self) -> tuple[Vector, ...]:
        return (Vector(),) * len(self.types)
