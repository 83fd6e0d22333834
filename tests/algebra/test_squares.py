"""Squares add up to the form, whatever it is, and say whether it is nonnegative."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory.algebra.squares import split_into_squares
from eftheory.exact import Form, Vector, square
from tests.kit.strategies import rationals

NAMES = "abcde"
Products = dict[tuple[str, str], Fraction]


@st.composite
def forms(draw: st.DrawFn) -> Products:
    """Small forms, often singular and often without squares."""
    zeros = draw(st.sampled_from((st.just(Fraction(0)), rationals(-3, 3, max_denominator=4))))
    entries = st.one_of(st.just(Fraction(0)), rationals(-3, 3, max_denominator=4))
    return {(a, b): draw(zeros if a == b else entries) for a in NAMES for b in NAMES if a <= b}


def matrix(products: Products) -> sympy.Matrix:
    rows = Form(products).matrix(list(NAMES))
    return sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in rows])


@given(forms(), st.permutations(NAMES))
def test_the_squares_add_up(products: Products, order: list[str]) -> None:
    found = split_into_squares(products, order)
    assert Form.sum((weight, square(Vector(vector))) for weight, vector in found) == Form(products)


@given(forms())
def test_there_are_as_many_as_the_rank(products: Products) -> None:
    found = list(split_into_squares(products, NAMES))
    assert len(found) == matrix(products).rank()
    assert all(weight and all(vector.values()) for weight, vector in found)


@given(forms())
def test_all_weights_are_positive_just_if_the_form_is_nonnegative(products: Products) -> None:
    """Sylvester's law of inertia."""
    found = split_into_squares(products, NAMES)
    assert all(weight > 0 for weight, _ in found) == matrix(products).is_positive_semidefinite


@given(st.lists(st.tuples(rationals(1, 3), st.lists(rationals(-3, 3), min_size=5, max_size=5)), max_size=4))
def test_sums_of_squares_have_positive_weights(squares: list[tuple[Fraction, list[Fraction]]]) -> None:
    form = Form.sum((w, square(Vector(dict(zip(NAMES, v))))) for w, v in squares)
    assert all(weight > 0 for weight, _ in split_into_squares(form.quadratic, NAMES))


@given(forms(), st.permutations(NAMES))
def test_symbols_with_squares_leave_in_order(products: Products, order: list[str]) -> None:
    """Each square leads with a symbol that later ones do not hold."""
    found = list(split_into_squares({**products, **{(a, a): Fraction(100) for a in NAMES}}, order))
    assert [min(vector, key=order.index) for _, vector in found] == order
    assert all(vector[a] == 1 for a, (_, vector) in zip(order, found))


def test_the_order_may_depend_on_the_rows() -> None:
    products = {("a", "a"): Fraction(-1), ("a", "b"): Fraction(2), ("b", "b"): Fraction(3), ("c", "c"): Fraction(1)}
    found = list(split_into_squares(products, "abc", first=lambda a, row: (row[a] < 0, len(row))))
    assert [list(vector) for _, vector in found] == [["c"], ["a", "b"], ["a"]]


def test_products_of_a_pair_may_come_in_both_orders() -> None:
    products = {("a", "b"): Fraction(1, 2), ("b", "a"): Fraction(3, 2), ("a", "a"): Fraction(1)}
    assert next(split_into_squares(products, "ab")) == (Fraction(1), {"a": Fraction(1), "b": Fraction(1)})


def test_products_of_other_symbols_are_left_out() -> None:
    products = {("a", "a"): Fraction(2), ("a", "b"): Fraction(1), ("b", "b"): Fraction(1)}
    assert list(split_into_squares(products, "a")) == [(Fraction(2), {"a": Fraction(1)})]


@pytest.mark.parametrize("names", ["", "abc"])
def test_nothing_has_no_squares(names: str) -> None:
    assert list(split_into_squares({("a", "b"): Fraction(0)}, names)) == []
