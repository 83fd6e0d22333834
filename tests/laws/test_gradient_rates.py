from fractions import Fraction

import pytest
import sympy
from hypothesis import given

from eftheory import laws
from tests.laws.strategies import alphas, constants, ratios, square_alphas


@given(constants(), alphas, ratios)
def test_exact_and_float_values_agree(pair, alpha, part) -> None:
    L, mu = pair
    step, floats = part / L, {"alpha": float(alpha)}
    assert float(laws.cgd_step_size(L, mu, alpha=alpha)) == pytest.approx(
        laws.cgd_step_size(float(L), float(mu), **floats), rel=1e-13
    )
    assert float(laws.cgd_rate(L, mu, alpha=alpha)) == pytest.approx(
        laws.cgd_rate(float(L), float(mu), **floats), rel=1e-11, abs=1e-15
    )
    assert float(laws.cgd_rate(L, mu, alpha=alpha, step_size=step)) == pytest.approx(
        laws.cgd_rate(float(L), float(mu), step_size=float(step), **floats), rel=1e-11, abs=1e-15
    )


@given(constants(), square_alphas, ratios)
def test_no_step_beats_the_optimal_one(pair, alpha, part) -> None:
    L, mu = pair
    step, best = laws.cgd_step_size(L, mu, alpha=alpha), laws.cgd_rate(L, mu, alpha=alpha)
    assert laws.cgd_rate(L, mu, alpha=alpha, step_size=step) == best
    assert laws.cgd_rate(L, mu, alpha=alpha, step_size=2 * step * part) >= best
    step, best = laws.gd_step_size(L, mu), laws.gd_rate(L, mu)
    assert laws.gd_rate(L, mu, step_size=step) == best
    assert laws.gd_rate(L, mu, step_size=2 * step * part) >= best


@given(constants(), square_alphas)
def test_compressed_gradient_descent_is_faster_than_error_feedback(pair, alpha) -> None:
    L, mu = pair
    below, _ = laws.enclose(laws.tight_rate(L, mu, alpha=alpha), bits=100)
    cgd = laws.cgd_rate(L, mu, alpha=alpha)
    assert cgd < below or (cgd == below and alpha == 1) or (mu == L and cgd < below)


def test_the_comparison_is_a_polynomial_sign() -> None:
    """With P(z) = z^2 - (1-s) q z - s, whose root is that of error feedback: P(sqrt(cgd)) < 0."""
    s, q = sympy.symbols("s q", positive=True)
    root = (q + s) / (1 + q * s)
    value = root**2 - (1 - s) * q * root - s
    assert sympy.factor(value + s * (1 - s) * (1 - q) ** 2 * (1 + q) / (1 + q * s) ** 2) == 0
    rate = laws.cgd_rate(1 + q, 1 - q, alpha=1 - s**2)
    assert sympy.simplify(rate - root**2) == 0


@given(constants(), square_alphas)
def test_the_rate_is_that_of_a_worse_condition_number(pair, alpha) -> None:
    L, mu = pair
    s = 1 - laws.theta(alpha)
    kappa = L / mu * (1 + s) / (1 - s)
    assert laws.cgd_rate(L, mu, alpha=alpha) == ((kappa - 1) / (kappa + 1)) ** 2


def test_stability_limits() -> None:
    assert laws.cgd_rate(2, 1, alpha=Fraction(3, 4), step_size=laws.cgd_stability_limit(2, alpha=Fraction(3, 4))) == 1
    assert laws.gd_rate(2, 1, step_size=laws.gd_stability_limit(2)) == 1
    assert laws.cgd_stability_limit(2, alpha=1) == laws.gd_stability_limit(2)


def test_the_step_with_both_constants_enlarged_is_slower() -> None:
    """2/((1+s)(L+mu)), which also circulates, is not the optimal step of compressed gradient descent."""
    L, mu, alpha = Fraction(1), Fraction(1, 10), Fraction(3, 4)
    step = 2 / (Fraction(3, 2) * (L + mu))
    assert laws.cgd_rate(L, mu, alpha=alpha, step_size=step) > laws.cgd_rate(L, mu, alpha=alpha)
