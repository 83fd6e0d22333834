"""From a method's code to its definition as data."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.methods.method import Method, Observation
from eftheory.methods.recorded import Definition, Program
from eftheory.recording.derive import derive_observation
from eftheory.recording.trace import RecordingError, RecordingWorld, Squares, Trace


def complete(method: type[Method]) -> type[Method]:
    """The class, with what it leaves to be derived marked as such, so that it can be instantiated.

    Raises:
        RecordingError: there is no ``step``.
    """
    missing: frozenset[str] = getattr(method, "__abstractmethods__", frozenset())
    if "step" in missing:
        raise RecordingError(f"{method.__name__} has no step(self, world, x, ...)")
    return type(method.__name__, (method,), dict.fromkeys(missing, _derived)) if missing else method


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
    hypotheses = tuple(method.hypotheses)
    granted = COMMON_MINIMISER in hypotheses

    def play(place: str, run: Callable[..., Any]) -> tuple[RecordingWorld, Any]:
        world = RecordingWorld(server, agents, minimiser=granted)
        return world, _call(cls.__name__, place, run, world)

    world, after = play("step", method.step)
    if isinstance(after, Trace) or not isinstance(after, tuple) or len(after) != len(server + agents):
        expected = ", ".join(server + agents)
        raise RecordingError(f"{cls.__name__}.step must return a tuple of the new {expected}; for one, write (x,)")
    new = dict(zip(server + agents, after))
    step = _say_where(cls, "step", world, {k: new[k] for k in agents}, {k: new[k] for k in server})

    look = Program(agents={name: {name: Fraction(1)} for name in agents}, server={n: {n: Fraction(1)} for n in server})
    weights = dict.fromkeys((*agents, *server), Fraction(1))
    name, assumed = getattr(cls, "name", cls.__name__), tuple(hypothesis.name for hypothesis in hypotheses)
    early = Definition(name, server, step, look, look, weights, agents, assumed)  # so names and step are in order

    if cls.observe is _derived:
        observe = derive_observation(early)
    else:
        world, seen = play("observe", method.observe)
        observe = _say_where(cls, "observe", world, *_named(method, seen))
    if cls.measure is _derived:
        measure, weights = observe, dict.fromkeys((*observe.agents, *observe.server), Fraction(1))
    else:
        world, squares = play("measure", method.measure)
        if not isinstance(squares, Squares):
            raise RecordingError(f"{cls.__name__}.measure must return a sum of world.square and world.mean_square")
        terms = {f"term {k}": (weight, v) for k, (weight, v) in enumerate(squares.terms) if weight}
        measure = world.program(
            {name: v for name, (_, v) in terms.items() if v.of_agents},
            {name: v for name, (_, v) in terms.items() if not v.of_agents},
        )
        weights = {name: weight for name, (weight, _) in terms.items()}
    return Definition(name, server, step, observe, measure, weights, agents, assumed)


def _derived(*_: Any, **__: Any) -> Any:
    """What stands in for a method that is derived."""
    raise NotImplementedError


def _call(name: str, place: str, run: Callable[..., Any], world: RecordingWorld) -> Any:
    try:
        return run(world, *world.state)
    except (Exception, SystemExit) as error:
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).parent != Path(__file__).parent
        ]
        where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
        kind = "" if isinstance(error, RecordingError) else f"{type(error).__name__}: "
        raise RecordingError(f"{name}.{place}{where}: {kind}{error}") from error


def _say_where(cls: type, place: str, world: RecordingWorld, agents: dict[str, Any], server: dict[str, Any]) -> Program:
    try:
        return world.program(agents, server)
    except RecordingError as error:
        raise RecordingError(f"{cls.__name__}.{place}: {error}") from None


def _named(method: Method, seen: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is observed, by name."""
    cls = type(method)
    if not isinstance(seen, Observation):
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
