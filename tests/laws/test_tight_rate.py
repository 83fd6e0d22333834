import itertools
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory import laws
from eftheory.laws.kinds import sqrt
from tests.laws.strategies import alphas, constants, ratios, square_alphas


def enclosed(x):
    return laws.enclose(x, bits=200)


@given(constants(), alphas, ratios)
def test_exact_and_float_values_agree(pair, alpha, part) -> None:
    L, mu = pair
    step = part / L
    for given_step in (None, step):
        exact = laws.tight_rate(L, mu, alpha=alpha, step_size=given_step)
        number = laws.tight_rate(
            float(L), float(mu), alpha=float(alpha), step_size=None if given_step is None else float(step)
        )
        assert float(exact) == pytest.approx(number, rel=1e-12, abs=1e-15)


@given(constants(), square_alphas, ratios)
def test_no_step_beats_the_optimal_one(pair, alpha, part) -> None:
    L, mu = pair
    best = laws.tight_rate(L, mu, alpha=alpha)
    step = laws.optimal_step_size(L, mu, alpha=alpha)
    assert laws.tight_rate(L, mu, alpha=alpha, step_size=step) == best
    other = laws.tight_rate(L, mu, alpha=alpha, step_size=2 * step * part)
    assert part == Fraction(1, 2) or enclosed(other)[0] > enclosed(best)[1]


@given(constants(), alphas)
def test_the_rate_at_the_optimal_step_is_the_rate_by_default(pair, alpha) -> None:
    L, mu = pair
    step = laws.optimal_step_size(L, mu, alpha=alpha)
    explicit = laws.tight_rate(L, mu, alpha=alpha, step_size=step)
    assert enclosed(explicit) == pytest.approx(enclosed(laws.tight_rate(L, mu, alpha=alpha)), rel=1e-40)


@given(constants(), square_alphas, ratios)
def test_the_stability_limit_separates(pair, alpha, part) -> None:
    L, mu = pair
    limit = laws.stability_limit(L, alpha=alpha)
    assert laws.tight_rate(L, mu, alpha=alpha, step_size=limit) == 1
    assert enclosed(laws.tight_rate(L, mu, alpha=alpha, step_size=limit * (1 - part / 2)))[1] < 1
    assert enclosed(laws.tight_rate(L, mu, alpha=alpha, step_size=limit * (1 + part)))[0] > 1


@given(constants(), square_alphas, ratios)
def test_the_rate_solves_the_quadratic_of_the_worst_quadratics(pair, alpha, part) -> None:
    """EF and EF21 on h/2 x^2 with C(v) = (1+s) v grow by a root of z^2 - T z - s, T = 1-s - (1+s) step h."""
    L, mu = map(float, pair)
    s = float(laws.theta(alpha)) * -1 + 1
    step = float(part) * 3 / L
    roots = []
    for h in (mu, L):
        T = 1 - s - (1 + s) * step * h
        root = (T * T + 4 * s) ** 0.5
        roots += [abs(T + root) / 2, abs(T - root) / 2]
    assert laws.tight_rate(L, mu, alpha=float(alpha), step_size=step) == pytest.approx(max(roots) ** 2, rel=1e-9)


@given(st.fractions(0, Fraction(19, 20), max_denominator=20), st.fractions(0, 1, max_denominator=20))
def test_rational_parametrisation(s, part) -> None:
    """q = (r^2 - s)/((1-s) r) makes r, hence the rate, rational."""
    r = next(Fraction(n, 100) for n in itertools.count(1) if Fraction(n, 100) ** 2 >= s)
    r = min(r + (1 - r) * part, Fraction(1))
    q = (r * r - s) / ((1 - s) * r)
    rate = laws.tight_rate(1 + q, 1 - q, alpha=1 - s * s)
    assert rate == r * r
    assert isinstance(rate, Fraction)


def test_the_published_form() -> None:
    """rho* = s + ((1-s)/2) q^2 (1-s + sqrt((1+s)^2 + 16 s kappa/(kappa-1)^2))."""
    s, k = sympy.Rational(1, 3), sympy.Symbol("k", positive=True)
    q = (k - 1) / (k + 1)
    published = s + (1 - s) / 2 * q**2 * (1 - s + sympy.sqrt((1 + s) ** 2 + 16 * s * k / (k - 1) ** 2))
    ours = laws.tight_rate(k, 1, alpha=1 - s**2)
    for kappa in (2, 10, 1000):
        assert abs((published - ours).subs(k, kappa).evalf(50)) < 1e-45


@pytest.mark.parametrize("alpha", [Fraction(1), Fraction(3, 4), Fraction(3, 5), 0.5, 1e-9])
def test_limits_of_the_constants(alpha) -> None:
    limit = laws.stability_limit(2, alpha=alpha)
    assert laws.optimal_step_size(2, 0, alpha=alpha) == limit
    assert laws.tight_rate(2, 0, alpha=alpha) == 1
    assert laws.tight_rate(2, 2, alpha=alpha) == sqrt(1 - alpha)


def test_without_compression_it_is_gradient_descent() -> None:
    L, mu = Fraction(3), Fraction(1)
    assert laws.optimal_step_size(L, mu, alpha=1) == laws.gd_step_size(L, mu)
    assert laws.tight_rate(L, mu, alpha=1) == laws.gd_rate(L, mu)
    for step in (Fraction(1, 7), Fraction(3, 5), Fraction(1)):
        assert laws.tight_rate(L, mu, alpha=1, step_size=step) == laws.gd_rate(L, mu, step_size=step)


def test_symbols_and_numbers_agree() -> None:
    L, mu, alpha, step = sympy.symbols("L mu alpha step", positive=True)
    expression = laws.tight_rate(L, mu, alpha=alpha, step_size=step)
    values = {L: 25, mu: 11, alpha: sympy.Rational(15, 16), step: sympy.Rational(1, 50)}
    assert sympy.expand(expression.subs(values)) == laws.tight_rate(
        25, 11, alpha=Fraction(15, 16), step_size=Fraction(1, 50)
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"L": 0, "mu": 0, "alpha": 1}, "L=0: the smoothness constant must be positive"),
        ({"L": 1, "mu": -1, "alpha": 1}, "mu=-1: .* must not be negative"),
        ({"L": 1, "mu": 2, "alpha": 1}, "mu=2, L=1: mu must not exceed L; swap the two?"),
        ({"L": 1, "mu": 1, "alpha": 2}, "alpha=2: "),
        ({"L": 1, "mu": 1, "alpha": 1, "step_size": 0}, "step_size=0: the step size must be positive"),
        ({"L": float("inf"), "mu": 1, "alpha": 1}, "L=inf: expected a finite number"),
    ],
)
def test_range(arguments, message) -> None:
    with pytest.raises(ValueError, match=message):
        laws.tight_rate(arguments.pop("L"), arguments.pop("mu"), **arguments)


@pytest.mark.parametrize("bad", ["1", None, True, 1j, [1]])
def test_not_a_number(bad) -> None:
    with pytest.raises(TypeError, match=r"L=.*expected an int, a Fraction, a float or a sympy expression"):
        laws.tight_rate(bad, 1, alpha=1)
