"""Sparse linear equations agree with dense elimination."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eftheory.algebra.elimination import reduce_rows
from eftheory.search.general.equations import Equations

ROWS = st.lists(st.lists(st.integers(-3, 3).map(Fraction), min_size=5, max_size=5), min_size=1, max_size=7)


@given(rows=ROWS)
def test_the_same_rows_as_by_dense_elimination_from_the_last_column(rows: list[list[Fraction]]) -> None:
    equations = Equations()
    for row in rows:
        equations.add({j: x for j, x in enumerate(row) if x})
    dense = reduce_rows(rows, range(4, -1, -1))
    assert equations.rows.keys() == set(dense.pivots)
    for pivot, row in dense.by_pivot.items():
        assert equations.rows[pivot] == {j: x for j, x in enumerate(row) if x}


@given(rows=ROWS)
def test_what_follows_is_not_added_and_reduces_to_nothing(rows: list[list[Fraction]]) -> None:
    equations = Equations()
    for row in rows:
        equations.add({j: x for j, x in enumerate(row) if x})
    combined = {j: total for j in range(5) if (total := sum(k * row[j] for k, row in enumerate(rows, 1)))}
    assert not equations.reduced(combined)
    assert not equations.add(combined)
