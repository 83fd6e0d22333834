"""One step of a method in the exact world, seen through the method's coordinates."""

from __future__ import annotations

from dataclasses import dataclass

from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.methods.method import Observation


@dataclass(frozen=True)
class Coordinates:
    """The coordinates of V by name: type means and server vectors, then deviations.

    Attributes:
        vectors: the coordinates, ``name[t]`` a type's mean, ``name[t]'`` its deviations, ``name``
            a server vector.
        room: what may be multiplied with what: "mean", or the type whose deviation it is.
        values: forms linear in function values.
    """

    vectors: dict[str, Vector]
    room: dict[str, str]
    values: tuple[Form, ...]


@dataclass(frozen=True)
class Step:
    """A step on all instances: coordinates before and after, the measure before, the inequalities."""

    before: Coordinates
    after: Coordinates
    measure: Form
    inequalities: dict[str, tuple[Form, ...]]


def take_step(setting: Setting) -> Step:
    """Run one step in a fresh exact world."""
    world, method = setting.world(), setting.method
    state = method.unknown_state(world)
    before = _coordinates(setting, method.observe(world, *state))
    measure = method.measure(world, *state)
    after = _coordinates(setting, method.observe(world, *method.step(world, *state)))
    return Step(before, after, measure, world.inequalities)


def _coordinates(setting: Setting, seen: Observation) -> Coordinates:
    vectors: dict[str, Vector] = {}
    room: dict[str, str] = {}
    names = setting.method.coordinates
    for name, agent_vector in zip(names.agents, seen.agents):
        for t, mean in enumerate(agent_vector.means):
            vectors[f"{name}[{t}]"], room[f"{name}[{t}]"] = mean, "mean"
    for name, vector in zip(names.server, seen.server):
        vectors[name], room[name] = vector, "mean"
    for name, agent_vector in zip(names.agents, seen.agents):
        for t, (agent, deviation) in enumerate(zip(setting.agents, agent_vector.deviations)):
            if agent.count > 1:
                vectors[f"{name}[{t}]'"], room[f"{name}[{t}]'"] = deviation, f"deviations of type {t}"
    return Coordinates(vectors, room, seen.values)
