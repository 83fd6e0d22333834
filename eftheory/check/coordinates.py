"""One step of a method in the exact world, seen through the method's coordinates."""

from dataclasses import dataclass

from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.methods.method import Observation


@dataclass(frozen=True)
class Coordinates:
    """The coordinates of V by name: type means ``name[t]``, server vectors ``name``, deviations ``name[t]'``."""

    vectors: dict[str, Vector]
    room: dict[str, str]  # what may be multiplied with what: "mean", or the type whose deviation it is
    values: tuple[Form, ...]  # linear in function values


@dataclass(frozen=True)
class Step:
    """A step on all instances: coordinates before and after, the measure before, the inequalities."""

    before: Coordinates
    after: Coordinates
    measure: Form
    inequalities: dict[str, tuple[Form, ...]]
    symbols: set[str]  # all unknown vectors


def take_step(setting: Setting) -> Step:
    """Run one step from an unknown state in a fresh exact world."""
    world, method = setting.world(), setting.method
    state = method.unknown_state(world)
    before = _coordinates(setting, method.observe(world, *state))
    measure = method.measure(world, *state)
    after = _coordinates(setting, method.observe(world, *method.step(world, *state)))
    return Step(before, after, measure, world.inequalities, world.symbols)


def _coordinates(setting: Setting, seen: Observation) -> Coordinates:
    names, types = setting.method.coordinates, range(len(setting.agents))
    vectors = {f"{name}[{t}]": v.means[t] for name, v in zip(names.agents, seen.agents) for t in types}
    vectors |= zip(names.server, seen.server)
    room = dict.fromkeys(vectors, "mean")
    for name, v in zip(names.agents, seen.agents):
        for t in types:
            if setting.agents[t].count > 1:
                vectors[f"{name}[{t}]'"], room[f"{name}[{t}]'"] = v.deviations[t], f"deviations of type {t}"
    return Coordinates(vectors, room, seen.values)
