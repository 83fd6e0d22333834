from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.algebra.polynomial import Polynomial
from tests.kit.strategies import rationals

coefficient_lists = st.lists(rationals(), min_size=1, max_size=6).map(tuple)


@given(coefficient_lists, rationals())
def test_value_is_the_sum_of_powers(coefficients, x):
    assert Polynomial(coefficients)(x) == sum(c * x**k for k, c in enumerate(coefficients))


@given(coefficient_lists, rationals())
def test_derivative_is_the_linear_term_at_a_point(coefficients, x):
    """P(x + h) = P(x) + h P'(x) + h^2 (...), by the binomial theorem."""
    linear = sum(k * c * x ** (k - 1) for k, c in enumerate(coefficients) if k)
    assert Polynomial(coefficients).derivative()(x) == linear


@given(st.lists(rationals(0, 3), min_size=1, max_size=4), st.integers(4, 60))
def test_the_largest_root_is_enclosed(roots, bits):
    """Products of (x - root): right of the largest root increasing and convex."""
    coefficients = [Fraction(1)]
    for root in roots:
        higher, lower = [Fraction(0), *coefficients], [*coefficients, Fraction(0)]
        coefficients = [a - root * b for a, b in zip(higher, lower)]
    P = Polynomial(tuple(coefficients))
    found = P.largest_root_below(Fraction(4), bits=bits)
    assert found >= max(roots)
    assert P(found) >= 0
    if roots.count(max(roots)) == 1:
        slope = P.derivative()(found)
        assert slope > 0
        assert P(found) / slope < Fraction(1, 2**bits)  # one more Newton step would be this short


def test_a_simple_root_is_found_to_the_last_bit():
    root = Polynomial((Fraction(-2), Fraction(0), Fraction(1))).largest_root_below(Fraction(2), bits=200)
    assert root * root >= 2
    assert (root - Fraction(1, 2**199)) ** 2 < 2


def test_a_start_left_of_the_root_is_refused():
    with pytest.raises(ValueError, match="negative at 1; start right of its largest root"):
        Polynomial((Fraction(-2), Fraction(0), Fraction(1))).largest_root_below(Fraction(1), bits=8)


def test_a_start_at_the_root_stays_there():
    P = Polynomial((Fraction(-1), Fraction(0), Fraction(1)))
    assert P.largest_root_below(Fraction(1), bits=10) == 1
