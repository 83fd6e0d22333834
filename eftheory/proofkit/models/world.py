"""Small worlds in which expressions have values: agents, outcomes with probabilities, vectors of some dimension."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from eftheory.proofkit.kernel.expression import (
    Expectation,
    Image,
    Inner,
    Linear,
    Mean,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
)
from eftheory.proofkit.kernel.substitution import is_indexed, is_random
from eftheory.proofkit.models.surd import sign

Name: TypeAlias = Symbol | Linear
Key: TypeAlias = tuple[Name, int | None, int | None]
"""A name, the agent if each has its own, the outcome if it is random."""
Vector: TypeAlias = list[Any]
Known: TypeAlias = dict[tuple[int, int | None, int | None], Any]
"""Values of averages at an agent and an outcome, by what Python calls the average while it is there."""


@dataclass
class World:
    """Values for names: a number, a list for a vector, a list of rows for a linear map.

    Attributes:
        n: how many agents there are.
        probabilities: of the outcomes.
        dimension: of all vectors.
        values: for each agent and outcome, where they have their own.

    >>> u = Symbol("u", vector=True, indexed=True)
    >>> world = World(2, [Fraction(1)], 2, {(u, 0, None): [1, 2], (u, 1, None): [3, 4]})
    >>> world.value(Mean(u)) == [2, 3]
    True
    """

    n: int
    probabilities: Sequence[Fraction]
    dimension: int
    values: dict[Key, Any] = field(default_factory=dict)

    @property
    def outcomes(self) -> int:
        """The number of outcomes."""
        return len(self.probabilities)

    def keys(self, name: Name) -> list[Key]:
        """A key for each agent and outcome that have their own value of a name."""
        chance = isinstance(name, Symbol) and name.random
        agents: Sequence[int | None] = range(self.n) if name.indexed else [None]
        outcomes: Sequence[int | None] = range(self.outcomes) if chance else [None]
        return [(name, i, w) for i, w in itertools.product(agents, outcomes)]

    def places(self, node: Node) -> Iterator[tuple[int, int]]:
        """The agents and outcomes at which an expression may differ."""
        agents = range(self.n) if is_indexed(node) else range(1)
        return itertools.product(agents, range(self.outcomes) if is_random(node) else range(1))

    def value(self, node: Node, i: int | None = None, w: int | None = None, known: Known | None = None) -> Any:
        """The value of an expression, at an agent and an outcome.

        Args:
            node: the expression.
            i: the agent.
            w: the outcome.
            known: values of the averages in it so far, each at an agent and an outcome; they may lie in each other.

        Raises:
            ZeroDivisionError: a denominator is zero.
        """
        known = {} if known is None else known
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Symbol):
            return self.values[node, i if node.indexed else None, w if node.random else None]
        if isinstance(node, Sum):
            terms = [self.value(term, i, w, known) for term in node.terms]
            return [sum(xs) for xs in zip(*terms)] if node.is_vector else sum(terms)
        if isinstance(node, Product):
            return self._product(node, i, w, known)
        if isinstance(node, Quotient):
            below, above = self.value(node.denominator, i, w, known), self.value(node.numerator, i, w, known)
            return [x / below for x in above] if node.is_vector else above / below
        if isinstance(node, Power):
            return self.value(node.base, i, w, known) ** node.exponent
        if isinstance(node, Inner):
            a = self.value(node.a, i, w, known)
            return sum(x * y for x, y in zip(a, a if node.b is node.a else self.value(node.b, i, w, known)))
        if isinstance(node, Image):
            vector = self.value(node.body, i, w, known)
            rows = self.values[node.map, i if node.map.indexed else None, None]
            return [sum(c * x for c, x in zip(row, vector)) for row in rows]
        if (id(node), i, w) in known:
            return known[id(node), i, w]
        if isinstance(node, Mean):
            found = _weighted(node, [(Fraction(1, self.n), self.value(node.body, j, w, known)) for j in range(self.n)])
        elif isinstance(node, Expectation):
            found = _weighted(node, [(p, self.value(node.body, i, v, known)) for v, p in enumerate(self.probabilities)])
        else:
            raise TypeError(f"{type(node).__name__} is no expression")
        known[id(node), i, w] = found
        return found

    def _product(self, node: Product, i: int | None, w: int | None, known: Known) -> Any:
        scale: Any = Fraction(1)
        vector: Vector | None = None
        for factor in node.factors:
            value = self.value(factor, i, w, known)
            if factor.is_vector:
                vector = value
            else:
                scale = scale * value
        return scale if vector is None else [scale * x for x in vector]

    def slacks(self, relation: Relation) -> list[Any]:
        """Right - left at all agents and outcomes, and in all coordinates."""
        slack = relation.slack
        found = [self.value(slack, i, w) for i, w in self.places(slack)]
        return [x for vector in found for x in vector] if slack.is_vector else found

    def holds(self, relation: Relation) -> bool:
        """Whether the relation holds for every agent and outcome; where a denominator is zero it says nothing."""
        try:
            return all(agrees(relation.sign, slack) for slack in self.slacks(relation))
        except ZeroDivisionError:
            return False


def agrees(relation: str, slack: Any) -> bool:
    """Whether right - left is as the sign of a relation says."""
    found = sign(slack)
    return found == 0 if relation == "=" else found > 0 if relation == "<" else found >= 0


def _weighted(node: Node, pairs: list[tuple[Fraction, Any]]) -> Any:
    if node.is_vector:
        return [sum(p * vector[j] for p, vector in pairs) for j in range(len(pairs[0][1]))]
    return sum(p * x for p, x in pairs)


def drawn(values: Mapping[Key, Any]) -> dict[Key, Any]:
    """A copy that may be changed."""
    return {key: [*value] if isinstance(value, list) else value for key, value in values.items()}
