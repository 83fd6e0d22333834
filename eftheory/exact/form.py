"""Quadratic forms: what is left of vectors once only their inner products matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from eftheory.exact.budget import spend
from eftheory.exact.number import Rational
from eftheory.exact.semidefinite import negative_direction
from eftheory.exact.vector import Vector

Pair = tuple[str, str]


class Form:
    """A quadratic form in vector symbols plus a linear form in function values.

    ``quadratic[a, b]`` with a <= b is the coefficient of <a, b>, ``values`` the linear part.

    >>> square(Vector.symbol("u") - Vector.symbol("g"))
    <g, g> - 2 <g, u> + <u, u>
    """

    __slots__ = ("products", "values")

    def __init__(self, quadratic: Mapping[Pair, Rational] | Vector | None = None, values: Vector | None = None) -> None:
        self.products = quadratic if isinstance(quadratic, Vector) else Vector(quadratic)
        self.values = values or Vector()

    @property
    def quadratic(self) -> dict[Pair, Fraction]:
        """The coefficients of products."""
        return dict(self.products)

    def __add__(self, other: Form) -> Form:
        return Form.sum([(1, self), (1, other)])

    def __sub__(self, other: Form) -> Form:
        return Form.sum([(1, self), (-1, other)])

    def __rmul__(self, factor: Rational) -> Form:
        return Form.sum([(factor, self)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.products == other.products and self.values == other.values

    __hash__ = None  # type: ignore[assignment]

    @staticmethod
    def sum(terms: Iterable[tuple[Rational, Form]]) -> Form:
        """The combination sum_k factor_k form_k, added up in one pass."""
        terms = [*terms]
        products = Vector.sum((factor, form.products) for factor, form in terms)
        return Form(products, Vector.sum((factor, form.values) for factor, form in terms))

    def blocks(self) -> list[list[str]]:
        """The symbols split into groups between which no product occurs."""
        groups: dict[str, set[str]] = {}
        for a, b in self.products.numbers:
            if b not in groups.get(a, ()):
                union = groups.get(a, {a}) | groups.get(b, {b})
                groups.update(dict.fromkeys(union, union))
        return sorted(map(sorted, {min(group): group for group in groups.values()}.values()))

    def matrix(self, symbols: list[str]) -> list[list[Fraction]]:
        """The symmetric matrix of the quadratic part in the given order of symbols."""
        return [[Fraction(value, 2 * self.products.scale) for value in row] for row in self._integers(symbols)]

    def _integers(self, symbols: list[str]) -> list[list[int]]:
        """The matrix, times twice the denominator."""
        index = {name: row for row, name in enumerate(symbols)}
        rows = [[0] * len(symbols) for _ in symbols]
        for (a, b), value in self.products.numbers.items():
            if a in index and b in index:
                i, j = index[a], index[b]
                rows[i][j] = rows[j][i] = 2 * value if i == j else value
        return rows

    def negative_part(self) -> str | None:
        """Name a symbol of a block in which the quadratic part can be negative; None if it never is."""
        for block in self.blocks():
            position = negative_direction(self._integers(block))
            if position is not None:
                return block[position]
        return None

    def __repr__(self) -> str:
        ordered = sorted(self.quadratic.items())
        parts = [f"<{a}, {b}>" if value == 1 else f"{value} <{a}, {b}>" for (a, b), value in ordered]
        return " + ".join(parts + [repr(self.values)] * bool(self.values)).replace("+ -", "- ") or "0"


def inner(v: Vector, w: Vector) -> Form:
    """The form <v, w>."""
    spend(v.numbers.values(), w.numbers.values())
    terms: dict[Pair, int] = {}
    for a, x in v.numbers.items():
        for b, y in w.numbers.items():
            pair = (a, b) if a <= b else (b, a)
            terms[pair] = terms.get(pair, 0) + x * y
    return Form(Vector.over(v.scale * w.scale, terms))


def square(v: Vector) -> Form:
    """The form ||v||^2 = <v, v>."""
    return inner(v, v)
