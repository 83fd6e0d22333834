"""Gaussian elimination in fractions, for the few rows of one step."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Row = list[Fraction]


def reduce_rows(rows: Sequence[Row]) -> list[Row]:
    """The reduced row echelon form, without zero rows.

    >>> reduce_rows([[Fraction(2), Fraction(4)], [Fraction(1), Fraction(2)]])
    [[Fraction(1, 1), Fraction(2, 1)]]
    """
    reduced: list[Row] = []
    for row in rows:
        rest = remainder(row, reduced)
        lead = next((k for k, value in enumerate(rest) if value), None)
        if lead is not None:
            rest = [value / rest[lead] for value in rest]
            reduced = [[a - row[lead] * b for a, b in zip(row, rest)] for row in reduced]
            reduced.append(rest)
    return sorted(reduced, key=lambda row: next(k for k, value in enumerate(row) if value))


def remainder(row: Row, reduced: Sequence[Row]) -> Row:
    """What is left of a row modulo rows in reduced echelon form."""
    for other in reduced:
        lead = next(k for k, value in enumerate(other) if value)
        if row[lead]:
            row = [a - row[lead] * b for a, b in zip(row, other)]
    return row


def independent(rows: Sequence[Row]) -> list[Row]:
    """A basis of the span of the rows, in reduced echelon form."""
    return reduce_rows([row for row in rows if any(row)])


def null_space(rows: Sequence[Row]) -> list[Row]:
    """A basis of all factors with sum_k factor_k rows_k = 0, in reduced echelon form.

    >>> null_space([[Fraction(1)], [Fraction(2)], [Fraction(0)]])
    [[Fraction(1, 1), Fraction(-1, 2), Fraction(0, 1)], [Fraction(0, 1), Fraction(0, 1), Fraction(1, 1)]]
    """
    size, width = len(rows), len(rows[0]) if rows else 0
    marked = [[*row, *(Fraction(int(k == j)) for j in range(size))] for k, row in enumerate(rows)]
    return reduce_rows([row[width:] for row in reduce_rows(marked) if not any(row[:width])])
