"""Exact matrices do what the same matrices of fractions do, and rounding stays within its promise."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.algebra.elimination import reduce_rows
from eftheory.search.matrix import ExactMatrix, dyadic_above, short
from tests.kit.strategies import rationals

F = Fraction
Rows = list[list[Fraction]]


@st.composite
def rows_of(draw: st.DrawFn, *, square: bool = False) -> tuple[Rows, int]:
    """Small matrices, often singular, and their number of columns."""
    columns = draw(st.integers(0, 4))
    count = columns if square else draw(st.integers(0, 4))
    entries = st.one_of(st.just(F(0)), rationals(-3, 3, max_denominator=4))
    return [[draw(entries) for _ in range(columns)] for _ in range(count)], columns


def product(left: Rows, right: Rows, columns: int) -> Rows:
    return [[sum((x * row[j] for x, row in zip(each, right)), F(0)) for j in range(columns)] for each in left]


def test_arithmetic_by_hand() -> None:
    third = ExactMatrix.of([[F(1, 3), F(2)], [F(0), F(-5, 7)]], columns=2)
    assert third.plus(F(3, 2), third.T).fractions() == [[F(5, 6), F(2)], [F(3), F(-25, 14)]]
    assert (third @ third.T).fractions() == [[F(37, 9), F(-10, 7)], [F(-10, 7), F(25, 49)]]
    assert third.times(F(-3, 2)).fractions() == [[F(-1, 2), F(-3)], [F(0), F(15, 14)]]
    assert third.scaled([F(3), F(0)]).fractions() == [[F(1), F(6)], [F(0), F(0)]]
    assert ExactMatrix.of_floats(third.floats()).floats().tolist() == third.floats().tolist()
    assert third.columns([1]).fractions() == [[F(2)], [F(-5, 7)]]
    assert third.block([1]).fractions() == [[F(-5, 7)]]
    assert third.block([1, 0]).fractions() == [[F(-5, 7), F(0)], [F(2), F(1, 3)]]
    assert third.block([]).shape == (0, 0)


@given(rows_of(), st.data())
def test_products_and_sparse_rows(pair: tuple[Rows, int], data: st.DataObject) -> None:
    rows, columns = pair
    matrix = ExactMatrix.of(rows, columns=columns)
    assert matrix.shape == (len(rows), columns)
    assert matrix.fractions() == rows
    assert (matrix.T @ matrix).fractions() == product([list(c) for c in zip(*rows)] or [[]] * columns, rows, columns)
    sparse = [{j: x for j, x in enumerate(row) if x} for row in rows]
    assert ExactMatrix.of_sparse(sparse, columns=columns).fractions() == rows
    assert matrix.is_zero() == (not any(map(any, rows)))


@given(rows_of(square=True))
def test_inverses(pair: tuple[Rows, int]) -> None:
    rows, size = pair
    matrix = ExactMatrix.of(rows, columns=size)
    if len(reduce_rows(rows).pivots) < size:
        with pytest.raises(ZeroDivisionError):
            matrix.inverse()
        return
    assert (matrix @ matrix.inverse()).fractions() == ExactMatrix.identity(size).fractions()
    assert (matrix.inverse() @ matrix).fractions() == ExactMatrix.identity(size).fractions()


@given(rows_of(), st.integers(1, 60))
def test_rounded_matrices_are_near_and_dyadic(pair: tuple[Rows, int], bits: int) -> None:
    rows, columns = pair
    largest = max((abs(x) for row in rows for x in row), default=F(0))
    rounded = ExactMatrix.of(rows, columns=columns).rounded(bits)
    if largest:
        assert rounded.denominator & (rounded.denominator - 1) == 0
    for exact, near in zip(rows, rounded.fractions(), strict=True):
        assert all(abs(x - y) <= largest / 2**bits for x, y in zip(exact, near, strict=True))


@given(rationals(), st.integers(2, 80))
def test_short_numbers_are_near_and_short(x: Fraction, bits: int) -> None:
    near = short(x, bits)
    assert abs(near - x) <= abs(x) / 2 ** (bits - 1)
    significant = near.numerator // (near.numerator & -near.numerator or 1)
    assert significant.bit_length() <= bits + 1
    assert near.denominator & (near.denominator - 1) == 0
    assert short(-x, bits) == -near


@given(rationals(), st.floats(1e-9, 1e3))
def test_dyadics_lie_above_within_the_resolution(x: Fraction, resolution: float) -> None:
    assert 0 <= dyadic_above(x, resolution) - x < resolution


def test_dyadics_that_fit_stay() -> None:
    assert dyadic_above(F(1, 4), 0.25) == F(1, 4)
    assert short(F(0), 3) == 0


def test_entries_beyond_doubles_are_told() -> None:
    with pytest.raises(OverflowError):
        ExactMatrix.of([[F(10) ** 400]], columns=1).floats()
