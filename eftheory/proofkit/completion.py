"""Complete the squares of a quadratic form: a proposal for ``combine``, which the kernel then checks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from eftheory.proofkit.expression import Node


def complete_squares(form: Callable[..., Any], *vectors: Node) -> list[tuple[Fraction, Node]]:
    """Write a quadratic form as a sum of coefficients times squares, by elimination.

    Coefficients are negative where the form is not positive; the kernel will say so.

    Args:
        form: takes a number in the place of each vector.
        vectors: what the form is taken at, in the order in which they are eliminated.

    Raises:
        ZeroDivisionError: a pivot is zero; another order of the vectors may help.

    >>> from eftheory.proofkit.expression import Symbol
    >>> u, v = Symbol("u", vector=True), Symbol("v", vector=True)
    >>> [str(c) for c, _ in complete_squares(lambda x, y: 2 * x * x + 2 * x * y + y * y, u, v)]
    ['2', '1/2']
    """
    n = range(len(vectors))
    unit = [[Fraction(i == j) for j in n] for i in n]
    double = [[form(*(x + y for x, y in zip(unit[i], unit[j]))) for j in n] for i in n]
    rows = [[(double[i][j] - form(*unit[i]) - form(*unit[j])) / 2 for j in n] for i in n]
    found: list[tuple[Fraction, Node]] = []
    for k in n:
        pivot, row = rows[k][k], [x / rows[k][k] for x in rows[k]]
        found.append((pivot, sum((row[j] * vectors[j] for j in n[k + 1 :]), vectors[k])))
        rows = [[rows[i][j] - pivot * row[i] * row[j] for j in n] for i in n]
    return found
