"""One step of a method in the exact world, seen through the coordinates of V."""

from dataclasses import dataclass

from eftheory.assumptions.fact import Fact
from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.methods.method import Observation
from eftheory.methods.template import PLAIN, Template


@dataclass(frozen=True)
class Coordinates:
    """The coordinates of V by name: type means ``name[t]``, server vectors ``name``, deviations ``name[t]'``."""

    vectors: dict[str, Vector]
    room: dict[str, str]  # what may be multiplied with what: "mean", or the type whose deviation it is
    values: tuple[Form, ...]  # linear in function values
    value_names: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A step on all instances: coordinates before, after and at the start, the measure before, the inequalities.

    ``start`` is ``before`` with the memory of a run that has just begun, see ``Template``.
    """

    before: Coordinates
    after: Coordinates
    measure: Form
    inequalities: dict[str, tuple[Form, ...]]
    facts: dict[str, Fact]  # what the names of the inequalities mean
    symbols: set[str]  # all unknown vectors
    start: Coordinates


def take_step(setting: Setting, template: Template = PLAIN) -> Step:
    """Run one step from an unknown state in a fresh exact world; ValueError if the method has no such template."""
    world, method, names = setting.world(template), setting.method, template.names(setting.method)
    state = template.unknown_state(method, world)
    before = template.observe(method, world, *state)
    start = template.observe(method, world, *template.start(method, world, *state))
    measure = method.measure(world, *state[template.memory :])
    after = template.observe(method, world, *template.step(method, world, *state))
    seen = (_coordinates(setting, names, each) for each in (before, after, start))
    return Step(next(seen), next(seen), measure, world.inequalities, world.facts, world.symbols, next(seen))


def _coordinates(setting: Setting, names: Observation, seen: Observation) -> Coordinates:
    types = range(len(setting.agents))
    vectors = {f"{name}[{t}]": v.means[t] for name, v in zip(names.agents, seen.agents) for t in types}
    vectors |= zip(names.server, seen.server)
    room = dict.fromkeys(vectors, "mean")
    for name, v in zip(names.agents, seen.agents):
        for t in types:
            if setting.agents[t].count > 1:
                vectors[f"{name}[{t}]'"], room[f"{name}[{t}]'"] = v.deviations[t], f"deviations of type {t}"
    slacks = {f"{name}[{t}]": forms[t] for name, forms in zip(names.slacks, seen.slacks) for t in types}
    return Coordinates(vectors, room, (*seen.values, *slacks.values()), (*names.values, *slacks))
