"""Small worlds in which expressions have values: agents, outcomes with probabilities, vectors of given dimension."""

import itertools
import random
from fractions import Fraction
from typing import Any

from eftheory.proofkit.expression import (
    Expectation,
    Inner,
    Mean,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from eftheory.proofkit.substitution import symbols


class World:
    """Values for symbols, for each agent and outcome where they have their own."""

    def __init__(self, rng: random.Random, names: set[Symbol], ranges: dict[Symbol, Any] | None = None) -> None:
        self.n, self.outcomes, self.dimension = rng.randint(1, 4), rng.randint(2, 3), rng.randint(2, 3)
        weights = [rng.randint(1, 4) for _ in range(self.outcomes)]
        self.probabilities = [Fraction(w, sum(weights)) for w in weights]
        self.values: dict[tuple, Any] = {}
        ranges = ranges or {}
        for symbol in sorted(names, key=repr):
            agents = range(self.n) if symbol.indexed else [None]
            chances = range(self.outcomes) if symbol.random else [None]
            draw = ranges.get(symbol, lambda r: Fraction(r.randint(-9, 9), r.randint(1, 5)))
            for i, w in itertools.product(agents, chances):
                size = self.dimension if symbol.vector else 1
                drawn = [draw(rng) for _ in range(size)]
                self.values[symbol, i, w] = drawn if symbol.vector else drawn[0]

    def value(self, node, i=None, w=None):
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Symbol):
            return self.values[node, i if node.indexed else None, w if node.random else None]
        if isinstance(node, Sum):
            parts = [self.value(term, i, w) for term in node.terms]
            return [sum(xs) for xs in zip(*parts)] if node.is_vector else sum(parts)
        if isinstance(node, Product):
            scale = Fraction(1)
            vector = None
            for factor in node.factors:
                if factor.is_vector:
                    vector = self.value(factor, i, w)
                else:
                    scale *= self.value(factor, i, w)
            return scale if vector is None else [scale * x for x in vector]
        if isinstance(node, Quotient):
            below = self.value(node.denominator, i, w)
            above = self.value(node.numerator, i, w)
            return [x / below for x in above] if node.is_vector else above / below
        if isinstance(node, Power):
            return self.value(node.base, i, w) ** node.exponent
        if isinstance(node, Inner):
            return sum(x * y for x, y in zip(self.value(node.a, i, w), self.value(node.b, i, w)))
        if isinstance(node, Mean):
            return self._weighted(node, [(Fraction(1, self.n), self.value(node.body, j, w)) for j in range(self.n)])
        assert isinstance(node, Expectation)
        pairs = [(p, self.value(node.body, i, v)) for v, p in enumerate(self.probabilities)]
        return self._weighted(node, pairs)

    @staticmethod
    def _weighted(node, pairs):
        if node.is_vector:
            return [sum(p * vector[j] for p, vector in pairs) for j in range(len(pairs[0][1]))]
        return sum(p * x for p, x in pairs)

    def holds(self, relation) -> bool:
        """At every agent and outcome."""
        for i, w in itertools.product(range(self.n), range(self.outcomes)):
            left, right = self.value(relation.left, i, w), self.value(relation.right, i, w)
            if not (left == right if relation.sign == "=" else left < right if relation.sign == "<" else left <= right):
                return False
        return True


def atom_value(world: World, atom, i=None, w=None):
    """The value of an atom of a normal form, from what it is documented to mean."""
    if atom[0] in ("scalar", "vector"):
        symbol = Symbol(atom[1], vector=atom[0] == "vector", indexed=atom[2], random=atom[3])
        return world.value(symbol, i, w)
    if atom[0] == "inner":
        return sum(x * y for x, y in zip(atom_value(world, atom[1], i, w), atom_value(world, atom[2], i, w)))
    points = (
        [(Fraction(1, world.n), j, w) for j in range(world.n)]
        if atom[1] == "agents"
        else [(p, i, v) for v, p in enumerate(world.probabilities)]
    )
    if atom[0] == "average":
        return sum(p * monomial_value(world, atom[2], j, v) for p, j, v in points)
    vectors = [
        [p * monomial_value(world, atom[2], j, v) * x for x in atom_value(world, atom[3], j, v)] for p, j, v in points
    ]
    return [sum(xs) for xs in zip(*vectors)]


def monomial_value(world, monomial, i=None, w=None):
    product = Fraction(1)
    for atom, exponent in monomial:
        product *= atom_value(world, atom, i, w) ** exponent
    return product


def polynomial_value(world, polynomial, i=None, w=None):
    return sum((c * monomial_value(world, m, i, w) for m, c in polynomial.terms.items()), Fraction(0))


def all_symbols(*relations) -> set[Symbol]:
    return {s for r in relations for s in symbols(r.left) | symbols(r.right)}
