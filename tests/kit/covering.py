"""Whether a certificate covers an instance: V on all branches and outcomes, in exact numbers."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from eftheory.certificates import Upper
from eftheory.claims import Setting
from eftheory.methods.quantities import quantity
from eftheory.methods.template import Template
from tests.kit.chance import ChanceWorld
from tests.kit.instances import draw_instance


class Slacks(NamedTuple):
    """What is left on the greater side of each inequality that a certificate proves; none is negative."""

    decrease: Fraction  # rate V - tau measure + noise - E V+
    least: Fraction  # V - c measure
    start: Fraction  # of a run that has just begun: what is said of the start, less V


def slacks(setting: Setting, upper: Upper, seed: int, *, draws: int) -> Slacks:
    """One step from a random state on a random instance that meets the setting."""
    method, template = setting.method, Template.parse(upper.template)
    instance = draw_instance(setting, random.Random(seed))
    after, ahead, total = Fraction(0), [()], Fraction(0)
    while ahead:
        fixed: tuple[int, ...] = ahead.pop()
        world: Any = ChanceWorld(setting, instance, seed, draws=draws, template=template, outcomes=fixed)
        state = template.unknown_state(method, world)
        begun = template.start(method, world, *state)
        before, start = (lyapunov(world, upper, template, each)[0] for each in (state, begun))
        now = state[template.memory :]
        measure = quantity(setting.measure_name, method, world, now).numbers[0]
        initial = upper.initial or {setting.measure_name: upper.C}
        begin = sum(factor * quantity(name, method, world, now).numbers[0] for name, factor in initial.items())
        then = lyapunov(world, upper, template, template.step(method, world, *state))
        world.finish()
        after += world.exact.chance * world.expectation(then)
        total += world.exact.chance
        ahead += [(*world.exact.outcomes[:k], 0) for k in range(len(fixed), len(world.exact.outcomes))]
    assert total == 1
    noise = sum(factor * world.constants[name] for name, factor in upper.noise.items())
    decrease = upper.rate * before - upper.tau * measure + noise - after
    return Slacks(decrease, before - upper.c * measure, begin - start)


def lyapunov(world: ChanceWorld, upper: Upper, template: Template, state: Any) -> np.ndarray:
    """V in each outcome, from what is observed in numbers."""
    seen, names = template.observe(world.setting.method, world, *state), template.names(world.setting.method)
    vectors = {name: v.numbers[:, 0] for name, v in zip(names.server, seen.server)}
    for name, v in zip(names.agents, seen.agents):
        start = 0
        for t, count in enumerate(world.counts):
            part = v.numbers[:, start : start + count]
            start += count
            mean = part.sum(axis=1) / Fraction(count)
            vectors |= {f"{name}[{t}]": mean, f"{name}[{t}]'": part - mean[:, None]}
    total = np.zeros(len(world.weights), dtype=object) + Fraction(0)
    values = (*seen.values, *(slack for slacks in seen.slacks for slack in slacks))
    for factor, value in zip(upper.values, values, strict=True):
        total = total + factor * value.numbers
    for block in upper.lyapunov:
        for (a, b), entry in block.entries().items():
            products = vectors[a] * vectors[b]
            products = products.sum(axis=tuple(range(1, products.ndim))) * entry * (1 if a == b else 2)
            total = total + (products / world.n if "'" in a else products)
    return total
