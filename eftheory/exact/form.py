"""Quadratic forms: what is left of vectors once only their inner products matter."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from eftheory.exact.budget import plus, spend
from eftheory.exact.semidefinite import negative_direction
from eftheory.exact.vector import Rational, Vector

Pair = tuple[str, str]


class Form:
    """A quadratic form in vector symbols plus a linear form in function values.

    ``quadratic[a, b]`` with a <= b is the coefficient of <a, b>, ``values`` the linear part.

    >>> square(Vector.symbol("u") - Vector.symbol("g"))
    <g, g> - 2 <g, u> + <u, u>
    """

    __slots__ = ("quadratic", "values")

    def __init__(self, quadratic: dict[Pair, Fraction] | None = None, values: Vector | None = None) -> None:
        self.quadratic = {pair: value for pair, value in (quadratic or {}).items() if value}
        self.values = values or Vector()

    def __add__(self, other: Form) -> Form:
        return Form.sum([(1, self), (1, other)])

    def __sub__(self, other: Form) -> Form:
        return Form.sum([(1, self), (-1, other)])

    def __rmul__(self, factor: Rational) -> Form:
        return Form.sum([(factor, self)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.quadratic == other.quadratic and self.values == other.values

    __hash__ = None  # type: ignore[assignment]

    @staticmethod
    def sum(terms: Iterable[tuple[Rational, Form]]) -> Form:
        """The combination sum_k factor_k form_k, added up in one pass."""
        total: dict[Pair, Fraction] = {}
        values = Vector()
        for factor, form in terms:
            if factor:
                spend((factor,), form.quadratic.values())
                for pair, value in form.quadratic.items():
                    total[pair] = plus(total[pair], factor * value) if pair in total else factor * value
                values = values + factor * form.values if form.values else values
        return Form(total, values)

    def blocks(self) -> list[list[str]]:
        """The symbols split into groups between which no product occurs."""
        groups: dict[str, set[str]] = {}
        for a, b in self.quadratic:
            if b not in groups.get(a, ()):
                union = groups.get(a, {a}) | groups.get(b, {b})
                groups.update(dict.fromkeys(union, union))
        return sorted(map(sorted, {min(group): group for group in groups.values()}.values()))

    def matrix(self, symbols: list[str]) -> list[list[Fraction]]:
        """The symmetric matrix of the quadratic part in the given order of symbols."""
        index = {name: row for row, name in enumerate(symbols)}
        rows = [[Fraction(0)] * len(symbols) for _ in symbols]
        for (a, b), value in self.quadratic.items():
            if a in index and b in index:
                i, j = index[a], index[b]
                rows[i][j] = rows[j][i] = value if i == j else value / 2
        return rows

    def negative_part(self) -> str | None:
        """Name a symbol of a block in which the quadratic part can be negative; None if it never is."""
        for block in self.blocks():
            position = negative_direction(self.matrix(block))
            if position is not None:
                return block[position]
        return None

    def __repr__(self) -> str:
        ordered = sorted(self.quadratic.items())
        parts = [f"<{a}, {b}>" if value == 1 else f"{value} <{a}, {b}>" for (a, b), value in ordered]
        return " + ".join(parts + [repr(self.values)] * bool(self.values)).replace("+ -", "- ") or "0"


def inner(v: Vector, w: Vector) -> Form:
    """The form <v, w>."""
    terms: dict[Pair, Fraction] = {}
    spend((x for _, x in v), (y for _, y in w))
    for a, x in v:
        for b, y in w:
            pair = (a, b) if a <= b else (b, a)
            terms[pair] = plus(terms[pair], x * y) if pair in terms else x * y
    return Form(terms)


def square(v: Vector) -> Form:
    """The form ||v||^2 = <v, v>."""
    return inner(v, v)
