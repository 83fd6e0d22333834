"""One step of a method in the exact world, seen through the coordinates of V."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce

from eftheory.assumptions.fact import Fact
from eftheory.assumptions.validation import require
from eftheory.claims import Setting
from eftheory.exact.form import Form
from eftheory.exact.vector import Vector
from eftheory.methods.method import Observation
from eftheory.methods.quantities import quantity
from eftheory.methods.template import PLAIN, Template
from eftheory.worlds.moments import Moments


@dataclass(frozen=True)
class Coordinates:
    """The coordinates of V by name: type means ``name[t]``, server vectors ``name``, deviations ``name[t]'``."""

    vectors: dict[str, Vector]
    room: dict[str, str]  # what may be multiplied with what: "mean", or the type whose deviation it is
    values: tuple[Form, ...]  # linear in function values
    value_names: tuple[str, ...]
    moments: Moments = field(compare=False, repr=False)  # of the symbols


@dataclass(frozen=True)
class Step:
    """A step on all instances: coordinates before, after and at the start, the measure before, the inequalities.

    ``start`` is ``before`` with the memory of a run that has just begun, see ``Template``. There is one ``after`` for
    each way in which the coins fall, with its chance; ``inequalities`` are averaged over noise.
    """

    before: Coordinates
    branches: tuple[tuple[Fraction, Coordinates], ...]
    measure: Form
    inequalities: dict[str, tuple[Form, ...]]
    facts: dict[str, Fact]  # what the names of the inequalities mean
    symbols: set[str]  # all unknown vectors
    start: Coordinates
    initial: dict[str, Form]  # the quantities at the start that were asked for
    random: bool  # whether anything was averaged

    @property
    def after(self) -> Coordinates:
        """The coordinates after a step without coins."""
        ((_, after),) = self.branches
        return after


def take_step(setting: Setting, template: Template = PLAIN, initial: Iterable[str] = ()) -> Step:
    """Run one step from an unknown state in fresh exact worlds, one for each way in which its coins fall.

    What is made before a coin has the same names in both worlds, and is the same; what is made after it has not.
    ValueError: the method has no such template or initial quantity, or asks for what the setting does not grant.
    """
    method, names = setting.method, template.names(setting.method)
    steps: list[Step] = []
    ahead: list[tuple[int, ...]] = [()]
    while ahead:
        fixed = ahead.pop()
        world = setting.world(template, fixed)
        state = template.unknown_state(method, world)
        begun = template.start(method, world, *state)
        seen = [template.observe(method, world, *state)]
        seen.append(seen[0] if begun == state else template.observe(method, world, *begun))
        now = state[template.memory :]
        measure = quantity(setting.measure_name, method, world, now)
        given = {name: quantity(name, method, world, now) for name in initial}
        silent, after, drawn = not world.drawn, template.step(method, world, *state), world.drawn
        seen.append(template.observe(method, world, *after))
        require(silent and world.drawn == drawn, f"{method.name}: to look must draw no messages, noise or coins")
        ahead += [(*world.outcomes[:k], 0) for k in range(len(fixed), len(world.outcomes))]
        before, start, then = (_coordinates(setting, names, each, world.moments) for each in seen)
        known = {name: tuple(map(world.moments.expected, row)) for name, row in world.inequalities.items()}
        branch = (world.chance, then)
        steps.append(
            Step(before, (branch,), measure, known, world.facts, world.symbols, start, given, world.moments.random)
        )
    return reduce(_joined, steps)


def _joined(a: Step, b: Step) -> Step:
    """One step with the branches of both; what they have in common is the same."""
    known, facts = {**a.inequalities, **b.inequalities}, {**a.facts, **b.facts}
    return replace(
        a, branches=(*a.branches, *b.branches), inequalities=known, facts=facts, symbols=a.symbols | b.symbols
    )


def _coordinates(setting: Setting, names: Observation, seen: Observation, moments: Moments) -> Coordinates:
    types = range(len(setting.agents))
    vectors = {f"{name}[{t}]": v.means[t] for name, v in zip(names.agents, seen.agents) for t in types}
    vectors |= zip(names.server, seen.server)
    room = dict.fromkeys(vectors, "mean")
    for name, v in zip(names.agents, seen.agents):
        for t in types:
            if setting.agents[t].count > 1:
                vectors[f"{name}[{t}]'"], room[f"{name}[{t}]'"] = v.deviations[t], f"deviations of type {t}"
    slacks = {f"{name}[{t}]": forms[t] for name, forms in zip(names.slacks, seen.slacks) for t in types}
    return Coordinates(vectors, room, (*seen.values, *slacks.values()), (*names.values, *slacks), moments)
