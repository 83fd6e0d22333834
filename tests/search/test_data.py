"""The exact data of the search say the same as the forms of the checker."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from eftheory.search.data import read_problem
from eftheory.search.engine import generic_start
from eftheory.search.frame import Template
from eftheory.search.matrix import ExactMatrix, dyadic_above, pivot_columns, short
from tests.search.claims import at_law

F = Fraction


@pytest.mark.parametrize(
    ("method", "mean", "deviation"), [("ef", 3 * 2 + 1, 3), ("ef21", 3 * 2 + 1, 3), ("gd", 2 + 1, 1)]
)
def test_only_the_symbols_that_matter_are_left(method: str, mean: int, deviation: int) -> None:
    setting = at_law(method, F(1) if method == "gd" else F(1, 2), (1, F(1, 10), 2), (2, F(1, 3), 10**6))
    sizes = sorted(len(component.symbols) for component in read_problem(setting).components)
    assert sizes == [deviation, deviation, mean]


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_the_generic_start_is_strictly_feasible(method: str) -> None:
    problem = read_problem(at_law(method, F(1, 100), (1000, F(1, 10), 10**6), (2, F(1, 3))))
    start = generic_start(problem)
    assert start is not None
    family = Template(problem, start[1]).family(start[0])
    for block in family.blocks:
        slack = np.einsum("nij,n->ij", block, family.centre)
        assert np.allclose(slack, np.eye(len(slack)), atol=1e-6)


def test_values_balance() -> None:
    problem = read_problem(at_law("cgd", F(3, 4), (1, F(1, 10))))
    assert problem.n_values == 1
    assert [len(row) for row in problem.balance(F(9, 10))] == [1 + 7, 1 + 7]
    assert all(not component.coordinates for component in problem.components)


def test_exact_matrices() -> None:
    third = ExactMatrix.of([[F(1, 3), F(2)], [F(0), F(-5, 7)]], columns=2)
    assert third.plus(F(3, 2), third.T).fractions() == [[F(5, 6), F(2)], [F(3), F(-25, 14)]]
    assert (third @ third.T).fractions() == [[F(37, 9), F(-10, 7)], [F(-10, 7), F(25, 49)]]
    assert ExactMatrix.of_floats(third.floats()).floats().tolist() == third.floats().tolist()
    rounded = third.rounded(20).fractions()
    assert all(abs(x - y) <= F(2, 2**20) for p, q in zip(rounded, third.fractions()) for x, y in zip(p, q))
    assert third.columns([1]).fractions() == [[F(2)], [F(-5, 7)]]
    zero = ExactMatrix.of([[F(0)]], columns=1)
    assert zero.rounded(5).fractions() == [[0]]


def test_pivots_and_roundings() -> None:
    assert pivot_columns([[F(0), F(2), F(4)], [F(0), F(1), F(2)], [F(0), F(0), F(0)]], 3) == [1]
    assert pivot_columns([], 2) == []
    assert short(F(-1, 3), 3) == F(-5, 16) or abs(short(F(-1, 3), 3) + F(1, 3)) < F(1, 16)
    assert short(F(0), 3) == 0
    assert dyadic_above(F(1, 4), 0.25) == F(1, 4)
    assert dyadic_above(F(1, 3), 1e-3) - F(1, 3) < F(1, 1000)
