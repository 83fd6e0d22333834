"""When one relation says another."""

from __future__ import annotations

from eftheory.proofkit.kernel.expression import Relation, Symbol
from eftheory.proofkit.kernel.normal import normal, normal_vector
from eftheory.proofkit.kernel.sign import same


def listed(symbols: set[Symbol]) -> str:
    """The names of symbols, with commas between."""
    return ", ".join(sorted(symbol.name for symbol in symbols))


def weakened(fact: Relation) -> str:
    """Strictness is lost where a weight may vanish."""
    return "=" if fact.sign == "=" else "<="


def implies(a: str, b: str) -> bool:
    """Whether "left a right" implies "left b right"."""
    return a == b or (b == "<=" and a in ("<", "="))


def says(fact: Relation, goal: Relation) -> bool:
    """Whether an established relation is the goal, or stronger, in normal form."""
    if fact.left.is_vector != goal.left.is_vector or not implies(fact.sign, goal.sign):
        return False
    slacks = [fact.slack, Relation(fact.right, fact.sign, fact.left).slack][: 1 + (fact.sign == "=")]
    if fact.left.is_vector:
        return any(not normal_vector(slack - goal.slack) for slack in slacks)
    return any(same(normal(slack), normal(goal.slack)) for slack in slacks)
