"""Which coordinates a Lyapunov function needs, read off one step of the method.

Let N be the directions, in the space of all unknown vectors of a step, on which every recorded inequality
vanishes as a form and the state does not move. The residual rate V - V+ - sum of multipliers times inequalities
is (rate - 1) V there, so that V must vanish on N: it is a function of the linear functionals of the state (and of the
common minimiser, or without one of the gradients at the state) that vanish on N. For EF21 these are g - d and mean g.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.algebra.elimination import Echelon, left_null_space, reduce_rows
from eftheory.assumptions import COMMON_MINIMISER, AgentType, Contractive
from eftheory.assumptions.hypothesis import OF_ALL
from eftheory.assumptions.mean.noise import IndependentNoise
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.methods.recorded import MAX_NAMES, Definition, Program
from eftheory.recording.shifts import find_shifts
from eftheory.recording.trace import RecordingWorld
from eftheory.recording.vectors import RecordingError, Trace
from eftheory.worlds import ExactWorld

_TYPES = (AgentType(Fraction(1), Fraction(1, 10), 2), AgentType(Fraction(2), Fraction(1, 7), 2))
"""Two types, so that a mean over all agents is not that of a type; of two agents, so that there are deviations."""
_STAR = "x*"
Row = list[Fraction]
_ALPHA = Contractive(Fraction(3, 5))


def derive_observation(definition: Definition) -> Program:
    """The program that observes the coordinates V must be a function of; the definition's own is not looked at.

    Raises:
        RecordingError: there are none, or too many, or the step does not move with the minimiser; write ``observe``
            then.
    """
    find_shifts(definition)
    step = _Step(definition)
    of_agents = step.of_agents()
    writer = _Writer(definition)
    for functional in of_agents:
        writer.observe(functional, step.of_server_elements, step.of_agents_elements)
    for row in step.of_server(of_agents):
        writer.observe(row, step.of_server_elements, ())
    return writer.program()


@dataclass(frozen=True)
class _Element:
    """What coordinates are made of: a vector of the state, or the gradient at one, or the mean of either; or x*."""

    text: str
    state: str
    gradient: bool = False
    mean: bool = False

    def take(self, world: Any, state: dict[str, Any]) -> Any:
        """The vector, in any world."""
        vector = world.gradient(state[self.state]) if self.gradient else state[self.state]
        return world.mean(vector) if self.mean else vector


class _Average(ExactWorld):
    """Coins are what they are on average: a step from where nothing moves does not move, however they fall."""

    def coins(self, chance: Fraction) -> Any:
        return chance

    def coin(self, chance: Fraction) -> Any:
        return chance


class _Step:
    """One exact step on two types of two agents, as rows over symbols.

    A functional is a row over the elements: those of the server, then, for a coordinate of the agents, theirs.
    """

    def __init__(self, definition: Definition) -> None:
        server, agents = definition.server_state, definition.agent_state
        granted = COMMON_MINIMISER.name in definition.hypotheses
        points = () if granted else _points(definition)
        g = "grad f" if "g" in (*server, *agents) else "g"
        gradients = [_Element(g if len(points) == 1 else f"{g}({name})", name, gradient=True) for name in points]
        self.of_agents_elements = [*(_Element(name, name) for name in agents), *gradients]
        means = [_Element(f"mean {e.text}", e.state, e.gradient, mean=True) for e in self.of_agents_elements]
        self.of_server_elements = [*means, *(_Element(name, name) for name in (*server, *[_STAR] * granted))]

        noise = (IndependentNoise(),)
        world = _Average(_TYPES, _ALPHA, minimiser=OF_ALL if granted else "", values=False, assumptions=noise)
        state = dict(zip((*server, *agents), (*map(world.server, server), *map(world.agents, agents))))
        unknown = tuple(state.values())
        if granted:
            state[_STAR] = world.minimiser
        self.agents = [element.take(world, state) for element in self.of_agents_elements]
        averages = [element.take(world, state) for element in self.of_server_elements]
        new_agents, new_server = definition.run(definition.step, world, unknown, Fraction)
        for name in points:
            world.gradient(new_server[name])

        forms = [form for of_types in world.inequalities.values() for form in of_types]
        moves = [new_agents[name] - state[name] for name in agents]
        shared = [new_server[name] - state[name] for name in server]
        self.deviating = sorted(name for name in world.symbols if name.endswith("[0]'"))
        self.averaging = sorted(name for name in world.symbols if not name.endswith("'"))
        self.apart = _vanishing(forms, [v.deviations[0] for v in moves], self.deviating)
        self.together = _vanishing(forms, [*shared, *(mean for v in moves for mean in v.means)], self.averaging)
        self.averages = [_row(v, self.averaging) for v in averages]

    def of_agents(self) -> list[Row]:
        """Functionals of the agents' deviations; the server's part is what makes those of the means vanish as well."""
        rows = [self.apart.remainder(_row(v.deviations[0], self.deviating)) for v in self.agents]
        found = []
        for factors in (factors[::-1] for factors in left_null_space(rows[::-1])):
            first, second = (self._of_type(factors, t) for t in range(len(_TYPES)))
            shift = _express(first, self.averages, self.together)
            if shift is not None and not any(self.together.remainder(_plus(second, shift, self.averages))):
                found.append([*shift, *factors])
        return found

    def of_server(self, of_agents: Sequence[Row]) -> list[Row]:
        """Functionals of the server, modulo the means of those of the agents."""
        size = len(self.averages)
        means = [[a + b for a, b in zip(row, [*row[size:], *[Fraction(0)] * size])] for row in of_agents]
        functionals = left_null_space([self.together.remainder(row) for row in self.averages])
        return reduce_rows([reduce_rows(means).remainder(row) for row in functionals]).rows

    def _of_type(self, factors: Row, t: int) -> Row:
        means = [_row(v.means[t], self.averaging) for v in self.agents]
        return _plus([Fraction(0)] * len(self.averaging), factors, means)


class _Writer:
    """Functionals as a program, with names."""

    def __init__(self, definition: Definition) -> None:
        server, agents = definition.server_state, definition.agent_state
        granted = COMMON_MINIMISER.name in definition.hypotheses
        self.world = RecordingWorld(server, agents, minimiser=granted)
        self.state = dict(zip((*server, *agents), self.world.state))
        if granted:
            self.state[_STAR] = self.world.minimiser
        self.agents: dict[str, Trace] = {}
        self.server: dict[str, Trace] = {}

    def observe(self, row: Row, server: Sequence[_Element], agents: Sequence[_Element]) -> None:
        """Add the functional as a coordinate."""
        parts = [(value, element) for value, element in zip(row, [*server, *agents]) if value]
        last = next(value for value, element in reversed(parts) if element.state != _STAR)
        parts = [(value / last, element) for value, element in parts]
        parts.sort(key=lambda part: (part[0] < 0, not part[1].gradient))
        vectors: list[Trace] = [factor * element.take(self.world, self.state) for factor, element in parts]
        text = " + ".join(element.text if factor == 1 else f"{factor} {element.text}" for factor, element in parts)
        text = text.replace("+ -1 ", "- ").replace("+ -", "- ")
        name = text if len(text) <= 60 else f"coordinate {len(self.agents) + len(self.server)}"
        (self.agents if agents else self.server)[name] = sum(vectors[1:], vectors[0])

    def program(self) -> Program:
        """All coordinates."""
        count = len(self.agents) + len(self.server)
        if not 0 < count <= MAX_NAMES:
            problem = f"more than {MAX_NAMES} coordinates" if count else "no coordinates"
            raise RecordingError(f"{problem} follow from the step: write observe and coordinates")
        return self.world.program(self.agents, self.server)


def _points(definition: Definition) -> tuple[str, ...]:
    """The vectors of the state at which gradients tell something: points, but for those that only repeat others."""
    shifts, new = find_shifts(definition), definition.step.server
    repeated = [name for name in new if [*new[name]] in [[other] for other in new]]
    return tuple(name for name in definition.server_state if shifts[name] == 1 and name not in repeated)


def _vanishing(forms: Sequence[Form], moves: Sequence[Vector], symbols: list[str]) -> Echelon[Fraction]:
    """The rows whose common kernel is N, reduced."""
    return reduce_rows([*(row for form in forms for row in form.matrix(symbols)), *(_row(v, symbols) for v in moves)])


def _express(row: Row, others: Sequence[Row], modulo: Echelon[Fraction]) -> Row | None:
    """Factors s with row + sum_k s_k others_k in the span of ``modulo``, zero if that will do; None if none will."""
    rest = modulo.remainder(row)
    if not any(rest):
        return [Fraction(0)] * len(others)
    for solution in left_null_space([rest, *map(modulo.remainder, others)]):
        if solution[0]:
            return [value / solution[0] for value in solution[1:]]
    return None


def _plus(row: Row, factors: Sequence[Fraction], others: Sequence[Row]) -> Row:
    return [value + sum(f * other[k] for f, other in zip(factors, others)) for k, value in enumerate(row)]


def _row(v: Vector, symbols: list[str]) -> Row:
    return [v[name] for name in symbols]
