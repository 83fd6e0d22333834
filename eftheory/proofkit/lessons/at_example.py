"""Every line of a proof in numbers: both sides at the example in which its hypotheses hold, and the room between."""

from __future__ import annotations

from typing import Any

from eftheory.numbers import about
from eftheory.pages.fragments import Table
from eftheory.proofkit.kernel.expression import Relation
from eftheory.proofkit.kernel.substitution import substitute_relation
from eftheory.proofkit.models.example import Example, is_short, meanings
from eftheory.proofkit.models.surd import near, sign
from eftheory.proofkit.models.world import World

COLUMNS = ("line", "left", "right", "right - left")


def lines_at(example: Example) -> Table:
    """The hypotheses and steps at an example, at the agent and the outcome where there is least room.

    Names over time stand for what they are at T = 1. A line that speaks of what the statement does not name has no
    value there, and is left out.
    """
    theorem, values = example.theorem, meanings(example.theorem)
    rows = []
    for step in (*theorem.givens, *theorem.steps):
        try:
            rows.append((step.name, *_sides(example.world, substitute_relation(step.relation, values))))
        except (KeyError, ZeroDivisionError):
            continue
    return Table(COLUMNS, tuple(rows))


def _sides(world: World, relation: Relation) -> tuple[str, str, str]:
    """Both sides and their difference, of a vector the coordinate where there is least room."""
    found = []
    for i, w in world.places(relation.slack):
        left, right = (world.value(side, i, w) for side in (relation.left, relation.right))
        pairs = zip(left, right) if relation.slack.is_vector else [(left, right)]
        found += [(b - a, a, b) for a, b in pairs]
    least = found[0]
    for each in found[1:]:
        least = each if sign(each[0] - least[0]) < 0 else least
    room, left, right = least
    return _number(left), _number(right), _number(room)


def _number(value: Any) -> str:
    """The number itself, if it is short; else a short one near it."""
    return str(value) if is_short(value) else about(near(value), 5)
