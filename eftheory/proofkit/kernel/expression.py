"""Expressions as people write them: trees of numbers, symbols, sums, products, averages, linear maps and so on.

A tree says what is printed; what it means is decided by its normal form, in ``normal``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias


class Node:
    """A part of an expression, scalar or vector; frozen, and compared as a tree."""

    is_vector = False

    def __add__(self, other: Any) -> Any:
        return Sum((self, wrap(other)))

    def __radd__(self, other: Any) -> Any:
        return Sum((wrap(other), self))

    def __sub__(self, other: Any) -> Any:
        return Sum((self, Product((Number(Fraction(-1)), wrap(other)))))

    def __rsub__(self, other: Any) -> Any:
        return Sum((wrap(other), Product((Number(Fraction(-1)), self))))

    def __neg__(self) -> Any:
        return Product((Number(Fraction(-1)), self))

    def __mul__(self, other: Any) -> Any:
        return Product((self, wrap(other)))

    def __rmul__(self, other: Any) -> Any:
        return Product((wrap(other), self))

    def __truediv__(self, other: Any) -> Any:
        return Quotient(self, wrap(other))

    def __rtruediv__(self, other: Any) -> Any:
        return Quotient(wrap(other), self)

    def __pow__(self, exponent: int) -> Any:
        if not isinstance(exponent, int) or exponent < 0:
            raise TypeError(f"exponent={exponent!r}: a power is a whole number, at least 0; divide for negative ones")
        return Power(self, exponent)

    def __le__(self, other: Any) -> Relation:
        return Relation(self, "<=", wrap(other))

    def __ge__(self, other: Any) -> Relation:
        return Relation(wrap(other), "<=", self)

    def __lt__(self, other: Any) -> Relation:
        return Relation(self, "<", wrap(other))

    def __gt__(self, other: Any) -> Relation:
        return Relation(wrap(other), "<", self)

    def equals(self, other: Any) -> Relation:
        """The equation; ``==`` compares trees."""
        return Relation(self, "=", wrap(other))

    def __bool__(self) -> bool:
        raise TypeError("an expression has no truth value; is a comparison chained?")


Expression: TypeAlias = Node


@dataclass(frozen=True, eq=True)
class Number(Node):
    """A rational number."""

    value: Fraction


@dataclass(frozen=True)
class Symbol(Node):
    """A scalar or vector.

    Args:
        name: as it is printed in text.
        vector: whether it is one.
        indexed: whether each agent has its own.
        random: whether expectations act on it.
        latex: as it is printed there; by default the name.
    """

    name: str
    vector: bool = False
    indexed: bool = False
    random: bool = False
    latex: str = field(default="", compare=False)

    @property
    def is_vector(self) -> bool:  # type: ignore[override]
        return self.vector


@dataclass(frozen=True)
class Sum(Node):
    """A sum of scalars or of vectors."""

    terms: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not self.terms:
            raise TypeError("a sum has terms")
        if len({term.is_vector for term in self.terms}) > 1:
            raise TypeError("a scalar and a vector are added")

    @property
    def is_vector(self) -> bool:  # type: ignore[override]
        return self.terms[0].is_vector


@dataclass(frozen=True)
class Product(Node):
    """A product of scalars, and at most one vector."""

    factors: tuple[Node, ...]

    def __post_init__(self) -> None:
        if sum(factor.is_vector for factor in self.factors) > 1:
            raise TypeError("two vectors are multiplied: write inner(a, b)")

    @property
    def is_vector(self) -> bool:  # type: ignore[override]
        return any(factor.is_vector for factor in self.factors)


@dataclass(frozen=True)
class Quotient(Node):
    """A scalar or vector, over a scalar."""

    numerator: Node
    denominator: Node

    def __post_init__(self) -> None:
        if self.denominator.is_vector:
            raise TypeError("a vector stands in a denominator")

    @property
    def is_vector(self) -> bool:  # type: ignore[override]
        return self.numerator.is_vector


@dataclass(frozen=True)
class Power(Node):
    """A scalar to a whole power."""

    base: Node
    exponent: int

    def __post_init__(self) -> None:
        if self.base.is_vector:
            raise TypeError("a vector is raised to a power: write square(v)")


@dataclass(frozen=True)
class Inner(Node):
    """<a, b>."""

    a: Node
    b: Node

    def __post_init__(self) -> None:
        if not (self.a.is_vector and self.b.is_vector):
            raise TypeError("an inner product takes two vectors")


@dataclass(frozen=True)
class Mean(Node):
    """(1/n) sum_i of an expression in which agents have their own."""

    body: Node

    @property
    def is_vector(self) -> bool:  # type: ignore[override]
        return self.body.is_vector


@dataclass(frozen=True)
class Expectation(Node):
    """E of an expression, conditional on all that is not random in it."""

    body: Node

    @property
    def is_vector(self) -> bool:  # type: ignore[override]
        return self.body.is_vector


@dataclass(frozen=True)
class Linear:
    """A linear map of vectors that is not random; C(v) is the image of v.

    Args:
        name: as it is printed in text.
        indexed: whether each agent has its own.
        latex: as it is printed there; by default the name.
    """

    name: str
    indexed: bool = False
    latex: str = field(default="", compare=False)

    @property
    def symbol(self) -> Symbol:
        """What stands for it where it is printed."""
        return Symbol(self.name, indexed=self.indexed, latex=self.latex)

    def __call__(self, body: Node) -> Image:
        return Image(self, body)


@dataclass(frozen=True)
class Image(Node):
    """A linear map of a vector: C(a u + b v) = a C(u) + b C(v)."""

    map: Linear
    body: Node
    is_vector = True

    def __post_init__(self) -> None:
        if not self.body.is_vector:
            raise TypeError("a linear map takes a vector")


@dataclass(frozen=True)
class Relation:
    """left <= right, left < right or left = right, between scalars; or an equation of vectors."""

    left: Node
    sign: str
    right: Node

    def __post_init__(self) -> None:
        if self.sign not in ("=", "<=", "<"):
            raise ValueError(f"sign={self.sign!r}: a relation is =, <= or <")
        if self.left.is_vector != self.right.is_vector:
            raise TypeError("a scalar and a vector are compared")
        if self.left.is_vector and self.sign != "=":
            raise TypeError("vectors have no order")

    @property
    def slack(self) -> Node:
        """Right - left, which the relation says is at least zero, above zero, or zero."""
        slack: Node = self.right - self.left
        return slack

    def __bool__(self) -> bool:
        raise TypeError("a relation has no truth value before it is proved")


def wrap(value: Any) -> Node:
    """A number as an expression; floats are refused.

    Raises:
        TypeError: it is no expression and no rational number.
    """
    if isinstance(value, Node):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise TypeError(f"{value!r} is no exact number: write a Fraction")
    return Number(Fraction(value))


def inner(a: Node, b: Node) -> Node:
    """<a, b>."""
    return Inner(a, b)


def square(a: Node) -> Node:
    """||a||^2 of a vector, a^2 of a scalar."""
    if a.is_vector:
        return Inner(a, a)
    power: Node = Power(a, 2)
    return power


def mean(body: Node) -> Node:
    """(1/n) sum_i."""
    return Mean(body)


def expectation(body: Node) -> Node:
    """E, conditional on what is not random."""
    return Expectation(body)
