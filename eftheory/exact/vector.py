"""Vectors known only as linear combinations of named symbols."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd
from typing import Generic, TypeVar

from eftheory.exact.budget import spend
from eftheory.exact.number import Rational, cleared, common

Key = TypeVar("Key", bound=Hashable)
Sum = TypeVar("Sum", bound="Combination")  # type: ignore[type-arg]


class Combination(Generic[Key]):
    """A linear combination with rational coefficients, kept as integers over their least denominator; immutable."""

    __slots__ = ("numbers", "scale")

    def __init__(self, terms: Mapping[Key, Rational] | None = None) -> None:
        self.scale, self.numbers = cleared({key: value for key, value in terms.items() if value} if terms else {})

    @classmethod
    def over(cls: type[Sum], scale: int, numbers: dict[Key, int]) -> Sum:
        """What has these numerators over this denominator."""
        new, divisor = cls.__new__(cls), gcd(scale, *numbers.values()) if scale > 1 else 1
        new.scale, new.numbers = scale // divisor, {key: x // divisor for key, x in numbers.items() if x}
        return new

    @classmethod
    def sum(cls: type[Sum], terms: Iterable[tuple[Rational, Sum]]) -> Sum:
        """The combination sum_k factor_k v_k, added up in one pass."""
        terms = [(factor, v) for factor, v in terms if factor and v.numbers]
        if len(terms) == 1 and terms[0][0] == 1:
            return terms[0][1]
        scale = common(factor.denominator * v.scale for factor, v in terms)
        total: dict[Key, int] = {}
        for factor, v in terms:
            number = factor.numerator * (scale // (factor.denominator * v.scale))
            spend((number, scale), v.numbers.values())
            for key, value in v.numbers.items():
                total[key] = total.get(key, 0) + number * value
        return cls.over(scale, total)

    def __iter__(self) -> Iterator[tuple[Key, Fraction]]:
        return ((key, Fraction(value, self.scale)) for key, value in self.numbers.items())

    def __getitem__(self, key: Key) -> Fraction:
        return Fraction(self.numbers.get(key, 0), self.scale)

    def __bool__(self) -> bool:
        return bool(self.numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Combination) and self.scale == other.scale and self.numbers == other.numbers

    def __hash__(self) -> int:
        return hash((self.scale, frozenset(self.numbers.items())))


class Vector(Combination[str]):
    """A linear combination of named symbols.

    >>> Vector.symbol("x") - Fraction(1, 2) * Vector.symbol("d")
    x - 1/2 d
    """

    __slots__ = ()

    @classmethod
    def symbol(cls, name: str) -> Vector:
        """The vector that is one symbol."""
        return cls.over(1, {name: 1})

    def __add__(self, other: Vector) -> Vector:
        return Vector.sum([(1, self), (1, other)]) if isinstance(other, Vector) else NotImplemented

    def __sub__(self, other: Vector) -> Vector:
        return self + -1 * other

    def __rmul__(self, factor: Rational) -> Vector:
        return Vector.sum([(factor, self)])

    def __repr__(self) -> str:
        text = " + ".join(name if value == 1 else f"{value} {name}" for name, value in self)
        return text.replace("+ -", "- ") or "0"
