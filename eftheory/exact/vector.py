"""Vectors known only as linear combinations of named symbols."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from eftheory.exact.budget import plus, spend

Rational = Fraction | int


class Vector:
    """A linear combination of named symbols with rational coefficients; immutable.

    >>> Vector.symbol("x") - Fraction(1, 2) * Vector.symbol("d")
    x - 1/2 d
    """

    __slots__ = ("_terms",)

    def __init__(self, terms: Mapping[str, Fraction] | None = None) -> None:
        self._terms = {name: value for name, value in (terms or {}).items() if value}

    @classmethod
    def symbol(cls, name: str) -> Vector:
        """The vector that is one symbol."""
        return cls({name: Fraction(1)})

    def __iter__(self) -> Iterator[tuple[str, Fraction]]:
        return iter(self._terms.items())

    def __getitem__(self, name: str) -> Fraction:
        return self._terms.get(name, Fraction(0))

    def __bool__(self) -> bool:
        return bool(self._terms)

    def __add__(self, other: Vector) -> Vector:
        if not isinstance(other, Vector):
            return NotImplemented
        terms = dict(self._terms)
        for name, value in other:
            terms[name] = plus(terms[name], value) if name in terms else value
        return Vector(terms)

    def __sub__(self, other: Vector) -> Vector:
        return self + -1 * other

    def __rmul__(self, factor: Rational) -> Vector:
        spend((factor,), self._terms.values())
        return self if factor == 1 else Vector({name: factor * value for name, value in self})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vector) and self._terms == other._terms

    def __hash__(self) -> int:
        return hash(frozenset(self._terms.items()))

    def __repr__(self) -> str:
        text = " + ".join(name if value == 1 else f"{value} {name}" for name, value in self)
        return text.replace("+ -", "- ") or "0"
