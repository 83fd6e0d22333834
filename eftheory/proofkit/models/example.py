"""An example for a theorem: values with which all its hypotheses hold, so that it does not speak of nothing.

Names over time stand for what they are at T = 1: a power of a rate for the rate, a state at time 0 for the
state, one at time T for its successor, an average over time for what is averaged. As hypotheses hold at
every time, what a sum over time takes to be nonnegative has to be so at time 1, too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.proofkit.kernel.expression import Expectation, Node, Number, Relation, Symbol
from eftheory.proofkit.kernel.reason import Geometric, Repeated, Telescoped
from eftheory.proofkit.kernel.sequences import reasons_over_time
from eftheory.proofkit.kernel.substitution import is_random, linear_maps, substitute, substitute_relation, symbols
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.models.surd import Surd
from eftheory.proofkit.models.world import Name, World

ONE = Number(Fraction(1))


class NoExample(Exception):  # noqa: N818 -- it reads as what happened
    """None was found; the message says which hypothesis was in the way."""


@dataclass(frozen=True)
class Example:
    """A theorem in a world.

    Args:
        theorem: that is looked at.
        world: with a value for every name of its statement.
        later: of a theorem over time, that its hypotheses hold one step later, after each outcome of the first.
    """

    theorem: Theorem
    world: World
    later: tuple[Example, ...] = ()

    @property
    def failing(self) -> list[str]:
        """The ranges and hypotheses that do not hold."""
        here = [name for name, relation in conditions(self.theorem) if not self.world.holds(relation)]
        return here + [f"{name}, one step later" for example in self.later for name in example.failing]

    @property
    def refuted(self) -> list[int]:
        """The claims that do not hold, counted from 1."""
        return [j for j, goal in enumerate(claims(self.theorem), 1) if not self.world.holds(goal)]

    @property
    def dull(self) -> list[str]:
        """The names that are zero somewhere, or the same for all agents or outcomes."""
        names = sorted(names_of(self.theorem), key=lambda name: (name.name, name.indexed))
        return [name_of(name) for name in names if is_dull(self.world, name)]

    @property
    def parameters(self) -> dict[Name, Any]:
        """The values of the numbers that have a range: one, or a list of the agents'."""
        over_time = meanings(self.theorem)
        found: dict[Name, Any] = {}
        for symbol in (parameter.symbol for parameter in self.theorem.parameters):
            node = over_time.get(symbol, symbol)
            found[symbol] = [self.world.value(node, i) for i in range(self.world.n if symbol.indexed else 1)]
        return {symbol: values if symbol.indexed else values[0] for symbol, values in found.items()}

    def as_json(self) -> dict[str, object]:
        """All values; those of an agent in lists by agent, those that are random by outcome, vectors innermost."""
        world, values = self.world, {}
        for name in sorted(names_of(self.theorem), key=lambda name: (name.name, name.indexed)):
            keys = world.keys(name)
            found = [_shown(world.values[key]) for key in keys]
            if isinstance(name, Symbol) and name.random and name.indexed:
                found = [found[j : j + world.outcomes] for j in range(0, len(found), world.outcomes)]
            values[name_of(name)] = found if len(keys) > 1 or keys[0][1:] != (None, None) else found[0]
        return {
            "agents": world.n,
            "dimension": world.dimension,
            "probabilities": _shown(list(world.probabilities)),
            "values": values,
            **({"one step later": [example.as_json() for example in self.later]} if self.later else {}),
        }


def name_of(name: Name) -> str:
    """A symbol or linear map as it is printed."""
    return write(name if isinstance(name, Symbol) else name.symbol)


def _shown(value: Any) -> Any:
    return [_shown(part) for part in value] if isinstance(value, list) else str(value)


def meanings(theorem: Theorem) -> dict[Symbol, Node]:
    """What the names over time stand for at T = 1."""
    found: dict[Symbol, Node] = {}
    for reason, _ in reasons_over_time(theorem, theorem.shelf):
        if isinstance(reason, (Repeated, Geometric)):
            found[reason.power] = reason.rate
        if isinstance(reason, (Telescoped, Geometric)):
            found[reason.times] = ONE
        if isinstance(reason, Telescoped):
            found[reason.average] = _expected(reason.quantity)
        if isinstance(reason, (Repeated, Telescoped)):
            found |= {name: now for now, name in reason.initial.items() if isinstance(name, Symbol)}
        if isinstance(reason, Repeated):
            for now, name in reason.final.items():
                if isinstance(name, Symbol):
                    found[name] = _expected(reason.after[now])
    times = {name: node for name, node in found.items() if node is ONE}
    return {name: substitute(node, times) for name, node in found.items()}


def _expected(node: Node) -> Node:
    return Expectation(node) if is_random(node) else node


def conditions(theorem: Theorem) -> list[tuple[str, Relation]]:
    """Ranges and hypotheses at T = 1, with their names."""
    ranges = [(f"range of {write(p.symbol)}", relation) for p in theorem.parameters for relation in p.relations]
    given = [(step.name, step.relation) for step in theorem.givens]
    values = meanings(theorem)
    return [(name, substitute_relation(relation, values)) for name, relation in (*ranges, *given, *_later(theorem))]


def _later(theorem: Theorem) -> list[tuple[str, Relation]]:
    """V >= 0 at time 1, on which a sum over time rests: the hypotheses hold at every time."""
    reasons = [reason for reason, _ in reasons_over_time(theorem, theorem.shelf)]
    sums = [reason for reason in reasons if isinstance(reason, Telescoped)]
    return [(f"{reason.nonnegative}, at time 1", substitute(reason.now, reason.after) >= 0) for reason in sums]


def claims(theorem: Theorem) -> list[Relation]:
    """The conclusions at T = 1."""
    values = meanings(theorem)
    return [substitute_relation(goal, values) for goal in theorem.conclusions]


def names_in(relation: Relation) -> set[Name]:
    """Symbols and linear maps."""
    found: set[Name] = set()
    for side in (relation.left, relation.right):
        found |= symbols(side)
        found |= linear_maps(side)
    return found


def names_of(theorem: Theorem) -> set[Name]:
    """All that the statement speaks of at T = 1."""
    relations: Iterable[Relation] = (*(r for _, r in conditions(theorem)), *claims(theorem))
    ranged: set[Name] = {p.symbol for p in theorem.parameters if p.symbol not in meanings(theorem)}
    return ranged.union(*(names_in(relation) for relation in relations))


def is_dull(world: World, name: Name) -> bool:
    """Whether it is zero, or the same for two agents, or the same in all outcomes."""
    values = {(i, w): world.values[name, i, w] for name, i, w in world.keys(name)}
    if any(not any(value) for value in values.values() if isinstance(value, list)) or not any(values.values()):
        return True
    agents, outcomes = dict.fromkeys(i for i, _ in values), dict.fromkeys(w for _, w in values)
    own = [[values[i, w] for w in outcomes] for i in agents]
    chance = [[values[i, w] for i in agents] for w in outcomes]
    return any(a == b for a, b in itertools.combinations(own, 2)) or (
        len(chance) > 1 and all(a == chance[0] for a in chance)
    )


def is_short(value: Any, length: int = 9) -> bool:
    """Whether a number can be shown to people."""
    return isinstance(value, (Fraction, int, Surd)) and len(str(value)) <= length
