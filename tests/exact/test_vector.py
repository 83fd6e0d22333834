from fractions import Fraction

import pytest
from hypothesis import given

from eftheory.exact import Vector
from tests.kit.strategies import NAMES, rationals, vectors


def coefficients(v: Vector) -> list[Fraction]:
    """The oracle: a vector as a plain list of numbers."""
    return [v[name] for name in NAMES]


@given(vectors(), vectors(), rationals(), rationals())
def test_vectors_are_lists_of_coefficients(v, w, a, b):
    assert coefficients(a * v + b * w) == [a * x + b * y for x, y in zip(coefficients(v), coefficients(w))]
    assert coefficients(v - w) == [x - y for x, y in zip(coefficients(v), coefficients(w))]


@given(vectors(), vectors())
def test_equality_is_equality_of_coefficients(v, w):
    assert (v == w) == (coefficients(v) == coefficients(w))
    assert v + w - w == v
    assert hash(v + w - w) == hash(v)
    assert bool(v) == any(coefficients(v))


@given(vectors(), vectors())
def test_operations_leave_their_operands_alone(v, w):
    before = coefficients(v), coefficients(w)
    results = (v + w, v - w, 3 * v)
    assert (coefficients(v), coefficients(w)) == before
    assert results[2] != results[0] or 2 * v == w


def test_zero_coefficients_are_dropped():
    x = Vector.symbol("x")
    assert not x - x
    assert dict(x - x) == {}
    assert dict(Vector({"x": Fraction(0), "y": Fraction(2)})) == {"y": Fraction(2)}
    assert x["unknown"] == 0


@pytest.mark.parametrize("other", [1, Fraction(1, 2), "x", None, [1]])
def test_numbers_and_text_are_no_vectors(other):
    x = Vector.symbol("x")
    with pytest.raises(TypeError):
        x + other
    with pytest.raises(TypeError):
        x - other
    assert x != other


def test_text():
    x, d = Vector.symbol("x"), Vector.symbol("d")
    assert repr(x - Fraction(1, 2) * d) == "x - 1/2 d"
    assert repr(Vector()) == "0"
