"""Checkers with one thing wrong, which the fuzz must find out: it is tested by what it would say of them."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from eftheory.assumptions import Contractive, SmoothStronglyConvex
from eftheory.check import lower, upper
from eftheory.exact.vector import Vector
from eftheory.worlds import ExactWorld
from eftheory.worlds.agents import AgentVector
from tests.check import mutants

Patch = pytest.MonkeyPatch


def star_at_the_origin(patch: Patch) -> None:
    honest = ExactWorld.server
    patch.setattr(ExactWorld, "server", lambda world, name: Vector() if name == "x*" else honest(world, name))


def compressors_lose_half(patch: Patch) -> None:
    """Of what they may."""
    patch.setattr(Contractive, "facts", _exchanged(Contractive.facts, "inner(e, e)", "2 * inner(e, e)"))


def gradients_turn_less(patch: Patch) -> None:
    """The two-point inequality with dr counted twice."""
    less = _exchanged(SmoothStronglyConvex.facts, "inner(turn, turn)", "2 * inner(turn, turn)")
    patch.setattr(SmoothStronglyConvex, "facts", less)


def deviations_ignored(patch: Patch) -> None:
    honest = ExactWorld.agents
    patch.setattr(ExactWorld, "agents", lambda world, name: AgentVector.alike(honest(world, name).means))


def compressions_lose_alike(patch: Patch) -> None:
    """All calls of a step lose the same."""
    honest = ExactWorld.compress

    def compress(world: ExactWorld, v: AgentVector) -> AgentVector:
        if getattr(world, "lost", None) is None:
            world.lost = v - honest(world, v)
            return v - world.lost
        return v - world.lost

    patch.setattr(ExactWorld, "compress", compress)


def any_curvature(patch: Patch) -> None:
    patch.setattr(SmoothStronglyConvex, "contains_curvature", lambda _, h: True)


def any_message(patch: Patch) -> None:
    patch.setattr(Contractive, "allows", lambda *_: True)


def _rewritten(module: Any, bound: str, old: str, new: str) -> Callable[[Patch], None]:
    """The checker of a bound with a piece of its text exchanged."""
    function = getattr(module, f"check_{bound}")
    return lambda patch: patch.setitem(mutants.CHECK, bound, _exchanged(function, old, new))


def _exchanged(function: Any, old: str, new: str) -> Any:
    """A function with a piece of its text exchanged."""
    text = textwrap.dedent(inspect.getsource(function))
    assert text.count(old) == 1, f"{function.__qualname__} no longer reads {old!r}"
    room = dict(function.__globals__)
    exec(compile(text.replace(old, new), inspect.getfile(function), "exec"), room)
    return room[function.__name__]


class Sabotage(NamedTuple):
    """What is done, which bound suffers, the beginning of the names of sources where it shows soonest, and how many
    claims have to be searched for, where damage alone proves nothing false."""

    do: Callable[[Patch], None]
    bound: str = "upper"
    sources: str = "external/"
    search: float = 0


UNCOMPARED = 'growth * signs * state", '
SABOTAGE = {
    "x* at the origin": Sabotage(star_at_the_origin),
    "compressors lose half": Sabotage(compressors_lose_half, search=1),
    "gradients turn less": Sabotage(gradients_turn_less, search=1),
    "deviations ignored": Sabotage(deviations_ignored),
    "all compressions of a step lose the same": Sabotage(compressions_lose_alike, sources="external/ef"),
    "V not compared with C measure": Sabotage(_rewritten(upper, "upper", '"C measure >= V", Form', '"", 0 * Form')),
    "V not compared with c measure": Sabotage(_rewritten(upper, "upper", '"V >= c measure", Form', '"", 0 * Form')),
    "V not compared with itself": Sabotage(_rewritten(upper, "upper", 'inequalities >= 0", decrease', '", Form()')),
    "any curvature": Sabotage(any_curvature, "lower"),
    "any message": Sabotage(any_message, "lower"),
    "a message no function of its input": Sabotage(
        _rewritten(lower, "lower", "same = all(", "same = True or all("), "lower", "external/idle"
    ),
    "the state after a step not compared": Sabotage(
        _rewritten(lower, "lower", f"{UNCOMPARED}grown", f"{UNCOMPARED}True"), "lower"
    ),
}
