from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory import laws

coefficients = st.fractions(0, 10, max_denominator=30)


@given(st.fractions(Fraction(1, 10), 10, max_denominator=30), coefficients)
def test_solves_the_quadratic(step, b) -> None:
    a = (1 - b * step) / step**2
    if a >= 0:
        assert laws.exact_step_size_threshold(a, b) == step


@given(coefficients, coefficients.filter(bool))
def test_floats(a, b) -> None:
    step = laws.exact_step_size_threshold(float(a), float(b))
    assert float(a) * step**2 + float(b) * step == pytest.approx(1, rel=1e-12)
    usual = 1 / (float(a) ** 0.5 + float(b))
    assert usual * (1 - 1e-12) <= step <= usual * 1.25 * (1 + 1e-12)


def test_the_factor_is_attained() -> None:
    assert laws.exact_step_size_threshold(4, 3) == Fraction(5, 4) / (2 + 3)


def test_symbols() -> None:
    a, b = sympy.symbols("a b", positive=True)
    step = laws.exact_step_size_threshold(a, b)
    assert sympy.simplify(a * step**2 + b * step) == 1


def test_range() -> None:
    with pytest.raises(ValueError, match="there is no largest"):
        laws.exact_step_size_threshold(0, 0)
    with pytest.raises(ValueError, match="a=-1: "):
        laws.exact_step_size_threshold(-1, 0)
