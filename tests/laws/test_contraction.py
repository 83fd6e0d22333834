from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory import laws
from tests.laws.strategies import alphas, square_alphas

LAWS = (laws.theta, laws.beta, laws.xi)


@given(alphas)
def test_exact_and_float_values_agree(alpha) -> None:
    for law in LAWS:
        assert float(law(alpha)) == pytest.approx(law(float(alpha)), rel=1e-13)


@given(square_alphas)
def test_rational_radicals_give_fractions(alpha) -> None:
    assert all(isinstance(law(alpha), Fraction) for law in LAWS)


@given(square_alphas)
def test_identities(alpha) -> None:
    theta, beta, xi = (law(alpha) for law in LAWS)
    assert (1 - theta) ** 2 == 1 - alpha
    assert beta == (1 - theta) ** 2 / theta
    assert xi == (1 - theta) / theta
    assert xi**2 == beta / theta
    assert xi == (1 + (1 - theta)) / alpha - 1
    assert alpha / 2 <= theta <= alpha
    assert xi <= 2 / alpha - 1


def test_identities_hold_for_symbols() -> None:
    s = sympy.Symbol("s", positive=True)
    alpha = 1 - s**2
    theta, beta, xi = (law(alpha) for law in LAWS)
    assert sympy.simplify(1 - theta - s) == 0
    assert sympy.simplify(beta - (1 - theta) ** 2 / theta) == 0
    assert sympy.simplify(xi**2 - beta / theta) == 0
    assert sympy.simplify(xi - ((1 + s) / alpha - 1)) == 0


@given(square_alphas, square_alphas)
def test_more_compression_is_worse(one, other) -> None:
    low, high = sorted((one, other))
    assert laws.theta(low) <= laws.theta(high)
    assert laws.beta(low) >= laws.beta(high)
    assert laws.xi(low) >= laws.xi(high)


@given(square_alphas.filter(lambda alpha: alpha < 1), st.fractions(Fraction(1, 100), 10))
def test_the_optimal_young_parameter_is_optimal(alpha, young) -> None:
    best = laws.optimal_young(alpha)
    assert laws.theta_young(alpha, best) == laws.theta(alpha)
    assert laws.beta_young(alpha, best) == laws.beta(alpha)
    theta, beta = laws.theta_young(alpha, young), laws.beta_young(alpha, young)
    if theta > 0:
        assert beta / theta >= laws.beta(alpha) / laws.theta(alpha)


@pytest.mark.parametrize("exponent", [3, 9, 15, 30, 200])
def test_floats_keep_their_digits_for_small_alpha(exponent) -> None:
    alpha = float(f"1e-{exponent}")
    s = sympy.sqrt(1 - sympy.Rational(alpha))
    assert laws.theta(alpha) == pytest.approx(float((1 - s).evalf(40, maxn=2000)), rel=1e-15)
    assert laws.xi(alpha) == pytest.approx(float((s / (1 - s)).evalf(40, maxn=2000)), rel=1e-14)


def test_without_compression() -> None:
    assert [law(1) for law in LAWS] == [1, 0, 0]
    with pytest.raises(ValueError, match=r"alpha=1: .* infinite"):
        laws.optimal_young(1)


@pytest.mark.parametrize("alpha", [0, -1, 2, Fraction(5, 4), 1.5, sympy.Rational(3, 2)])
def test_alpha_out_of_range(alpha) -> None:
    for law in (*LAWS, laws.optimal_young):
        with pytest.raises(ValueError, match=r"alpha=.*must lie in \(0, 1\]"):
            law(alpha)


def test_young_out_of_range() -> None:
    with pytest.raises(ValueError, match=r"young=0: .* must be positive"):
        laws.theta_young(Fraction(1, 2), 0)
