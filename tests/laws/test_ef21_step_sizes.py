from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings

from eftheory import laws
from tests.laws.strategies import alphas, constants, square_alphas


@settings(max_examples=20)
@given(constants(), alphas)
def test_exact_and_float_values_agree(pair, alpha) -> None:
    L, mu = pair
    exact = [
        laws.ef21_nonconvex_step_size(L, 2 * L, alpha=alpha),
        laws.ef21_pl_step_size(L, 2 * L, mu=mu, alpha=alpha),
        laws.ef21_pl_rate(L, 2 * L, mu=mu, alpha=alpha),
    ]
    L, mu, alpha = map(float, (L, mu, alpha))
    floats = [
        laws.ef21_nonconvex_step_size(L, 2 * L, alpha=alpha),
        laws.ef21_pl_step_size(L, 2 * L, mu=mu, alpha=alpha),
        laws.ef21_pl_rate(L, 2 * L, mu=mu, alpha=alpha),
    ]
    assert list(map(float, exact)) == pytest.approx(floats, rel=1e-12)


@given(constants(), square_alphas)
def test_the_steps_meet_the_conditions_of_the_proofs(pair, alpha) -> None:
    """Both steps 1/(sqrt(a) + b) stay below the exact threshold of a step^2 + b step <= 1."""
    L, mu = map(float, pair)
    theta, beta = float(laws.theta(alpha)), float(laws.beta(alpha))
    step = laws.ef21_nonconvex_step_size(L, L, alpha=float(alpha))
    assert step <= laws.exact_step_size_threshold(L * L * beta / theta, L) * (1 + 1e-12)
    step = laws.ef21_pl_step_size(L, L, mu=mu, alpha=float(alpha))
    assert step <= laws.exact_step_size_threshold(2 * L * L * beta / theta, L) * (1 + 1e-12)
    assert step * mu <= theta / 2 * (1 + 1e-12)


@given(constants(), square_alphas)
def test_the_published_rate_is_slower_than_the_tight_one(pair, alpha) -> None:
    L, mu = map(float, pair)
    published = laws.ef21_pl_rate(L, L, mu=mu, alpha=float(alpha))
    assert 1 - laws.tight_rate(L, mu, alpha=float(alpha)) >= 1.6 * (1 - published)


def test_without_compression() -> None:
    assert laws.ef21_nonconvex_step_size(4, 9, alpha=1) == Fraction(1, 4)
    step = laws.ef21_pl_step_size(4, 9, mu=1, alpha=1)
    assert step == Fraction(1, 4)
    assert isinstance(step, Fraction)


def test_any_covered_step() -> None:
    half = Fraction(1, 2)
    assert laws.ef21_pl_rate(1, 1, mu=half, alpha=Fraction(3, 4), step_size=Fraction(1, 10)) == Fraction(19, 20)
    with pytest.raises(ValueError, match=r"step_size=1/2: .* covers step sizes up to"):
        laws.ef21_pl_rate(1, 1, mu=half, alpha=Fraction(3, 4), step_size=half)


def test_symbols() -> None:
    L, mu, alpha = sympy.symbols("L mu alpha", positive=True)
    values = {L: 3, mu: 1, alpha: sympy.Rational(3, 4)}
    symbolic = laws.ef21_pl_step_size(L, L, mu=mu, alpha=alpha).subs(values)
    assert sympy.expand(sympy.radsimp(symbolic)) == laws.ef21_pl_step_size(3, 3, mu=1, alpha=Fraction(3, 4))


def test_pl_constant_out_of_range() -> None:
    with pytest.raises(ValueError, match="mu=0: the PL constant must be positive"):
        laws.ef21_pl_step_size(1, 1, mu=0, alpha=1)
    with pytest.raises(ValueError, match="mu=2, L=1: mu must not exceed L"):
        laws.ef21_pl_step_size(1, 1, mu=2, alpha=1)
