"""From a method's code to its definition as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from eftheory.assumptions.hypothesis import COMMON_MINIMISER, Hypothesis
from eftheory.methods.method import Method, Observation
from eftheory.methods.recorded import HYPOTHESES, Definition, Program
from eftheory.recording.chance import watch_calls
from eftheory.recording.derive import derive_observation
from eftheory.recording.inspection import inspect_code
from eftheory.recording.places import locate, place_of_class, place_of_error, place_of_function
from eftheory.recording.signature import require_signature
from eftheory.recording.trace import RecordingWorld
from eftheory.recording.vectors import RecordingError, Squares, Trace

_AGAIN = (
    "a second call with the same vectors does something else: what a step does must follow from its state, "
    "not from a counter, a clock or chance"
)
_CAUGHT = "this was caught by an except, and what was recorded is not what the step does: let no except catch it"
SEE = "see: eftheory methods --steps"
"""Where to read what a step can say."""
_Programs = dict[str, tuple[Program, dict[str, Fraction]]]
"""What was recorded of the step, and of observe and measure where they are written, with the weights of the measure."""


class _Quiet:
    """Made into a base of what is completed, so that the class's own ``__init_subclass__`` does not run for it."""

    __slots__ = ()

    def __init_subclass__(cls, **_: object) -> None:
        """Do nothing."""


def complete(method: type[Method]) -> type[Method]:
    """The class, with what it leaves to be derived marked as such, so that it can be instantiated.

    Raises:
        RecordingError: there is no ``step``.
    """
    missing: frozenset[str] = getattr(method, "__abstractmethods__", frozenset())
    if "step" in missing:
        raise RecordingError(f"{method.__name__} has no step(self, world, x, ...)")
    return type(method.__name__, (_Quiet, method), dict.fromkeys(missing, _derived)) if missing else method


def _derived(*_: Any, **__: Any) -> Any:
    """What stands in for a method that is derived."""
    raise NotImplementedError


def record(method: Method) -> Definition:
    """The definition of a method as data: its step, and what it observes and measures, as straight-line programs.

    Where ``observe`` is missing, the coordinates are derived from the step; where ``measure`` is,
    it is the sum of the squares of the coordinates.

    Raises:
        ValueError: the method does something nonlinear, inexact or depending on data; the message
            says where.

    >>> from eftheory.methods import EF21
    >>> record(EF21(Fraction(1, 2))).step.server
    {'x': {'x': Fraction(1, 1), 'mean 0': Fraction(-1, 2)}}
    """
    try:
        return _record(method)
    except RecordingError as error:
        if isinstance(error.__cause__ or error, RecordingError):
            raise RecordingError(f"{error} ({SEE})") from error
        raise  # what the class itself raised


def _record(method: Method) -> Definition:
    """The definition, compared with its class."""
    from eftheory.recording.replay import replay  # it needs numpy, which takes its time

    recorder = _Recorder(method)
    before = inspect_code(method)
    for place in recorder.places:
        require_signature(method, place, recorder.names)
    programs = recorder.record_all()
    before.require_unchanged()
    settled = before.settle()
    again = recorder.record_all()
    settled.require_unchanged()
    for place, program in programs.items():
        if again[place] != program:
            raise RecordingError(f"{recorder.locate(place)}: {_AGAIN}")
    found = recorder.define(programs)
    replay(method, found, recorder.places[1:])
    settled.require_unchanged()
    return found


class _Recorder:
    """Plays what a class writes itself, each time in a new world."""

    def __init__(self, method: Method) -> None:
        self.method, self.cls = method, type(method)
        self.server, self.agents = tuple(method.server_state), tuple(method.agent_state)
        self.names = self.server + self.agents
        self.places = [place for place in ("step", "observe", "measure") if getattr(self.cls, place) is not _derived]
        self.granted = COMMON_MINIMISER in _hypotheses(method)

    def record_all(self) -> _Programs:
        """What is written, recorded once."""
        return {place: getattr(self, f"record_{place}")() for place in self.places}

    def record_step(self) -> tuple[Program, dict[str, Fraction]]:
        world, after = self.play("step")
        if not issubclass(type(after), tuple) or len(after) != len(self.names):
            words = f"must return a tuple of the new {', '.join(self.names)}; for one, write (x,)"
            raise RecordingError(f"{self.locate('step')} {words}")
        new = dict(zip(self.names, after))
        return self.program("step", world, {k: new[k] for k in self.agents}, {k: new[k] for k in self.server}), {}

    def record_observe(self) -> tuple[Program, dict[str, Fraction]]:
        world, seen = self.play("observe")
        if not issubclass(type(seen), Observation):
            raise RecordingError(f"{self.cls.__name__}.observe must return an Observation(agents=(...), server=(...))")
        if seen.values:
            raise RecordingError(f"{self.cls.__name__}.observe: function values are for the methods of eftheory only")
        names = getattr(self.method, "coordinates", Observation())
        agents = self.name_all("agents", names.agents, seen.agents)
        return self.program("observe", world, agents, self.name_all("server", names.server, seen.server)), {}

    def record_measure(self) -> tuple[Program, dict[str, Fraction]]:
        world, squares = self.play("measure")
        if type(squares) is not Squares:
            raise RecordingError(f"{self.cls.__name__}.measure must return a sum of world.square and world.mean_square")
        terms = {f"term {k}": (it.of, weight) for k, (it, weight) in enumerate(squares.terms.items()) if weight}
        agents, server = ({name: v for name, (v, _) in terms.items() if v.of_agents is it} for it in (True, False))
        return self.program("measure", world, agents, server), {name: weight for name, (_, weight) in terms.items()}

    def play(self, place: str) -> tuple[RecordingWorld, Any]:
        """What a method of the class returns in a new world, while its calls are watched."""
        world = RecordingWorld(self.server, self.agents, minimiser=self.granted)
        try:
            with watch_calls() as met:
                result = getattr(self.method, place)(world, *world.state)
        except (Exception, SystemExit) as error:
            kind = "" if isinstance(error, RecordingError) else f"{type(error).__name__}: "
            told = str(error).replace(f"{RecordingWorld.__name__}.", "world.")  # Python's words on a wrong call
            how = f"; {SEE}" if told != str(error) else ""
            raise RecordingError(f"{self.locate(place, place_of_error(error))}: {kind}{told}{how}") from error
        for refusal in (*world.refusals, *met):
            caught = f"; {_CAUGHT}" if world.refusals else ""
            raise RecordingError(f"{self.locate(place, refusal.place)}: {refusal.problem}{caught}")
        return world, result

    def program(self, place: str, world: RecordingWorld, agents: dict[str, Trace], server: dict[str, Trace]) -> Program:
        """What was asked of a world, with these results."""
        try:
            return world.program(agents, server)
        except RecordingError as error:
            raise RecordingError(f"{self.locate(place)}: {error}") from None

    def name_all(self, kind: str, names: Sequence[str], vectors: Iterable[Trace]) -> dict[str, Trace]:
        """Vectors that are observed, with the names that the class gives them, or else with numbers."""
        vectors = tuple(vectors)
        names = tuple(names) or tuple(f"{kind} {k}" for k, _ in enumerate(vectors))
        if len(names) != len(vectors) or len({*names}) != len(names):
            words = f"must name each of the {len(vectors)} vectors of the {kind}"
            raise RecordingError(f"{self.cls.__name__}.coordinates {words}")
        return dict(zip(names, vectors))

    def define(self, programs: _Programs) -> Definition:
        """The definition, with what is derived."""
        step, _ = programs["step"]
        look = Program(agents=_themselves(self.agents), server=_themselves(self.server))
        ones = dict.fromkeys(self.agents + self.server, Fraction(1))
        name, assumed = getattr(self.cls, "name", self.cls.__name__), tuple(it.name for it in self.method.hypotheses)
        early = Definition(
            name, self.server, step, look, look, ones, self.agents, assumed
        )  # names and step are in order
        observe = programs["observe"][0] if "observe" in programs else self.derive(early)
        ones = dict.fromkeys((*observe.agents, *observe.server), Fraction(1))
        measure, weights = programs.get("measure", (observe, ones))
        return Definition(name, self.server, step, observe, measure, weights, self.agents, assumed)

    def derive(self, definition: Definition) -> Program:
        """What to observe, where the class does not say it."""
        try:
            return derive_observation(definition)
        except RecordingError as error:
            raise RecordingError(f"{self.locate('step')}: {error}") from None

    def locate(self, place: str, line: str | None = None) -> str:
        """A method of the class with a line, or else with the one where it begins."""
        line = place_of_function(getattr(self.method, place)) if line is None else line
        return locate(f"{self.cls.__name__}.{place}", line)


def _themselves(names: Iterable[str]) -> dict[str, dict[str, Fraction]]:
    return {name: {name: Fraction(1)} for name in names}


def _hypotheses(method: Method) -> tuple[Hypothesis, ...]:
    """The hypotheses, which say what they say here: a name of ours with another sentence is another hypothesis."""
    where = f"{type(method).__name__}.hypotheses"
    for hypothesis in method.hypotheses:
        if not isinstance(hypothesis, Hypothesis):
            raise RecordingError(
                f"{where} holds {str(hypothesis)[:60]!r}: write a tuple of hypotheses of eftheory, as "
                "(COMMON_MINIMISER,)"
            )
        ours = HYPOTHESES.get(hypothesis.name, hypothesis)
        if hypothesis != ours:
            raise RecordingError(
                f"{locate(where, place_of_class(type(method)))}: {hypothesis.name!r} says "
                f"{str(hypothesis.sentence)[:200]!r}, but what is proved rests on eftheory's hypothesis of this name, "
                f"{ours.sentence!r}: import {ours.name.upper().replace(' ', '_')} from "
                "eftheory.assumptions.hypothesis if that is meant"
            )
    return method.hypotheses
