"""A nonnegative quadratic form as a sum of squares that people can read."""

from __future__ import annotations

from fractions import Fraction

from eftheory.algebra.squares import split_into_squares
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
        for k, (weight, vector) in enumerate(split_into_squares(form.quadratic, names)):
            if weight < 0 or (k > 0 and len(vector) > 1 and len(block) > MOST_SYMBOLS):
                return None
            squares.append((weight, Vector({name: vector[name] for name in names if name in vector})))
    return squares
