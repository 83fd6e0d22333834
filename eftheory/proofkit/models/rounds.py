"""The round after an example: a theorem over time assumes its hypotheses at every time, so they must hold there, too.

What is followed over time has then the value that its successor had, parameters and linear maps stay as they are, and
all else is free. After two rounds nobody looks: hypotheses that hold there may still exclude a third.
"""

from __future__ import annotations

from typing import Any

from eftheory.proofkit.kernel.expression import Linear, Node, Relation, Symbol
from eftheory.proofkit.kernel.reason import Repeated, Telescoped
from eftheory.proofkit.kernel.sequences import names_over_time, reasons_over_time
from eftheory.proofkit.kernel.substitution import substitute_relation
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.models.example import Example, names_in
from eftheory.proofkit.models.world import Name, World


def successors(theorem: Theorem) -> dict[Symbol, Symbol]:
    """What is followed over time, and what it is one step later; nothing if the theorem speaks of one time."""
    return {
        now: after
        for reason, _ in reasons_over_time(theorem, theorem.shelf)
        if isinstance(reason, (Repeated, Telescoped))
        for now, after in reason.after.items()
    }


def has_rounds(theorem: Theorem) -> bool:
    """Whether a second round is looked for: it speaks of time."""
    return bool(successors(theorem))


def fixed(theorem: Theorem) -> set[Name]:
    """The names that mean the same at all times."""
    return {*names_over_time(theorem, theorem.shelf), *(parameter.symbol for parameter in theorem.parameters)}


def known_of_the_next(theorem: Theorem) -> list[tuple[str, Relation]]:
    """The hypotheses about what is followed over time alone, one step later: an example has to meet them, too."""
    after, constant = successors(theorem), fixed(theorem)
    return [
        (f"{step.name}, at time 1", substitute_relation(step.relation, after))
        for step in theorem.givens
        if after.keys() & names_in(step.relation) and names_in(step.relation) <= constant | after.keys()
    ]


def next_round(example: Example, outcome: int) -> Theorem:
    """The theorem without its proof, one step later if this is the outcome of the first one."""
    theorem, world = example.theorem, example.world
    after, constant = successors(theorem), fixed(theorem)
    given = {name: _put_in(world, name, it, outcome) for name, it in theorem.setting.get("later", {}).items()}
    values: dict[Name, Any] = {**given, **example.parameters}
    for now, later in after.items():
        if all(key in world.values for key in world.keys(later)):
            values[now] = world.value(later, None, outcome)
    for name in {name for step in theorem.givens for name in names_in(step.relation)}:
        if isinstance(name, Linear):
            found = [world.values[key] for key in world.keys(name)]
            values[name] = found if name.indexed else found[0]
    later_on = Theorem(f"{theorem.slug}, one step later", theorem.title, parameters=theorem.parameters)
    later_on.givens = [step for step in theorem.givens if not names_in(step.relation) <= constant]
    sizes = {"n_agents": world.n, "dimension": world.dimension, "outcomes": world.outcomes}
    later_on.setting = {**sizes, "values": values}
    return later_on


def _put_in(world: World, name: Name, value: Any, outcome: int) -> Any:
    """A value of the next round that is an expression in those of this one; it is the same in all its outcomes."""
    if not isinstance(value, Node):
        return value
    chance = isinstance(name, Symbol) and name.random
    own = [world.value(value, i, outcome) for i in range(world.n if name.indexed else 1)]
    found = [[each] * world.outcomes if chance else each for each in own]
    return found if name.indexed else found[0]


def outcomes(example: Example) -> range:
    """The outcomes after which something different is known of the next round."""
    chance = any(after.random for after in successors(example.theorem).values())
    return range(example.world.outcomes if chance else 1)
