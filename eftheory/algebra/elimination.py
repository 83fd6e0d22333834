"""Linear equations by row reduction, over fractions or any other numbers with exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar


class Number(Protocol):
    """What is added, multiplied and divided without error; only zero is false."""

    def __add__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __mul__(self, other: Any, /) -> Any: ...
    def __truediv__(self, other: Any, /) -> Any: ...
    def __neg__(self) -> Any: ...


F = TypeVar("F", bound=Number)


@dataclass(frozen=True)
class Echelon(Generic[F]):
    """Rows in reduced echelon form: each is one in the column of its pivot, where all others are zero.

    Attributes:
        by_pivot: the rows, none of them zero, by the columns of their pivots.
        order: all columns; a pivot is the first of them in which its row is not zero.
    """

    by_pivot: dict[int, list[F]]
    order: Sequence[int]

    @property
    def rows(self) -> list[list[F]]:
        """A basis of what the rows span."""
        return list(self.by_pivot.values())

    @property
    def pivots(self) -> list[int]:
        """The first columns that are independent: all others are combinations of those before them."""
        return list(self.by_pivot)

    def remainder(self, row: list[F]) -> list[F]:
        """What is left of a row modulo these: zero if it is a combination of them.

        >>> reduce_rows([[Fraction(1), Fraction(2)]]).remainder([Fraction(1), Fraction(3)])
        [Fraction(0, 1), Fraction(1, 1)]
        """
        for pivot, other in self.by_pivot.items():
            row = _without(row, other, pivot)
        return row

    def null_space(self) -> list[list[F | Fraction]]:
        """A basis of the vectors that all rows send to zero, one for each column without a pivot.

        >>> reduce_rows([[Fraction(1), Fraction(2)]]).null_space()
        [[Fraction(-2, 1), Fraction(1, 1)]]
        """
        rows, columns = self.by_pivot, range(len(self.order))
        free = [j for j in self.order if j not in rows]
        return [[-rows[k][j] if k in rows else Fraction(int(j == k)) for k in columns] for j in free]


def reduce_rows(rows: Iterable[Sequence[F]], order: Sequence[int] | None = None) -> Echelon[F]:
    """The reduced row echelon form, by Gauss-Jordan elimination.

    Args:
        rows: of the matrix.
        order: all columns, in the order in which pivots are sought in them; from left to right if not given.

    >>> reduce_rows([[Fraction(2), Fraction(4)], [Fraction(1), Fraction(2)]]).rows
    [[Fraction(1, 1), Fraction(2, 1)]]
    """
    left, done = [list(row) for row in rows], dict[int, list[F]]()
    order = range(len(left[0]) if left else 0) if order is None else order
    for column in order:
        at = next((k for k, row in enumerate(left) if row[column]), None)
        if at is not None:
            row = left.pop(at)
            row = [x / row[column] for x in row]
            left = [_without(other, row, column) for other in left]
            done = {**{pivot: _without(other, row, column) for pivot, other in done.items()}, column: row}
    return Echelon(done, order)


def solve(
    rows: Sequence[Sequence[F]], right: Sequence[F], order: Sequence[int], start: Sequence[F] | None = None
) -> list[F | Fraction] | None:
    """The x with rows x = right that is as at the start in the unknowns that the equations leave free.

    Args:
        rows: of the matrix.
        right: sides.
        order: of the unknowns, the first to be determined first.
        start: zero if not given.

    Returns:
        The unknowns; None if the equations contradict each other.

    >>> solve([[Fraction(1), Fraction(1)]], [Fraction(3)], [1, 0], start=[Fraction(5), Fraction(0)])
    [Fraction(5, 1), Fraction(-2, 1)]
    """
    size = len(order)
    x: list[F | Fraction] = [*start] if start else [Fraction(0)] * size
    found = reduce_rows([[*row, b - dot(row, x)] for row, b in zip(rows, right)], [*order, size]).by_pivot
    return None if size in found else [x[k] + found[k][size] if k in found else x[k] for k in range(size)]


def left_null_space(rows: Sequence[Sequence[F]]) -> list[list[F | Fraction]]:
    """A basis, in reduced echelon form, of all factors with sum_k factor_k rows_k = 0.

    >>> left_null_space([[Fraction(1)], [Fraction(2)], [Fraction(0)]])
    [[Fraction(1, 1), Fraction(-1, 2), Fraction(0, 1)], [Fraction(0, 1), Fraction(0, 1), Fraction(1, 1)]]
    """
    return reduce_rows(reduce_rows(zip(*rows), range(len(rows))).null_space()).rows


def dot(a: Iterable[Any], b: Iterable[Any]) -> Any:
    """<a, b>."""
    return sum((x * y for x, y in zip(a, b)), Fraction(0))


def _without(row: list[F], other: list[F], pivot: int) -> list[F]:
    """The row minus the multiple of another, which is one in the pivot's column, that makes it zero there."""
    factor = row[pivot]
    return [a - factor * b if b else a for a, b in zip(row, other)] if factor else row
