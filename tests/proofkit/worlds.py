"""Random worlds, and the values in them of what normal forms are made of."""

import random
from fractions import Fraction
from typing import Any

from eftheory.proofkit.kernel.expression import Linear, Symbol
from eftheory.proofkit.models import world
from eftheory.proofkit.models.example import names_in


class World(world.World):
    """With values drawn for all names, for each agent and outcome where they have their own."""

    def __init__(
        self, rng: random.Random, names: set[Symbol | Linear], ranges: dict[Symbol, Any] | None = None
    ) -> None:
        n, outcomes, dimension = rng.randint(1, 4), rng.randint(2, 3), rng.randint(2, 3)
        weights = [rng.randint(1, 4) for _ in range(outcomes)]
        super().__init__(n, [Fraction(w, sum(weights)) for w in weights], dimension)
        ranges = ranges or {}
        for name in sorted(names, key=repr):
            draw = ranges.get(name, lambda r: Fraction(r.randint(-9, 9), r.randint(1, 5)))
            for key in self.keys(name):
                if isinstance(name, Linear):
                    self.values[key] = [[draw(rng) for _ in range(dimension)] for _ in range(dimension)]
                else:
                    self.values[key] = [draw(rng) for _ in range(dimension)] if name.vector else draw(rng)


def atom_value(world: World, atom, i=None, w=None):
    """The value of an atom of a normal form, from what it is documented to mean."""
    if atom[0] in ("scalar", "vector"):
        symbol = Symbol(atom[1], vector=atom[0] == "vector", indexed=atom[2], random=atom[3])
        return world.value(symbol, i, w)
    if atom[0] == "image":
        rows = world.values[Linear(atom[1], atom[2]), i if atom[2] else None, None]
        vector = atom_value(world, atom[3], i, w)
        return [sum(c * x for c, x in zip(row, vector)) for row in rows]
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


def all_symbols(*relations) -> set[Symbol | Linear]:
    return set().union(*map(names_in, relations))
