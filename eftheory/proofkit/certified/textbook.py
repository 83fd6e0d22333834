"""The facts of a class of functions as a textbook writes them, for theorems made of certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import singledispatch

from eftheory.assumptions import SmoothStronglyConvex
from eftheory.assumptions.fact import Fact, Point
from eftheory.proofkit.kernel.expression import Node, Relation, Sum, inner, square
from eftheory.proofkit.tidy import vanishes

Written = tuple[str, Relation, Fraction]
Move = Callable[[int, int], Node]


@singledispatch
def textbook(functions: object, fact: Fact, points: Sequence[Point], move: Move) -> Written | None:
    """A fact's name, with ``{}`` for points, a relation, and the number its slack is times; None if it says nothing.

    Args:
        functions: the class.
        fact: what it says, in expressions.
        points: what the fact is about.
        move: the way between two of them, by their numbers.
    """
    return fact.kind, fact.slack >= 0, Fraction(1)


@textbook.register
def _(functions: SmoothStronglyConvex, fact: Fact, points: Sequence[Point], move: Move) -> Written | None:
    if fact.kind == "interpolation {} {}":
        a, b = points
        if not functions.radius:
            return None
        p = move(a.number, b.number)
        turn = _add(b.gradient, -1 * a.gradient, -functions.centre * p)
        return "{} and {}", square(turn) <= functions.radius**2 * square(p), 1 / functions.radius**2
    high, low = points
    p, least = move(low.number, high.number), low.value
    if not vanishes(low.gradient):
        least = least + inner(low.gradient, p)
    if functions.mu:
        least = least + functions.mu / 2 * square(p)
    if functions.radius:
        turn = _add(high.gradient, -1 * low.gradient, -functions.mu * p)
        least = least + 1 / (4 * functions.radius) * square(turn)
    return "{} above {}", least <= high.value, Fraction(1)


def _add(*terms: Node) -> Node:
    """The sum of vectors, without those that are zero."""
    alive = tuple(term for term in terms if not vanishes(term))
    return alive[0] if len(alive) == 1 else Sum(alive)
