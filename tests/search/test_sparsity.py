"""Sparsity: which products a Lyapunov function may hold, and that it holds no others."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory import certify
from eftheory.check.upper import check_upper
from eftheory.search import search_upper
from eftheory.search.data import read_problem
from eftheory.search.sparsity import allowed_pairs
from eftheory.wording.coordinate import Coordinate
from tests.search.claims import FIRST_PAIR, at_law, types_of

F = Fraction
NAMES = [Coordinate("g - d", 0), Coordinate("g - d", 1), Coordinate("mean g"), Coordinate("x")]
KNOWN = ["g - d", "mean g", "x"]


@pytest.mark.parametrize(
    ("sparsity", "across"),
    [
        ("", {(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)}),
        ("diagonal", set()),
        ("g - d | mean g", {(1, 0)}),
        ("mean g|x", {(1, 0)}),
        ("g - d , x|mean g", {(1, 0), (3, 0), (3, 1)}),
        ("mean g", {(1, 0), (3, 0), (3, 1)}),
    ],
)
def test_groups(sparsity: str, across: set[tuple[int, int]]) -> None:
    squares = {(i, i) for i in range(len(NAMES))}
    assert set(allowed_pairs(NAMES, sparsity, known=KNOWN)) == squares | across


def test_deviations_belong_to_their_coordinate() -> None:
    names = [Coordinate(name, 10, deviation=True) for name in ("e", "h")]
    assert allowed_pairs(names, "e | h", known=["e", "h"]) == ((0, 0), (1, 1))


@pytest.mark.parametrize("sparsity", ["g", "g - d[0]", "g - d || mean g", "x, x", "x | x", "Diagonal", " "])
def test_unknown_and_repeated_names_are_refused(sparsity: str) -> None:
    with pytest.raises(ValueError, match=r"unknown or twice; use coordinates out of: g - d, mean g, x"):
        allowed_pairs(NAMES, sparsity, known=KNOWN)
    with pytest.raises(ValueError, match="unknown or twice"):
        search_upper(at_law("ef21", F(3, 4), (1, F(1, 10))), sparsity="g | mean g")


@pytest.mark.parametrize("sparsity", ["diagonal", "g - d | mean g"])
def test_sparse_functions_reach_the_same_rate_for_the_first_pair(sparsity: str) -> None:
    """A finding: without memory the best V of EF21 needs no products of different coordinates."""
    setting = at_law("ef21", F(8, 9), *FIRST_PAIR)
    full, sparse = search_upper(setting), search_upper(setting, sparsity=sparsity)
    assert full.upper is not None
    assert sparse.upper is not None
    assert sparse.status == "proved"
    assert abs(sparse.upper.rate - full.upper.rate) < F(1, 10**8) * (1 - full.upper.rate)


@pytest.mark.parametrize(("sparsity", "diagonal"), [("diagonal", True), ("g - d | mean g", False)])
def test_certificates_have_no_products_across_groups(sparsity: str, diagonal: bool) -> None:
    setting = at_law("ef21", F(3, 4), (1, F(1, 10), 2), (2, F(1, 3), 3))
    upper = search_upper(setting, sparsity=sparsity).upper
    assert upper is not None
    assert check_upper(setting, upper).proved
    for block in upper.lyapunov:
        for i, row in enumerate(block.rows):
            for j, x in enumerate(row[:i]):
                names = block.symbols[i], block.symbols[j]
                assert not x or not (diagonal or "mean g" in names), names


def test_the_problem_knows_the_pairs_of_every_component() -> None:
    problem = read_problem(at_law("ef21", F(3, 4), (1, F(1, 10), 2)), sparsity="diagonal")
    for component in problem.components:
        assert component.pairs == tuple((i, i) for i in range(len(component.coordinates)))


def test_a_sparsity_that_V_cannot_do_with_is_inconclusive() -> None:
    """In the coordinates x - x* and e of EF the products carry the mean of the errors."""
    found = search_upper(at_law("ef", F(8, 9), *FIRST_PAIR), sparsity="diagonal", engine="center")
    assert found.upper is None
    assert "not below 1" in found.status


def test_the_certificate_says_what_was_left_out() -> None:
    result = certify("ef21", types_of(*FIRST_PAIR), alpha=F(8, 9), step_size="law", sparsity="g - d | mean g")
    assert result.certificate is not None
    assert result.certificate.provenance["template"].endswith("; products only within: g - d | mean g")
    assert result.rate("class_bound") is None  # it would speak of all products
