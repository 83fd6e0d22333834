"""A quadratic form as a sum of squares, by LDL^T in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

from eftheory.exact.form import Form
from eftheory.exact.vector import Vector

MOST_SYMBOLS = 12
"""Larger blocks are not written as squares: their fractions grow long, and nobody reads them."""

Square = tuple[Fraction, Vector]


def sum_of_squares(form: Form, order: list[str] | None = None) -> list[Square] | None:
    """Weights and vectors with form = sum_k weight_k ||vector_k||^2, weights positive.

    Args:
        form: without function values.
        order: its symbols, in the order in which they are eliminated; by name if not given.

    Returns:
        The squares; None if the form is not nonnegative, or has a block of more than
        ``MOST_SYMBOLS`` symbols that is not nearly diagonal.

    >>> u, g = Vector.symbol("u"), Vector.symbol("g")
    >>> from eftheory.exact import square
    >>> sum_of_squares(square(u + g) + square(g), ["u", "g"])
    [(Fraction(1, 1), u + g), (Fraction(1, 1), g)]
    """
    squares: list[Square] = []
    position = {name: k for k, name in enumerate(order or sorted({name for pair in form.quadratic for name in pair}))}
    for block in form.blocks():
        names = sorted(block, key=lambda name: position[name])
        rows = form.matrix(names)
        for k, name in enumerate(names):
            row, pivot = rows[k], rows[k][k]
            coupled = [j for j in range(k + 1, len(names)) if row[j]]
            if pivot < 0 or (pivot == 0 and coupled) or (k > 0 and coupled and len(names) > MOST_SYMBOLS):
                return None
            if pivot == 0:
                continue
            squares.append((pivot, Vector({name: Fraction(1), **{names[j]: row[j] / pivot for j in coupled}})))
            for i in coupled:
                for j in coupled:
                    rows[i][j] -= row[i] * row[j] / pivot
    return squares
