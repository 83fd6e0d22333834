"""A theorem of ``proofs`` at numbers: whether its hypotheses about numbers hold, and what it claims then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from eftheory.proofkit.kernel.expression import Mean, Node, Number, Relation, Symbol
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.proofkit.kernel.text import write_relation
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.models.world import Known, World

Values: TypeAlias = Mapping[str, Any]
"""By the names of a theorem's symbols: a number, or a list of coordinates for a vector. A name that ends in _i is that
of a symbol of which each type of agents has its own: a tuple of these."""


@cache
def packaged_theorem(slug: str) -> Theorem:
    """The theorem of that name in this package's proofs, as its file states it; no other file is read.

    Raises:
        ValueError: there is none.
    """
    from eftheory.proofkit.contents import packaged_files  # here, since a list of calculators needs neither
    from eftheory.proofkit.loader import load_statement

    if (path := packaged_files().get(slug)) is None:
        raise ValueError(f"slug={slug!r}: there is no such theorem beside this package")
    return load_statement(path)


class _Types(World):
    """Types of agents, of which there are more of some."""

    weights: Sequence[Fraction] = (Fraction(1),)

    def value(self, node: Node, i: int | None = None, w: int | None = None, known: Known | None = None) -> Any:
        if isinstance(node, Mean) and self.n > 1:
            return sum(weight * self.value(node.body, j, w, known) for j, weight in enumerate(self.weights))
        return super().value(node, i, w, known)


@dataclass(frozen=True)
class Instance:
    """A theorem, and values of some of its symbols; of the others nothing is said.

    Args:
        theorem: of ``proofs``.
        values: of its symbols.
        weights: of the types of agents; they sum to one.
        rounded: names of equations whose right side may be the larger one. Such an equation defines a constant that
            is used as an upper bound: it holds exactly once one of the constants that it is made of is raised, too.
    """

    theorem: Theorem
    values: Values
    weights: Sequence[Fraction] = (Fraction(1),)
    rounded: frozenset[str] = frozenset()

    def at(self, **more: Any) -> Instance:
        """The theorem with values of more symbols."""
        return Instance(self.theorem, {**self.values, **more}, self.weights, self.rounded)

    def value(self, node: Node) -> Fraction:
        """The exact value of an expression.

        Raises:
            KeyError: a symbol has no value.
        """
        found: Fraction = self._world.value(node)
        return found

    def failing(self) -> str:
        """The first range or hypothesis that does not hold, of those whose symbols have values; or nothing."""
        world, known = self._world, set(self._symbols)
        for name, relation in self._conditions():
            if _symbols(relation) <= known and not world.holds(relation):
                return f"{name}: {write_relation(relation)}" if name else write_relation(relation)
        return ""

    def allows(self, name: str) -> Callable[[Fraction], bool]:
        """Whether the ranges and hypotheses that one more symbol decides hold, as a function of its value."""
        world, symbol = self._world, Symbol(name)
        known = {*self._symbols, symbol}
        deciding = [each for _, each in self._conditions() if symbol in _symbols(each) <= known]

        def holds(value: Fraction) -> bool:
            world.values[symbol, None, None] = value
            return all(map(world.holds, deciding))

        return holds

    def hypotheses(self) -> list[tuple[str, Relation]]:
        """Names and lines of the theorem's hypotheses, but for those about its parameters, which are tried, and those
        that only say what a symbol stands for.
        """
        numbers = {parameter.symbol for parameter in self.theorem.parameters}
        lines = [(step.name, step.relation) for step in self.theorem.givens if not _symbols(step.relation) <= numbers]
        return [(name, line) for name, line in lines if not (line.sign == "=" and isinstance(line.left, Symbol))]

    def conclusion(self, wanted: Callable[[Relation], bool]) -> Relation:
        """The first claim of that kind.

        Raises:
            ValueError: there is none.
        """
        for relation in self.theorem.conclusions:
            if wanted(relation):
                return relation
        raise ValueError(f"{self.theorem.slug} claims nothing of this kind")

    @property
    def _symbols(self) -> dict[Symbol, tuple[Any, ...]]:
        """The symbols that have values, and these, one for each type of agents."""
        found = {}
        for name, value in self.values.items():
            each = value if isinstance(value, tuple) else (value,)
            found[Symbol(name.removesuffix("_i"), isinstance(each[0], list), name.endswith("_i"))] = each
        return found

    @property
    def _world(self) -> World:
        values: dict[Any, Any] = {}
        for symbol, each in self._symbols.items():
            for i, value in enumerate(each):
                values[symbol, i if symbol.indexed else None, None] = value
        world = _Types(len(self.weights), [Fraction(1)], 1, values)
        world.weights = self.weights
        return world

    def _conditions(self) -> Iterator[tuple[str, Relation]]:
        for parameter in self.theorem.parameters:
            yield from (("", relation) for relation in parameter.relations)
        for step in self.theorem.givens:
            relation = step.relation
            yield step.name, replace(relation, sign="<=") if step.name in self.rounded else relation


def _symbols(relation: Relation) -> set[Symbol]:
    return symbols(relation.left) | symbols(relation.right)


def is_below_one(relation: Relation) -> bool:
    """Whether it says that something, a rate, is less than 1."""
    return relation.sign == "<" and relation.right == Number(Fraction(1))


def bounds(name: str) -> Callable[[Relation], bool]:
    """Whether a relation bounds the symbol of that name from above."""
    return lambda relation: relation.left == Symbol(name)
