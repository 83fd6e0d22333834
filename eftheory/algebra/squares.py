"""A quadratic form as a sum of weighted squares, by elimination in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
Row = dict[K, Fraction]


def split_into_squares(
    products: Mapping[tuple[K, K], Fraction],
    symbols: Iterable[K],
    first: Callable[[K, Row[K]], Any] = lambda _, row: 0,
) -> Iterator[tuple[Fraction, Row[K]]]:
    """Weights w and vectors v, as many as the rank, with sum_ab products[a, b] a b = sum w (sum_a v[a] a)^2.

    Each square takes off one symbol, whose coefficient in it is one; where no symbol has a square,
    2ab = ((a + b)^2 - (a - b)^2)/2 takes off two. All weights are positive if and only if the form is nonnegative.

    Args:
        products: the coefficient of each product.
        symbols: in the order in which they are taken off, as far as they have squares; products of others are left out.
        first: of a symbol and its row of the matrix; those with smaller values are taken off before the others.

    >>> list(split_into_squares({("a", "a"): Fraction(1), ("a", "b"): Fraction(2)}, "ab"))
    [(Fraction(1, 1), {'a': Fraction(1, 1), 'b': Fraction(1, 1)}), (Fraction(-1, 1), {'b': Fraction(1, 1)})]
    """
    rows: dict[K, Row[K]] = {symbol: {} for symbol in symbols}
    for (a, b), value in products.items():
        if a in rows and b in rows:
            _add(rows[a], b, value / 2)
            _add(rows[b], a, value / 2)
    while any(rows.values()):
        for weight, vector in _squares_of_next(rows, first):
            yield weight, vector
            for a, x in vector.items():
                for b, y in vector.items():
                    _add(rows[a], b, -weight * x * y)


def _squares_of_next(rows: dict[K, Row[K]], first: Callable[[K, Row[K]], Any]) -> list[tuple[Fraction, Row[K]]]:
    """The square that takes off one symbol, or the two that take off two."""
    with_square = [a for a, row in rows.items() if a in row]
    if with_square:
        a = min(with_square, key=lambda a: first(a, rows[a]))
        return [(rows[a][a], _divided(rows[a], rows[a][a]))]
    a = next(a for a, row in rows.items() if row)
    b, value = next(iter(rows[a].items()))
    u, v = _divided(rows[a], value), _divided(rows[b], value)
    return [
        (sign * value / 2, {c: x for c in {**u, **v} if (x := v.get(c, Fraction(0)) + sign * u.get(c, Fraction(0)))})
        for sign in (1, -1)
    ]


def _divided(row: Row[K], value: Fraction) -> Row[K]:
    return {symbol: x / value for symbol, x in row.items()}


def _add(row: Row[K], symbol: K, value: Fraction) -> None:
    total = row.get(symbol, 0) + value
    if total:
        row[symbol] = total
    else:
        row.pop(symbol, None)
