"""From a method's code to its definition as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from eftheory.assumptions.hypothesis import COMMON_MINIMISER, Hypothesis
from eftheory.methods.method import Method, Observation
from eftheory.methods.recorded import HYPOTHESES, Definition, Program
from eftheory.recording.chance import watch_calls
from eftheory.recording.derive import derive_observation
from eftheory.recording.inspection import inspect_code
from eftheory.recording.places import place_of_class, place_of_error, place_of_function
from eftheory.recording.signature import require_signature
from eftheory.recording.trace import RecordingError, RecordingWorld, Squares


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
    cls = type(method)
    server, agents = tuple(method.server_state), tuple(method.agent_state)
    granted = COMMON_MINIMISER in _hypotheses(method)
    from eftheory.recording.replay import replay  # it needs numpy, which takes its time

    before = inspect_code(method)
    for place in ("step", "observe", "measure"):
        if getattr(cls, place) is not _derived:
            require_signature(method, place, server + agents)

    def play(place: str) -> tuple[RecordingWorld, Any]:
        world = RecordingWorld(server, agents, minimiser=granted)
        return world, _call(cls.__name__, place, getattr(method, place), world)

    programs = _play_all(method, play)
    before.require_unchanged()
    settled = before.settle()
    again = _play_all(method, play)
    settled.require_unchanged()
    for place, program in programs.items():
        if again[place] != program:
            raise RecordingError(f"{cls.__name__}.{place}{_in_brackets(_line_of(method, place))}: {_AGAIN}")
    found = _define(method, programs)
    replay(method, found, [place for place in programs if place != "step"])
    settled.require_unchanged()
    return found


_AGAIN = (
    "a second call with the same vectors does something else: what a step does must follow from its state, "
    "not from a counter, a clock or chance"
)


_Programs = dict[str, tuple[Program, dict[str, Fraction]]]
"""What was recorded of the step, and of observe and measure where they are written, with the weights of the measure."""


def _play_all(method: Method, play: Callable[[str], tuple[RecordingWorld, Any]]) -> _Programs:
    """Record what the class writes itself, once."""
    cls = type(method)
    server, agents = tuple(method.server_state), tuple(method.agent_state)
    world, after = play("step")
    if not issubclass(type(after), tuple) or len(after) != len(server + agents):
        expected = ", ".join(server + agents)
        words = f"must return a tuple of the new {expected}; for one, write (x,)"
        raise RecordingError(f"{cls.__name__}.step{_in_brackets(_line_of(method, 'step'))} {words}")
    new = dict(zip(server + agents, after))
    programs: _Programs = {
        "step": (_say_where(method, "step", world, {k: new[k] for k in agents}, {k: new[k] for k in server}), {})
    }
    if cls.observe is not _derived:
        world, seen = play("observe")
        programs["observe"] = _say_where(method, "observe", world, *_named(method, seen)), {}
    if cls.measure is not _derived:
        world, squares = play("measure")
        if type(squares) is not Squares:
            raise RecordingError(f"{cls.__name__}.measure must return a sum of world.square and world.mean_square")
        terms = {f"term {k}": (weight, v) for k, (weight, v) in enumerate(squares.terms) if weight}
        measured = _say_where(
            method,
            "measure",
            world,
            {name: v for name, (_, v) in terms.items() if v.of_agents},
            {name: v for name, (_, v) in terms.items() if not v.of_agents},
        )
        programs["measure"] = measured, {name: weight for name, (weight, _) in terms.items()}
    return programs


def _define(method: Method, programs: _Programs) -> Definition:
    """The definition, with what is derived."""
    cls = type(method)
    server, agents = tuple(method.server_state), tuple(method.agent_state)
    step, _ = programs["step"]
    look = Program(agents={name: {name: Fraction(1)} for name in agents}, server={n: {n: Fraction(1)} for n in server})
    weights = dict.fromkeys((*agents, *server), Fraction(1))
    name, assumed = getattr(cls, "name", cls.__name__), tuple(hypothesis.name for hypothesis in method.hypotheses)
    early = Definition(name, server, step, look, look, weights, agents, assumed)  # so names and step are in order
    observe = programs["observe"][0] if "observe" in programs else _derive(method, early)
    ones = dict.fromkeys((*observe.agents, *observe.server), Fraction(1))
    measure, weights = programs.get("measure", (observe, ones))
    return Definition(name, server, step, observe, measure, weights, agents, assumed)


def _derive(method: Method, definition: Definition) -> Program:
    try:
        return derive_observation(definition)
    except RecordingError as error:
        where = f"{type(method).__name__}.step{_in_brackets(_line_of(method, 'step'))}"
        raise RecordingError(f"{where}: {error}") from None


def _hypotheses(method: Method) -> tuple[Hypothesis, ...]:
    """The hypotheses, which say what they say here: a name of ours with another sentence is another hypothesis."""
    for hypothesis in method.hypotheses:
        if not isinstance(hypothesis, Hypothesis):
            raise RecordingError(
                f"{type(method).__name__}.hypotheses holds {str(hypothesis)[:60]!r}: write a tuple of hypotheses of "
                "eftheory, as (COMMON_MINIMISER,)"
            )
        ours = HYPOTHESES.get(hypothesis.name, hypothesis)
        if hypothesis != ours:
            raise RecordingError(
                f"{type(method).__name__}.hypotheses{_in_brackets(place_of_class(type(method)))}: "
                f"{hypothesis.name!r} says {str(hypothesis.sentence)[:200]!r}, but "
                f"what is proved rests on eftheory's hypothesis of this name, {ours.sentence!r}: "
                f"import {ours.name.upper().replace(' ', '_')} from eftheory.assumptions.hypothesis if that is meant"
            )
    return method.hypotheses


def _derived(*_: Any, **__: Any) -> Any:
    """What stands in for a method that is derived."""
    raise NotImplementedError


def _call(name: str, place: str, run: Callable[..., Any], world: RecordingWorld) -> Any:
    try:
        with watch_calls() as met:
            result = run(world, *world.state)
    except (Exception, SystemExit) as error:
        line = place_of_error(error)
        kind = "" if isinstance(error, RecordingError) else f"{type(error).__name__}: "
        raise RecordingError(f"{name}.{place}{_in_brackets(line)}: {kind}{error}") from error
    if world.refusals:
        first = world.refusals[0]
        raise RecordingError(
            f"{name}.{place}{_in_brackets(first.place)}: {first.problem}; this was caught by an except, and what was "
            "recorded is not what the step does: let no except catch it"
        )
    if met:
        raise RecordingError(f"{name}.{place}{_in_brackets(met[0].place)}: {met[0].problem}")
    return result


def _in_brackets(place: str) -> str:
    return f" ({place})" if place else ""


def _line_of(method: Method, place: str) -> str:
    return place_of_function(getattr(method, place))


def _say_where(
    method: Method, place: str, world: RecordingWorld, agents: dict[str, Any], server: dict[str, Any]
) -> Program:
    try:
        return world.program(agents, server)
    except RecordingError as error:
        where = f"{type(method).__name__}.{place}{_in_brackets(_line_of(method, place))}"
        raise RecordingError(f"{where}: {error}") from None


def _named(method: Method, seen: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is observed, by name."""
    cls = type(method)
    if not issubclass(type(seen), Observation):
        raise RecordingError(f"{cls.__name__}.observe must return an Observation(agents=(...), server=(...))")
    if seen.values:
        raise RecordingError(f"{cls.__name__}.observe: function values are for the methods of eftheory only")
    names = getattr(method, "coordinates", Observation())
    return _zipped(cls, names.agents, seen.agents, "agents"), _zipped(cls, names.server, seen.server, "server")


def _zipped(cls: type, names: Iterable[str], vectors: Iterable[Any], kind: str) -> dict[str, Any]:
    names, vectors = tuple(names), tuple(vectors)
    names = names or tuple(f"{kind} {k}" for k, _ in enumerate(vectors))
    if len(names) != len(vectors) or len({*names}) != len(names):
        raise RecordingError(f"{cls.__name__}.coordinates must name each of the {len(vectors)} vectors of the {kind}")
    return dict(zip(names, vectors))
