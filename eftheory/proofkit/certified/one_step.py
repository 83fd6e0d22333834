"""One step of a method in the world of the proof kit, once for each way in which its coins fall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eftheory.claims import Setting
from eftheory.methods.method import Observation
from eftheory.methods.quantities import quantity
from eftheory.methods.template import Template
from eftheory.proofkit.certified.method_world import ProofWorld
from eftheory.proofkit.kernel.expression import Node


@dataclass(frozen=True)
class Branch:
    """A step in a world in which the coins fall in one way: what V sees, what is measured, what a state becomes."""

    world: ProofWorld
    before: Observation
    start: Observation
    measure: Node
    initial: list[Node]
    after: Observation
    moves: dict[Node, Node]


def take_step(setting: Setting, template: Template, initial: Iterable[str]) -> list[Branch]:
    """A step from an unknown state, as the checker's ``take_step`` makes it, so that all is numbered as there."""
    method, values = setting.method, template.values or bool(setting.method.coordinates.values)
    found: list[Branch] = []
    ahead: list[tuple[int, ...]] = [()]
    while ahead:
        fixed = ahead.pop()
        world = ProofWorld(setting, values=values, outcomes=fixed)
        state = template.unknown_state(method, world)
        before = template.observe(method, world, *state)
        start = template.observe(method, world, *template.start(method, world, *state))
        now = state[template.memory :]
        measure = quantity(setting.measure_name, method, world, now)
        begun = [quantity(name, method, world, now) for name in initial]
        then = template.step(method, world, *state)
        after = template.observe(method, world, *then)
        moves = {old: new for v, w in zip(state, then) for old, new in zip(v.parts, w.parts)}
        ahead += [(*world.outcomes[:k], 0) for k in range(len(fixed), len(world.outcomes))]
        found.append(Branch(world, before, start, measure, begun, after, moves))
    return found
