"""One step of a method in a world in which nothing is known of the state."""

from __future__ import annotations

from typing import Any, NamedTuple

from eftheory.claims import Setting


class Step(NamedTuple):
    """What is observed before and after, the measure before, and the world that recorded the inequalities."""

    before: Any
    after: Any
    measure: Any
    world: Any


def unknown_state(setting: Setting, world: Any) -> tuple[Any, ...]:
    """The symbols of a state."""
    method = setting.method
    return (*map(world.server, method.server_state), *map(world.agents, method.agent_state))


def take_step(setting: Setting, world: Any = None) -> Step:
    """A step in the exact world, or in another that answers in symbols."""
    world, method = world or setting.world(), setting.method
    state = unknown_state(setting, world)
    before, measure = method.observe(world, *state), method.measure(world, *state)
    return Step(before, method.observe(world, *method.step(world, *state)), measure, world)
