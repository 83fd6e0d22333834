"""Vectors in short form: each symbol once, with one coefficient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from eftheory.proofkit.kernel.expression import Mean, Node, Number, Product, Sum, Symbol
from eftheory.proofkit.kernel.normal import AGENTS, Ratio, normal_vector
from eftheory.proofkit.kernel.polynomial import ONE, Atom
from eftheory.proofkit.kernel.substitution import symbols

Names: TypeAlias = Mapping[tuple[Any, ...], Symbol]


def tidy(vector: Node) -> Node:
    """The vector with numbers for coefficients; zero is written as zero times a symbol of it.

    Raises:
        ValueError: a coefficient is no number, or a vector in it is no symbol and no mean of one.

    >>> from eftheory.proofkit.kernel.text import write
    >>> x, p = Symbol("x", vector=True), Symbol("p", vector=True)
    >>> write(tidy((x - p / 3) - x))
    '-(1/3) p'
    """
    names = names_in(vector)
    coefficients = {atom: constant(c) for atom, c in normal_vector(vector).items()}
    if not any(coefficients.values()):
        return Product((Number(Fraction(0)), min((s for s in symbols(vector) if s.vector), key=lambda s: s.name)))
    return linear((c, node_of(atom, names)) for atom, c in coefficients.items())


def vanishes(vector: Node) -> bool:
    """Whether it is zero in normal form."""
    return all(c.is_zero for c in normal_vector(vector).values())


def names_in(node: Node) -> Names:
    """The vectors that occur, by their atoms."""
    return {("vector", s.name, s.indexed, s.random): s for s in symbols(node) if s.vector}


def linear(terms: Iterable[tuple[Fraction, Node]]) -> Node:
    """A sum of multiples, those with a plus sign first."""
    ordered = sorted(((c, v) for c, v in terms if c), key=lambda term: term[0] < 0)
    parts = tuple(v if c == 1 else Product((Number(c), v)) for c, v in ordered)
    return parts[0] if len(parts) == 1 else Sum(parts)


def constant(value: Ratio) -> Fraction:
    """The number that a normal form is.

    Raises:
        ValueError: it is none.
    """
    if not (value.numerator.is_constant and value.denominator.is_constant):
        raise ValueError("a coefficient is no number")
    return value.numerator.terms.get(ONE, Fraction(0)) / value.denominator.terms[ONE]


def node_of(atom: Atom, names: Names) -> Node:
    """The expression of an atom that is a vector or the mean of one.

    Raises:
        ValueError: it is neither.
    """
    if atom in names:
        return names[atom]
    if atom[:3] == ("average vector", AGENTS, ()) and atom[3] in names:
        return Mean(names[atom[3]])
    raise ValueError(f"{atom[0]}: no vector and no mean of one")
