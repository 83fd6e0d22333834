"""Class and record side by side: what was recorded is compared with what the class does on numbers.

The class runs in a world of arrays, several agents in several dimensions, with gradients and messages that are no
linear functions; the record runs in the same world from the same states. Twice: on floats, as in a simulation, up to
rounding; and on fractions, where both must agree exactly, however small the numbers of the method are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np

from eftheory.methods.method import Method, Observation
from eftheory.methods.recorded import Definition, Program
from eftheory.recording.places import locate, place_of_error, place_of_function
from eftheory.recording.snapshot import attributes_of
from eftheory.recording.vectors import RecordingError

AGENTS, DIMENSION = 2, 3  # different, so that nothing is spread over the wrong axis
STARTS = 2
FLOAT_STEPS, EXACT_STEPS = 3, 2
TOLERANCE = 1e-8
"""Of floats, relative to the largest number met and the largest coefficient."""
LARGEST_FLOAT = 10**150
"""With numbers whose squares floats do not hold, a class may fail on floats; the run on fractions decides."""

_CHECK = (
    "check for branches on types or values, changes in place, memory outside of the state, chance, and an except that "
    "hides an error"
)


def replay(method: Method, definition: Definition, places: Sequence[str]) -> None:
    """Run the class and its record from several states for a few steps, and compare all that they return.

    Args:
        method: the object whose code was recorded.
        definition: the record.
        places: which of ``observe`` and ``measure`` the class writes itself.

    Raises:
        RecordingError: they differ, or the class fails on numbers; the message says in what, at which step, and where
            the code is.
    """
    for number, steps in ((float, FLOAT_STEPS), (Fraction, EXACT_STEPS)):
        for start in range(STARTS):
            _Run(method, definition, number).compare(start, steps, places)


class _Coins:
    """A coin for each agent, which falls when a vector is multiplied with it, as in a record."""

    __array_ufunc__ = None  # arrays leave the product to it

    def __init__(self, fall: Callable[[], Any]) -> None:
        self._fall = fall

    def __mul__(self, v: Any) -> Any:
        return self._fall() * v

    __rmul__ = __mul__


class ReplayWorld:
    """Server vectors are arrays of shape (d,), agent vectors arrays of shape (n, d); all that is handed out is fixed.

    Args:
        number: ``float`` or ``Fraction``: what the entries are.

    Attributes:
        minimiser: a point that is not the origin.
        largest: the largest number met.
        chances: of the coins that fell since the step began, in order.
    """

    def __init__(self, number: Callable[[Any], Any]) -> None:
        self._number, self._kind = number, float if number is float else object
        self.minimiser = self.array((DIMENSION,), 5)
        self._curvatures, self._bends = (self.array((AGENTS, DIMENSION), seed) for seed in (1, 3))
        self.largest: Any = 1
        self.begin(0)

    def begin(self, turn: int) -> None:
        """Chance falls alike in each run of a step, and differently in the next."""
        self._drawn = {"noise": turn, "coin": turn, "coins": turn}
        self.chances: list[Any] = []

    def __getattr__(self, name: str) -> NoReturn:
        raise RecordingError(f"the world has no {name!r}")

    def array(self, shape: tuple[int, ...], seed: int) -> Any:
        """Numbers without a pattern, none of them zero."""
        numerators = ((7 * k * k + 5 * k + 4 * seed + 3) % 23 - 11 or 6 for k in range(math.prod(shape)))
        numbers = [self._number(Fraction(numerator, 8)) for numerator in numerators]
        return self.fix(np.array(numbers, dtype=self._kind).reshape(shape))

    def fix(self, v: Any) -> Any:
        """The array, of the right kind and protected from changes."""
        v = np.array(v, dtype=self._kind)
        v.flags.writeable = False
        return v

    def gradient(self, x: Any) -> Any:
        """Zero at the minimiser, and curved."""
        u = self._see(x, (DIMENSION,)) - self.minimiser
        return self._answer(self._curvatures * u + self._bends * u * np.roll(u, 1))

    def mean(self, v: Any) -> Any:
        """The average over the agents."""
        return self._answer(self._see(v, (AGENTS, DIMENSION)).sum(axis=0) / AGENTS)

    def compress(self, v: Any) -> Any:
        """A function that mixes and folds entries."""
        v = self._see(v, (AGENTS, DIMENSION))
        return self._answer(v / 2 + abs(np.roll(v, 1, axis=1)) / 4)

    def compress_server(self, v: Any, alpha: Any) -> Any:
        """The same for a vector of the server."""
        self.chances.append(("alpha", self._number(alpha)))
        v = self._see(v, (DIMENSION,))
        return self._answer(v / 2 + abs(np.roll(v, 1)) / 4)

    def unbiased(self, v: Any, omega: Any, *, independent: bool = False) -> Any:
        """Other numbers each time."""
        self.chances.append(("omega", self._number(omega), bool(independent)))
        v = self._see(v, (AGENTS, DIMENSION))
        return self._answer(v + abs(v) * self.array((AGENTS, DIMENSION), 17 + self._draw("noise")) / 8)

    def noisy_gradient(self, x: Any) -> Any:
        """The gradient, and other numbers each time."""
        return self._answer(self.gradient(x) + self.array((AGENTS, DIMENSION), 11 + self._draw("noise")))

    def coin(self, chance: Any) -> int:
        """0 or 1: of two coins, in four turns, all that there may be."""
        self.chances.append(self._number(chance))
        k = self._draw("coin")
        return k * (k + 1) // 2 % 2

    def coins(self, chance: Any) -> Any:
        """One for each agent."""
        return _Coins(lambda: self._fall(chance))

    def _fall(self, chance: Any) -> Any:
        self.chances.append(self._number(chance))
        first = self._draw("coins")
        return self.fix(np.array([[self._number((first + k) % 2)] for k in range(AGENTS)]))

    def _draw(self, kind: str) -> int:
        self._drawn[kind] += 1
        return self._drawn[kind]

    def square(self, v: Any) -> Any:
        """The sum of the squares of the entries."""
        return (self._see(v, (DIMENSION,)) ** 2).sum()

    def mean_square(self, v: Any) -> Any:
        """The mean over the agents of the sum of the squares of the entries."""
        return (self._see(v, (AGENTS, DIMENSION)) ** 2).sum() / AGENTS

    def _see(self, v: Any, shape: tuple[int, ...]) -> Any:
        found = getattr(v, "shape", type(v).__name__)
        if found != shape:
            raise RecordingError(f"the world is asked about an array of shape {shape}, but got {found}")
        return self._answer(v)

    def _answer(self, v: Any) -> Any:
        v = self.fix(v)
        self.largest = max(self.largest, abs(v).max())
        return v


class _Run:
    """One run of the record, and what the class does from each of its states."""

    def __init__(self, method: Method, definition: Definition, number: Callable[[Any], Any]) -> None:
        self.method, self.definition, self.number = method, definition, number
        self.floats = number is float
        self.world = ReplayWorld(number)
        self.shapes: dict[str, tuple[int, ...]] = dict.fromkeys(definition.server_state, (DIMENSION,))
        self.shapes |= dict.fromkeys(definition.agent_state, (AGENTS, DIMENSION))
        self.largest_coefficient = max(_coefficients(method, definition))

    def compare(self, start: int, steps: int, places: Sequence[str]) -> None:
        """Compare step by step, up to where floats end."""
        state = [self.world.array(shape, 7 * start + k) for k, shape in enumerate(self.shapes.values())]
        try:
            with np.errstate(all="ignore"):
                for t in range(1, steps + 1):
                    for place in places:
                        self.look(place, state, t)
                    state = self.step(state, t, t + start * steps)
                    if not all(np.isfinite(v).all() for v in state if self.floats):
                        return
        except OverflowError:  # floats do not hold the numbers of the method; fractions do
            if not self.floats:
                raise

    def step(self, state: Sequence[Any], t: int, turn: int) -> list[Any]:
        """The next state, if class and record agree on it."""
        self.world.begin(turn)
        recorded = self.record("step", state)
        chances = self.world.chances
        self.world.begin(turn)
        after = self.call("step", state)
        names = ", ".join(self.shapes)
        if not isinstance(after, tuple) or len(after) != len(self.shapes):
            self.fail("step", f"at step {t} of a run on numbers it returns no tuple of the new {names}")
        for name, found in zip(self.shapes, after):
            self.require_equal("step", f"the new {name}", found, recorded[name], t)
        if self.world.chances != chances:
            self.fail("step", f"at step {t} of a run on numbers coins have other chances than recorded: {_CHECK}")
        return [self.world.fix(np.broadcast_to(recorded[name], shape)) for name, shape in self.shapes.items()]

    def look(self, place: str, state: Sequence[Any], t: int) -> None:
        """Compare what is observed or measured in a state."""
        program: Program = getattr(self.definition, place)
        recorded, found = self.record(place, state), self.call(place, state)
        if place == "measure":
            self.require_equal(place, "the measure", found, self.weigh(program, recorded), t)
            return
        if not isinstance(found, Observation):
            self.fail(place, "on numbers it returns no Observation")
        seen = (*found.agents, *found.server)
        if len(seen) != len(recorded) or len(found.agents) != len(program.agents):
            self.fail(place, f"on numbers it returns {len(seen)} vectors, but {len(recorded)} were recorded")
        for (name, vector), mine in zip(recorded.items(), seen):
            self.require_equal(place, name, mine, vector, t)

    def record(self, place: str, state: Sequence[Any]) -> dict[str, Any]:
        """What the record says, by name: first what is of the agents."""
        program: Program = getattr(self.definition, place)
        agents, server = self.definition.run(program, self.world, tuple(state), self.number)
        return {**agents, **server}

    def weigh(self, program: Program, vectors: Mapping[str, Any]) -> Any:
        """The measure of what is recorded."""
        squares = {name: self.world.mean_square(vectors[name]) for name in program.agents}
        squares |= {name: self.world.square(vectors[name]) for name in program.server}
        return sum(self.number(self.definition.weights[name]) * square for name, square in squares.items())

    def call(self, place: str, state: Sequence[Any]) -> Any:
        """What the class says."""
        try:
            return getattr(self.method, place)(self.world, *state)
        except (Exception, SystemExit) as error:
            if isinstance(error, OverflowError) and self.floats and self.largest_coefficient > LARGEST_FLOAT:
                raise
            words = f"what was recorded fails on arrays of numbers: {type(error).__name__}: {error}"
            self.fail(place, " ".join(words.split()), place_of_error(error))

    def require_equal(self, place: str, what: str, found: Any, recorded: Any, t: int) -> None:
        """Equal up to rounding, on floats; equal, on fractions."""
        shape = np.shape(recorded)
        told = len(shape) == 2 and np.shape(found) == shape[1:]  # a server vector may stand for one of the agents
        if np.shape(found) != shape and not told:
            self.fail(place, f"at step {t} of a run on numbers {what} has the shape {np.shape(found)}, not {shape}")
        found, recorded = (np.broadcast_to(np.asarray(v), shape) for v in (found, recorded))
        if not self.agree(found, recorded, power=2 if place == "measure" else 1):
            first = next((a, b) for a, b in zip(found.ravel(), recorded.ravel()) if a != b)
            shown = " instead of ".join(map(_show, first))
            self.fail(place, f"at step {t} of a run on numbers {what} is not what was recorded ({shown}): {_CHECK}")

    def agree(self, found: Any, recorded: Any, power: int) -> bool:
        """Whether two arrays are the same, as far as their numbers can tell."""
        if not self.floats:
            return bool((found == recorded).all())
        found, recorded = (v.astype(float) for v in (found, recorded))
        slack = TOLERANCE * (self.world.largest * float(self.largest_coefficient)) ** power
        return bool(((np.abs(found - recorded) <= slack) | ~np.isfinite(recorded)).all())

    def fail(self, place: str, problem: str, line: str = "") -> NoReturn:
        """Say what is wrong, and where."""
        line = line or place_of_function(getattr(self.method, place))
        raise RecordingError(f"{locate(f'{type(self.method).__name__}.{place}', line)}: {problem}")


def _coefficients(method: Method, definition: Definition) -> Iterator[Fraction]:
    """The sizes of numbers that a step may multiply with, so that rounding is measured by the largest."""
    yield Fraction(1)
    fields = [value for value in attributes_of(method).values() if isinstance(value, (int, Fraction))]
    for program in (definition.step, definition.observe, definition.measure):
        for part in (*(call.of for call in program.calls), *program.agents.values(), *program.server.values()):
            yield from map(abs, part.values())
    for value in map(Fraction, (*fields, *definition.weights.values())):
        yield abs(value)
        yield 1 / abs(value) if value else Fraction(1)  # a step may divide by it


def _show(number: Any) -> str:
    try:
        return f"{float(number):.6g}"
    except (OverflowError, TypeError, ValueError):
        return str(number)[:20]
