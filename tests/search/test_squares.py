"""A form is the sum of its weighted squares, and there are no more of them than its rank."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.search.matrix import pivot_columns
from eftheory.search.squares import weighted_squares
from tests.strategies import rationals

Rows = list[list[Fraction]]


@st.composite
def symmetric(draw: st.DrawFn) -> Rows:
    """Symmetric matrices with many zeros, the whole diagonal often among them."""
    size = draw(st.integers(0, 6))
    entries = st.one_of(st.just(Fraction(0)), rationals(-3, 3, max_denominator=4))
    hollow = draw(st.booleans())
    rows = [[Fraction(0)] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + (not hollow)):
            rows[i][j] = rows[j][i] = draw(entries)
    return rows


def summed(matrix: Rows) -> Rows:
    """The sum of the weighted squares of a matrix."""
    total = [[Fraction(0)] * len(matrix) for _ in matrix]
    for weight, vector in weighted_squares(matrix):
        for i, x in vector.items():
            for j, y in vector.items():
                total[i][j] += weight * x * y
    return total


@given(symmetric())
def test_the_squares_add_up(matrix: Rows) -> None:
    assert summed(matrix) == matrix


@given(symmetric())
def test_there_are_as_many_as_the_rank(matrix: Rows) -> None:
    squares = weighted_squares(matrix)
    assert len(squares) == len(pivot_columns(matrix, len(matrix)))
    assert all(weight and all(vector.values()) for weight, vector in squares)


@given(st.lists(st.tuples(rationals(1, 3), st.lists(rationals(-3, 3), min_size=5, max_size=5)), max_size=4))
def test_nonnegative_forms_have_positive_weights(squares: list[tuple[Fraction, list[Fraction]]]) -> None:
    """Sylvester's law of inertia."""
    matrix = [[sum((w * v[i] * v[j] for w, v in squares), Fraction(0)) for j in range(5)] for i in range(5)]
    assert all(weight > 0 for weight, _ in weighted_squares(matrix))


@pytest.mark.parametrize("size", [0, 3])
def test_nothing_has_no_squares(size: int) -> None:
    assert weighted_squares([[Fraction(0)] * size] * size) == []
