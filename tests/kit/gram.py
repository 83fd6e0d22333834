"""Class bounds from worst cases: the Gram matrix of one step of a self-similar trajectory.

Along such a trajectory the coordinates of any V are multiplied by growth and signs, so
Gram(z+) = growth^2 Gram(z), and the inequalities hold because the instance is one of the class.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.certificates import Block, ClassBound, Lower
from eftheory.claims import Setting
from eftheory.methods.template import PLAIN, Template
from tests.kit.concrete import ConcreteWorld, Problem


def class_bound(setting: Setting, lower: Lower, template: Template = PLAIN) -> ClassBound:
    """One block over the means of all symbols, of the rank of the instance's dimension."""
    values = symbol_values(setting, lower, template)
    names = tuple(sorted(values))
    rows = tuple(
        tuple(sum((p * q for p, q in zip(values[a], values[b])), Fraction(0)) for b in names[: i + 1])
        for i, a in enumerate(names)
    )
    return ClassBound(lower.rate, (Block(names, rows),), str(template))


def symbol_values(setting: Setting, lower: Lower, template: Template = PLAIN) -> dict[str, tuple[Fraction, ...]]:
    """What the symbols of the exact world are on the instance, exactly; x- is where it was a step before."""
    repeats = [agent.count for agent in setting.agents]

    def each(rows) -> np.ndarray:
        return np.array([list(row) for row in rows], dtype=object).repeat(repeats, axis=0)[None]

    messages = iter(lower.messages)
    curvatures = each(lower.curvatures)
    problem = Problem(
        gradient=lambda x: curvatures * x,
        value=lambda x: (curvatures * x * x).sum(axis=-1) / 2,
        compress=lambda v: each(next(messages)),
        minimiser=np.array([Fraction(0)] * len(lower.signs), dtype=object)[None, None],
    )
    world = ConcreteWorld(setting, problem, Fraction)
    x = np.array(list(lower.server["x"]), dtype=object)[None, None]
    state = [each(rows) for rows in lower.agents.values()]
    previous = x / (lower.growth * np.array(list(lower.signs), dtype=object)) if template.memory else None
    world.run(x, state[0] if state else None, template, previous)
    return {
        name: tuple(Fraction(entry) for entry in value[0])
        for name, value in world.symbols.items()
        if not name.endswith("'") and not name.startswith("f") and name != "x*"  # zero, which needs no name
    }
