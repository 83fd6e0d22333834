"""Linear equations by row reduction, over fractions or any other numbers with exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar


class Number(Protocol):
    """What is added, multiplied and divided without error; only zero is false."""

    def __sub__(self, other: Any, /) -> Any: ...
    def __mul__(self, other: Any, /) -> Any: ...
    def __truediv__(self, other: Any, /) -> Any: ...
    def __neg__(self) -> Any: ...


F = TypeVar("F", bound=Number)


@dataclass(frozen=True)
class Echelon(Generic[F]):
    """Rows in reduced echelon form: each is one in the column of its pivot, and there all others are zero.

    Attributes:
        rows: none of them zero.
        pivots: the column of each row's pivot.
        order: all columns; each pivot is the first of them in which its row is not zero.
    """

    rows: list[list[F]]
    pivots: list[int]
    order: Sequence[int]

    def remainder(self, row: Sequence[F]) -> list[F]:
        """What is left of a row modulo these: zero if it is a combination of them.

        >>> reduce_rows([[Fraction(1), Fraction(2)]]).remainder([Fraction(1), Fraction(3)])
        [Fraction(0, 1), Fraction(1, 1)]
        """
        left = list(row)
        for other, pivot in zip(self.rows, self.pivots):
            left = _without(left, other, pivot)
        return left

    def null_space(self) -> list[list[F | Fraction]]:
        """A basis of the vectors that all rows send to zero: one vector for each column without a pivot.

        >>> reduce_rows([[Fraction(1), Fraction(2)]]).null_space()
        [[Fraction(-2, 1), Fraction(1, 1)]]
        """
        basis = []
        for free in self.order:
            if free not in self.pivots:
                vector: list[F | Fraction] = [Fraction(int(column == free)) for column in range(len(self.order))]
                for row, pivot in zip(self.rows, self.pivots):
                    vector[pivot] = -row[free]
                basis.append(vector)
        return basis

    def solution(self) -> list[F | Fraction] | None:
        """What solves the equations whose right sides are the last column; None if they contradict each other.

        Unknowns that the equations leave free are zero.
        """
        last = len(self.order) - 1
        if last in self.pivots:
            return None
        found: list[F | Fraction] = [Fraction(0)] * last
        for row, pivot in zip(self.rows, self.pivots):
            found[pivot] = row[last]
        return found


def reduce_rows(rows: Sequence[Sequence[F]], order: Sequence[int] | None = None) -> Echelon[F]:
    """The reduced row echelon form, by Gauss-Jordan elimination.

    Args:
        rows: of the matrix.
        order: all columns, in the order in which pivots are sought in them; from left to right if not given.

    >>> reduce_rows([[Fraction(2), Fraction(4)], [Fraction(1), Fraction(2)]]).rows
    [[Fraction(1, 1), Fraction(2, 1)]]
    """
    left = [list(row) for row in rows]
    order = range(len(left[0]) if left else 0) if order is None else order
    done: list[list[F]] = []
    pivots: list[int] = []
    for column in order:
        at = next((k for k, row in enumerate(left) if row[column]), None)
        if at is not None:
            row = left.pop(at)
            row = [x / row[column] for x in row]
            done = [_without(other, row, column) for other in done]
            left = [_without(other, row, column) for other in left]
            done.append(row)
            pivots.append(column)
    return Echelon(done, pivots, order)


def solve(rows: Iterable[Sequence[F]], right: Iterable[F], order: Sequence[int]) -> list[F | Fraction] | None:
    """The x with rows x = right that is zero in as many of the last unknowns as possible; None if there is none.

    Args:
        rows: of the matrix.
        right: sides.
        order: of the unknowns, the first to be determined first.

    >>> solve([[Fraction(1), Fraction(1)]], [Fraction(3)], [1, 0])
    [Fraction(0, 1), Fraction(3, 1)]
    """
    return reduce_rows([[*row, b] for row, b in zip(rows, right)], [*order, len(order)]).solution()


def left_null_space(rows: Sequence[Sequence[F]]) -> list[list[F | Fraction]]:
    """A basis, in reduced echelon form, of all factors with sum_k factor_k rows_k = 0.

    >>> left_null_space([[Fraction(1)], [Fraction(2)], [Fraction(0)]])
    [[Fraction(1, 1), Fraction(-1, 2), Fraction(0, 1)], [Fraction(0, 1), Fraction(0, 1), Fraction(1, 1)]]
    """
    columns = list(zip(*rows))
    return reduce_rows(reduce_rows(columns, range(len(rows))).null_space()).rows


def _without(row: list[F], other: list[F], pivot: int) -> list[F]:
    """The row minus the multiple of another, which is one in the pivot's column, that makes it zero there."""
    factor = row[pivot]
    return [a - factor * b if b else a for a, b in zip(row, other)] if factor else row
