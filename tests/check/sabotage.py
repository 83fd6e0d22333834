"""Checkers with one thing wrong, which the fuzz must find out: it is tested by what it would say of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from eftheory.assumptions import Contractive
from eftheory.assumptions.smooth_strongly_convex import SmoothStronglyConvex
from eftheory.check import lower, upper
from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.worlds import ExactWorld
from eftheory.worlds.agents import AgentVector, Weights
from tests.check import mutants

Patch = pytest.MonkeyPatch


def star_at_the_origin(patch: Patch) -> None:
    honest = ExactWorld.server
    patch.setattr(ExactWorld, "server", lambda world, name: Vector() if name == "x*" else honest(world, name))


def compressors_lose_half(patch: Patch) -> None:
    """Of what they may."""
    honest = Contractive.slack
    patch.setattr(Contractive, "slack", lambda self, v, e: honest(self, v, e) - e)


def gradients_turn_less(patch: Patch) -> None:
    """The two-point inequality with dr counted twice."""
    patch.setattr(SmoothStronglyConvex, "two_point_slack", lambda _, moved, turned: moved - 2 * turned)


def deviations_ignored(patch: Patch) -> None:
    honest = ExactWorld.agents
    patch.setattr(ExactWorld, "agents", lambda world, name: AgentVector.alike(honest(world, name).means))


def types_not_counted(patch: Patch) -> None:
    """The mean is one over types, not over agents."""
    honest = Weights.__init__
    patch.setattr(Weights, "__init__", lambda self, counts: honest(self, [1 for _ in counts]))


def minimiser_always_granted(patch: Patch) -> None:
    def world(setting: Setting, template: Any = None) -> ExactWorld:
        values = bool(setting.method.coordinates.values) or bool(template and template.values)
        return ExactWorld(setting.agents, setting.compressor, common_minimiser=True, values=values)

    patch.setattr(Setting, "world", world)


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

    def sabotage(patch: Patch) -> None:
        function = getattr(module, f"check_{bound}")
        text = inspect.getsource(function)
        assert text.count(old) == 1, f"check_{bound} no longer reads {old!r}"
        room = dict(vars(module))
        exec(compile(text.replace(old, new), module.__file__, "exec"), room)
        patch.setitem(mutants.CHECK, bound, room[function.__name__])

    return sabotage


SABOTAGE: dict[str, tuple[str, Callable[[Patch], None]]] = {
    "x* at the origin": ("upper", star_at_the_origin),
    "compressors lose half": ("upper", compressors_lose_half),
    "gradients turn less": ("upper", gradients_turn_less),
    "deviations ignored": ("upper", deviations_ignored),
    "types not counted": ("upper", types_not_counted),
    "a common minimiser always granted": ("upper", minimiser_always_granted),
    "all compressions of a step lose the same": ("upper", compressions_lose_alike),
    "multipliers of any sign": ("upper", _rewritten(upper, "upper", "min(row) >= 0, f", "True, f")),
    "V not compared with C measure": ("upper", _rewritten(upper, "upper", '"C measure >= V", Form', '"", 0 * Form')),
    "V not compared with c measure": ("upper", _rewritten(upper, "upper", '"V >= c measure", Form', '"", 0 * Form')),
    "any curvature": ("lower", any_curvature),
    "any message": ("lower", any_message),
    "a message no function of its input": ("lower", _rewritten(lower, "lower", "growth != 1 or", "True or")),
    "the state after a step not compared": ("lower", _rewritten(lower, "lower", "True or" if False else "growth * signs * state\", grown", "growth * signs * state\", True")),
}
"""What is wrong by name: the bound that suffers, and how it is done."""

_ = Form
