"""Linear equations with few entries in each row, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Row = dict[int, Fraction]


class Equations:
    """Rows in reduced echelon form that are to vanish; the pivot of a row is its last column.

    >>> equations = Equations()
    >>> equations.add({0: Fraction(1), 2: Fraction(2)})
    True
    >>> equations.rows
    {2: {0: Fraction(1, 2), 2: Fraction(1, 1)}}
    """

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self._users: dict[int, set[int]] = {}  # of a column: the pivots of rows where it is not zero

    def reduced(self, row: Mapping[int, Fraction]) -> Row:
        """What is left of a row modulo these."""
        left: Row = {}
        for column, value in row.items():
            if column in self.rows:
                for j, x in self.rows[column].items():
                    if j != column:
                        _add(left, j, -value * x)
            else:
                _add(left, column, value)
        return left

    def add(self, row: Mapping[int, Fraction]) -> bool:
        """Enter an equation; False if it follows from those that are there."""
        left = self.reduced(row)
        if not left:
            return False
        pivot = max(left)
        scaled = {j: x / left[pivot] for j, x in left.items()}
        for other in self._users.pop(pivot, set()):
            target = self.rows[other]
            factor = target.pop(pivot)
            for j, x in scaled.items():
                if j != pivot:
                    _add(target, j, -factor * x)
                    users = self._users.setdefault(j, set())
                    (users.add if j in target else users.discard)(other)
        self.rows[pivot] = scaled
        for j in scaled:
            if j != pivot:
                self._users.setdefault(j, set()).add(pivot)
        return True


def _add(row: Row, j: int, value: Fraction) -> None:
    total = row.get(j, 0) + value
    if total:
        row[j] = total
    else:
        row.pop(j, None)
