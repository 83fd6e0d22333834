"""One coordinate of one step of any method on quadratics: an exact linear map, read off the method's definition."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from eftheory.algebra.elimination import dot, solve
from eftheory.claims import Setting
from eftheory.exact.form import Form, square
from eftheory.exact.vector import Vector
from eftheory.methods.world import Reader
from eftheory.worlds.agents import AgentVector, Weights

Row = tuple[Fraction, ...]


@dataclass(frozen=True)
class LinearStep:
    """One step where f_i(x) = h_i/2 x^2: ``after`` and ``inputs`` are linear in ``state`` and ``messages``.

    Agents of a type do the same. The messages are unknowns of their own, call by call and type by type; with
    alpha = 1 there are none, since they are the inputs.

    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import EF21
    >>> setting = Setting((AgentType(L=3, mu=1),), Contractive(Fraction(3, 4)), EF21(Fraction(1, 2)))
    >>> LinearStep.of(setting, (Fraction(3),)).inputs
    (3 server0 - 5/2 agents0.0,)
    """

    curvatures: Row
    state: tuple[str, ...]
    messages: tuple[str, ...]
    after: tuple[Vector, ...]
    inputs: tuple[Vector, ...]
    measure: Form

    @classmethod
    def of(cls, setting: Setting, curvatures: Row) -> LinearStep:
        """The step of the setting's method with one curvature for each type."""
        method, types = setting.method, range(len(setting.agents))
        servers = [f"server{i}" for i, _ in enumerate(method.server_state)]
        agents = [[f"agents{i}.{t}" for t in types] for i, _ in enumerate(method.agent_state)]
        state = (*map(Vector.symbol, servers), *(AgentVector.alike(map(Vector.symbol, names)) for names in agents))
        world = _TracingWorld(setting, curvatures)
        after = method.step(world, *state)
        inputs = tuple(v for asked in world.asked for v in asked.means)
        messages = tuple(name for said in world.said for name in said)
        names = (*servers, *(name for row in agents for name in row))
        return cls(curvatures, names, messages, tuple(_flat(after)), inputs, method.measure(world, *state))

    def solve(self, factor: Fraction, messages: Row, guess: Row) -> Row | None:
        """The state that the step multiplies by ``factor`` under these messages; None where there is none.

        It is unique unless the step without messages has the eigenvalue ``factor``; then it is as in ``guess`` in the
        largest of the entries that are free.
        """
        right = [dot((v[name] for name in self.messages), messages) for v in self.after]
        order = sorted(range(len(guess)), key=lambda k: abs(guess[k]))
        found = solve(self._less_the_step(factor), right, order, guess)
        return None if found is None else tuple(found)

    def ask(self, state: Row, messages: Row) -> Row:
        """What the compressors are given."""
        values = {**dict(zip(self.state, state)), **dict(zip(self.messages, messages))}
        return tuple(sum((factor * values[name] for name, factor in v), Fraction(0)) for v in self.inputs)

    def determinant(self, factor: Fraction) -> Fraction:
        """The determinant of factor I - A, where the step without messages maps the state by A."""
        rows, result = self._less_the_step(factor), Fraction(1)
        while rows:
            at = next((i for i, row in enumerate(rows) if row[0]), None)
            if at is None:
                return Fraction(0)
            pivot, *rest = rows.pop(at)
            result *= -pivot if at % 2 else pivot
            rows = [[b - row[0] / pivot * a for a, b in zip(rest, row[1:])] for row in rows]
        return result

    def _less_the_step(self, factor: Fraction) -> list[list[Fraction]]:
        """The matrix factor I - A."""
        return [[factor * (a == b) - v[b] for b in self.state] for a, v in zip(self.state, self.after)]

    @property
    def denominator(self) -> int:
        """The common denominator of all coefficients by which the state is mapped; rational eigenvalues have it."""
        return lcm(*(value.denominator for v in self.after for _, value in v))


class _TracingWorld(Reader):
    """One coordinate of the linear world, in which messages are unknowns."""

    minimiser = Vector()

    def __init__(self, setting: Setting, curvatures: Row) -> None:
        weights = Weights([agent.count for agent in setting.agents])
        self.mean, self.mean_square, self.square = weights.mean, weights.mean_square, square
        self.curvatures, self.exact = curvatures, setting.compressor.exact
        self.curvature = sum((w * h for w, h in zip(weights.shares, curvatures)), Fraction(0))
        self.asked: list[AgentVector] = []
        self.said: list[list[str]] = []

    def gradient(self, x: Vector) -> AgentVector:
        return AgentVector.alike(h * x for h in self.curvatures)

    def value(self, x: Vector) -> Form:
        return self.curvature / 2 * square(x)

    def compress(self, v: AgentVector) -> AgentVector:
        self.asked.append(v)
        if self.exact:
            return v
        self.said.append([f"message{len(self.said)}.{t}" for t, _ in enumerate(v.means)])
        return AgentVector.alike(map(Vector.symbol, self.said[-1]))


def _flat(state: tuple[Any, ...]) -> list[Vector]:
    return [v for part in state for v in (part.means if isinstance(part, AgentVector) else (part,))]
