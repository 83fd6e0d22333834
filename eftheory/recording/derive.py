"""Which coordinates a Lyapunov function needs, read off one step of the method.

Let N be the directions, in the space of all unknown vectors of a step, on which every recorded inequality
vanishes as a form and the state does not move. The residual rate V - V+ - sum of multipliers times inequalities
is (rate - 1) V there, so that V must vanish on N: it is a function of the linear functionals of the state (and,
without a common minimiser, of the gradients at it) that vanish on N. For EF21 these are g - d and mean g.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.assumptions import AgentType, Contractive, Hypothesis
from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.exact.vector import Vector
from eftheory.methods.recorded import MAX_NAMES, Program
from eftheory.recording.elimination import independent, null_space, reduce_rows, remainder
from eftheory.recording.trace import RecordingError, RecordingWorld, Trace
from eftheory.worlds import ExactWorld

_TYPES = (
    AgentType(Fraction(1), Fraction(1, 10), 2),
    AgentType(Fraction(2), Fraction(1, 7), 2),
)
_ALPHA = Contractive(Fraction(3, 5))
Row = list[Fraction]


@dataclass(frozen=True)
class _Element:
    """A vector that coordinates are made of: a vector of the state, or the gradient at one."""

    text: str
    state: str
    gradient: bool = False
    mean: bool = False

    def take(self, world: Any, state: dict[str, Any]) -> Any:
        """The vector, in any world."""
        vector = world.gradient(state[self.state]) if self.gradient else state[self.state]
        return world.mean(vector) if self.mean else vector


def derive_observation(
    server: tuple[str, ...], agents: tuple[str, ...], hypotheses: tuple[Hypothesis, ...], step: Program
) -> Program:
    """The program that observes the coordinates V must be a function of.

    Raises:
        RecordingError: there are none, or too many; write ``observe`` then.
    """
    granted = COMMON_MINIMISER in hypotheses
    shifts = _shifts(server, agents, step)
    remembered = [name for name in server if [*step.server[name]] in [[other] for other in server]]
    points = () if granted else tuple(name for name in server if shifts[name] == 1 and name not in remembered)
    of_agents = [_Element(name, name) for name in agents]
    of_agents += [_Element("g" if len(points) == 1 else f"g({name})", name, gradient=True) for name in points]
    averaged = [_Element(f"mean {e.text}", e.state, e.gradient, mean=True) for e in of_agents]
    of_server = [*averaged, *(_Element(name, name) for name in server)]

    # One exact step, and all rows that vanish on N.
    world = ExactWorld(_TYPES, _ALPHA, common_minimiser=granted, values=False)
    before = dict(zip((*server, *agents), (*map(world.server, server), *map(world.agents, agents))))
    seen = [e.take(world, before) for e in of_agents]
    averages = [e.take(world, before) for e in of_server]
    known = {**before, **({"x*": Vector()} if granted else {})}
    new_agents, new_server = step.run(world, known, Fraction)
    for name in points:
        world.gradient(new_server[name])
    moves = [v - before[name] for part in (new_agents, new_server) for name, v in part.items()]
    forms = [form for of_types in world.inequalities.values() for form in of_types]

    def rows(symbols: list[str], moved: list[Vector]) -> list[Row]:
        matrices = [row for form in forms for row in form.matrix(symbols)]
        return reduce_rows([*matrices, *(_row(v, symbols) for v in moved)])

    deviating = sorted(name for name in world.symbols if name.endswith("[0]'"))
    averaging = sorted(name for name in world.symbols if not name.endswith("'"))
    apart = rows(deviating, [v.deviations[0] for v in moves if not isinstance(v, Vector)])
    together = rows(averaging, [m for v in moves for m in ((v,) if isinstance(v, Vector) else v.means)])

    # Coordinates of the agents: functionals of the deviations; the server's part is what makes their means vanish too.
    server_rows = [_row(v, averaging) for v in averages]
    found: list[tuple[Row, Row]] = []
    for factors in null_space([remainder(_row(v.deviations[0], deviating), apart) for v in seen][::-1]):
        factors = factors[::-1]
        means = [_row(_combine(factors, [v.means[t] for v in seen]), averaging) for t in (0, 1)]
        shift = _express(means[0], server_rows, together)
        if shift is not None:
            total = [a + sum(s * row[k] for s, row in zip(shift, server_rows)) for k, a in enumerate(means[1])]
            if not any(remainder(total, together)):
                found.append((factors, shift))

    # Coordinates of the server: functionals that vanish on N, modulo the means of those above.
    known_means = reduce_rows([[a + b for a, b in zip(_padded(factors, shift), shift)] for factors, shift in found])
    functionals = null_space([remainder(row, together) for row in server_rows])
    of_the_server = independent([remainder(row, known_means) for row in functionals])

    recorder = RecordingWorld(server, agents, minimiser=granted)
    state = dict(zip((*server, *agents), recorder.state))

    def write(parts: Sequence[tuple[Fraction, _Element]]) -> tuple[str, Trace]:
        parts = sorted(((f, e) for f, e in parts if f), key=lambda part: (part[0] < 0, not part[1].gradient))
        vectors: list[Trace] = [factor * element.take(recorder, state) for factor, element in parts]
        shift = sum((f * shifts.get(e.state, 0) for f, e in parts if not e.gradient), Fraction(0))
        text = (
            " + ".join(e.text if f == 1 else f"{f} {e.text}" for f, e in parts)
            .replace("+ -1 ", "- ")
            .replace("+ -", "- ")
        )
        if granted and shift:
            vectors.append(-shift * recorder.minimiser)
            text += (f" - {shift} x*" if shift > 0 else f" + {-shift} x*").replace(" 1 x*", " x*")
        return text, sum(vectors[1:], vectors[0])

    observed = {}, {}  # type: tuple[dict[str, Trace], dict[str, Trace]]
    for place, rows_of in ((0, [_sign([*a, *b]) for a, b in found]), (1, [_sign(row) for row in of_the_server])):
        for row in rows_of:
            text, vector = write([*zip(row, [*of_agents, *of_server] if place == 0 else of_server)])
            fits = len(text) <= 60 and "[" not in text
            observed[place][text if fits else f"coordinate {len(observed[0]) + len(observed[1])}"] = vector
    if not 0 < len(observed[0]) + len(observed[1]) <= MAX_NAMES:
        problem = "no coordinates" if not any(observed) else f"more than {MAX_NAMES} coordinates"
        raise RecordingError(f"{problem} follow from the step: write observe and coordinates")
    return recorder.program(*observed)


def _shifts(server: tuple[str, ...], agents: tuple[str, ...], step: Program) -> dict[str, Fraction]:
    """By how much each vector of the state moves when the origin is moved by 1; zero where nothing follows.

    Gradients are asked for at points (which move by 1), messages are about differences (which do not move),
    and a step moves with its state.
    """
    names = [*server, *agents, "1"]
    unit = {name: Vector.symbol(name) for name in names}

    equations: list[Vector] = []

    class _Shift:
        minimiser = unit["1"]

        @staticmethod
        def gradient(x: Vector) -> Vector:
            equations.append(x - unit["1"])
            return Vector()

        @staticmethod
        def compress(v: Vector) -> Vector:
            equations.append(v)
            return Vector()

        @staticmethod
        def mean(v: Vector) -> Vector:
            return v

    parts = step.run(_Shift, {**unit, "x*": unit["1"]}, Fraction)
    equations += [v - unit[name] for part in parts for name, v in part.items()]
    system = reduce_rows([_row(v, names) for v in equations])
    shifts = dict.fromkeys(names[:-1], Fraction(0))
    for row in system:
        lead = next(k for k, value in enumerate(row) if value)
        if lead < len(names) - 1:
            shifts[names[lead]] = -row[-1]  # free vectors stay at zero
        else:
            return dict.fromkeys(names[:-1], Fraction(0))
    return shifts


def _row(v: Vector, symbols: list[str]) -> Row:
    return [v[name] for name in symbols]


def _combine(factors: Row, vectors: list[Vector]) -> Vector:
    return sum((factor * v for factor, v in zip(factors, vectors)), Vector())


def _express(row: Row, others: list[Row], modulo: list[Row]) -> Row | None:
    """Factors s with row + sum_k s_k others_k in the span of ``modulo``, zero if that will do; None if none will."""
    rest = remainder(row, modulo)
    if not any(rest):
        return [Fraction(0)] * len(others)
    for solution in null_space([rest, *(remainder(other, modulo) for other in others)]):
        if solution[0]:
            return [value / solution[0] for value in solution[1:]]
    return None


def _padded(factors: Row, like: Row) -> Row:
    """The mean of an agents' functional as a functional of the server's elements, whose first are those means."""
    return [*factors, *[Fraction(0)] * (len(like) - len(factors))]


def _sign(row: Row) -> Row:
    """The row or its negative, whichever starts (read from the end) with something positive."""
    last = next(value for value in reversed(row) if value)
    return [value / last for value in row] if last else row
