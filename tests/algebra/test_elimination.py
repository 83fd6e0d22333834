"""Row reduction agrees with sympy's, and what is read off it solves the equations."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory.algebra.elimination import left_null_space, reduce_rows, solve
from eftheory.proofkit.models.surd import square_root
from tests.kit.strategies import rationals

F = Fraction
Rows = list[list[Fraction]]
ENTRIES = st.one_of(st.just(F(0)), rationals(-3, 3, max_denominator=4))


@st.composite
def matrices(draw: st.DrawFn) -> tuple[Rows, int]:
    """Small matrices, often singular, and their number of columns."""
    columns = draw(st.integers(0, 4))
    return draw(st.lists(st.lists(ENTRIES, min_size=columns, max_size=columns), max_size=5)), columns


def symbolic(rows: Rows, columns: int) -> sympy.Matrix:
    entries = [sympy.Rational(x.numerator, x.denominator) for row in rows for x in row]
    return sympy.Matrix(len(rows), columns, entries)


def fractions(matrix: sympy.Matrix) -> Rows:
    return [[F(int(x.p), int(x.q)) for x in row] for row in matrix.tolist()]


def times(rows: Rows, x: list[Fraction]) -> list[Fraction]:
    return [sum((a * b for a, b in zip(row, x)), F(0)) for row in rows]


@given(matrices(), st.data())
def test_the_echelon_form_is_the_one_that_sympy_finds(pair: tuple[Rows, int], data: st.DataObject) -> None:
    rows, columns = pair
    order = data.draw(st.permutations(range(columns)))
    found = reduce_rows(rows, order)
    reduced, pivots = symbolic([[row[j] for j in order] for row in rows], columns).rref()
    assert found.pivots == [order[k] for k in pivots]
    assert [[row[j] for j in order] for row in found.rows] == fractions(reduced)[: len(pivots)]


@given(matrices(), st.lists(ENTRIES, min_size=5, max_size=5), st.lists(ENTRIES, min_size=4, max_size=4))
def test_remainders_vanish_for_combinations_and_for_nothing_else(
    pair: tuple[Rows, int], factors: list[Fraction], other: list[Fraction]
) -> None:
    rows, columns = pair
    reduced = reduce_rows(rows, range(columns))
    combination = [sum((f * row[j] for f, row in zip(factors, rows)), F(0)) for j in range(columns)]
    assert not any(reduced.remainder(combination))
    rest = reduced.remainder(other[:columns])
    assert not any(rest[pivot] for pivot in reduced.pivots)
    assert any(rest) == (len(reduce_rows([*rows, other[:columns]], range(columns)).rows) > len(reduced.rows))


@given(matrices())
def test_null_spaces_are_those_of_sympy(pair: tuple[Rows, int]) -> None:
    rows, columns = pair
    found = reduce_rows(rows, range(columns)).null_space()
    assert found == [[F(int(x.p), int(x.q)) for x in vector] for vector in symbolic(rows, columns).nullspace()]


@given(matrices(), st.data())
def test_any_order_gives_a_null_space(pair: tuple[Rows, int], data: st.DataObject) -> None:
    rows, columns = pair
    reduced = reduce_rows(rows, data.draw(st.permutations(range(columns))))
    basis = reduced.null_space()
    assert len(basis) + len(reduced.pivots) == columns
    assert not any(any(times(rows, vector)) for vector in basis)
    assert len(reduce_rows(basis, range(columns)).rows) == len(basis)


@given(matrices())
def test_what_sends_all_rows_to_zero(pair: tuple[Rows, int]) -> None:
    rows, _ = pair
    factors = left_null_space(rows)
    assert len(reduce_rows(rows).rows) + len(factors) == len(rows)
    assert factors == reduce_rows(factors).rows
    for factor in factors:
        assert not any(times([list(column) for column in zip(*rows)], factor))


@given(matrices(), st.lists(st.tuples(ENTRIES, ENTRIES), min_size=4, max_size=4), st.data())
def test_equations_are_solved(pair: tuple[Rows, int], known: list[tuple[F, F]], data: st.DataObject) -> None:
    rows, columns = pair
    x, start = ([each[k] for each in known[:columns]] for k in (0, 1))
    right, order = times(rows, x), data.draw(st.permutations(range(columns)))
    free = set(range(columns)) - set(reduce_rows(rows, order).pivots)
    for given_start in (None, start):
        found = solve(rows, right, order, given_start)
        assert found is not None
        assert times(rows, found) == right
        assert all(found[j] == (start[j] if given_start else 0) for j in free)


@given(matrices(), st.lists(ENTRIES, min_size=5, max_size=5))
def test_equations_without_a_solution_are_told(pair: tuple[Rows, int], right: list[Fraction]) -> None:
    rows, columns = pair
    more = [[*row, b] for row, b in zip(rows, right)]
    possible = symbolic(rows, columns).rank() == symbolic(more, columns + 1).rank()
    assert (solve(rows, right, range(columns)) is not None) == possible


def test_roots_are_numbers_too() -> None:
    root = square_root(F(2))
    assert solve([[root, F(1)], [F(1), root]], [F(3), 2 * root], [0, 1]) == [root, F(1)]
    assert reduce_rows([[root, F(2)], [F(1), root]]).rows == [[1, root]]


@pytest.mark.parametrize("rows", [[], [[]], [[F(0), F(0)]]])
def test_nothing_has_no_rows(rows: Rows) -> None:
    assert reduce_rows(rows).rows == []
