"""Vectors known only as linear combinations of named symbols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from eftheory.exact.budget import spend
from eftheory.exact.number import Rational, cleared, common, divisor


class Vector:
    """A linear combination of named symbols (or of what else has names: a form's is of pairs) with rational
    coefficients, kept as integers over their least common denominator; immutable.

    >>> Vector.symbol("x") - Fraction(1, 2) * Vector.symbol("d")
    x - 1/2 d
    """

    __slots__ = ("numbers", "scale")

    def __init__(self, terms: Mapping[Any, Rational] | None = None) -> None:
        self.scale, self.numbers = cleared({name: value for name, value in (terms or {}).items() if value})

    @classmethod
    def over(cls, scale: int, numbers: Mapping[Any, int]) -> Vector:
        """The combination with these coefficients over a denominator."""
        new = cls.__new__(cls)
        if scale > 1 and (shared := divisor(scale, numbers.values())) > 1:
            spend((shared,), numbers.values())
            scale, numbers = scale // shared, {name: x // shared for name, x in numbers.items()}
        new.scale, new.numbers = scale, {name: x for name, x in numbers.items() if x}
        return new

    @classmethod
    def symbol(cls, name: str) -> Vector:
        """The vector that is one symbol."""
        return cls.over(1, {name: 1})

    @classmethod
    def sum(cls, terms: Iterable[tuple[Rational, Vector]]) -> Vector:
        """The combination sum_k factor_k v_k, added up in one pass."""
        terms = [(factor, v) for factor, v in terms if factor and v]
        if len(terms) == 1 and terms[0][0] == 1:
            return terms[0][1]
        scale = common(factor.denominator * v.scale for factor, v in terms)
        total: dict[Any, int] = {}
        for factor, v in terms:
            number = factor.numerator * (scale // (factor.denominator * v.scale))
            spend((number, scale), v.numbers.values())
            for name, value in v.numbers.items():
                total[name] = total.get(name, 0) + number * value
        return cls.over(scale, total)

    def __iter__(self) -> Iterator[tuple[Any, Fraction]]:
        return ((name, self[name]) for name in self.numbers)

    def __getitem__(self, name: str) -> Fraction:
        value = self.numbers.get(name, 0)
        spend((self.scale, self.scale), (value, value))
        return Fraction(value, self.scale)

    def __bool__(self) -> bool:
        return bool(self.numbers)

    def __add__(self, other: Vector) -> Vector:
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector.sum([(1, self), (1, other)]) if other else self

    def __sub__(self, other: Vector) -> Vector:
        return self + -1 * other

    def __rmul__(self, factor: Rational) -> Vector:
        return Vector.sum([(factor, self)]) if self else self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vector) and self.scale == other.scale and self.numbers == other.numbers

    def __hash__(self) -> int:
        return hash((self.scale, frozenset(self.numbers.items())))

    def __repr__(self) -> str:
        text = " + ".join(name if value == 1 else f"{value} {name}" for name, value in self)
        return text.replace("+ -", "- ") or "0"
