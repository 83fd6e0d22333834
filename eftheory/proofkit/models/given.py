"""The world in which an example is looked for: its sizes, and the values that are given."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from eftheory.proofkit.kernel.expression import Linear, Symbol, wrap
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.models.example import name_of
from eftheory.proofkit.models.surd import Surd
from eftheory.proofkit.models.world import Name, World


def start(theorem: Theorem) -> World:
    """A world of the sizes that ``Theorem.example`` says, with its values.

    Raises:
        ValueError: a value has other sizes.
        TypeError: a number is not exact.
    """
    sizes = (theorem.setting.get(size, 2) for size in ("n_agents", "outcomes", "dimension"))
    agents, outcomes, dimension = sizes
    world = World(agents, [Fraction(1, outcomes)] * outcomes, dimension)
    for name, value in theorem.setting.get("values", {}).items():
        world.values |= dict(zip(world.keys(name), _spread(world, name, value)))
    return world


def _spread(world: World, name: Name, value: Any) -> list[Any]:
    """A value given in lists by agent and outcome, as one list."""
    chance = isinstance(name, Symbol) and name.random
    sizes = [world.n] * name.indexed + [world.outcomes] * chance
    inside = [world.dimension] * (2 if isinstance(name, Linear) else int(name.vector))
    if _shape(value) != sizes + inside:
        lists = "lists of " * len(sizes + inside)
        raise ValueError(f"{name_of(name)}={value!r}: it needs {lists}numbers, of the sizes {sizes + inside}")
    values = [value]
    for _ in sizes:
        values = [part for whole in values for part in whole]
    return [_exact(part) for part in values]


def _shape(value: Any) -> list[int]:
    return [len(value), *_shape(value[0])] if isinstance(value, (list, tuple)) else []


def _exact(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_exact(part) for part in value]
    return value if isinstance(value, Surd) else wrap(value).value  # type: ignore[attr-defined]
