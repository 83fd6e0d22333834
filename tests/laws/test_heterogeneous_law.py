from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import laws
from eftheory.assumptions import AgentType
from eftheory.laws.cubic import coefficients
from eftheory.laws.cubic_root import LargestRoot
from tests.laws.strategies import agents, alphas, constants, ratios, square_alphas


def enclosed(x):
    return laws.enclose(x, bits=200)


def floats(types):
    return [(float(L), float(mu), count) for L, mu, count in types]


def law_of(types, alpha):
    """The cubic in the form of the theorem, as a function of rho."""
    s = 1 - laws.theta(alpha)
    m, K = laws.heterogeneous_moments(types)
    r = (1 - s) ** 2 / (1 + s)
    return lambda rho: (rho - s) * (rho**2 - (s + s**2 + r * s * K) * rho + s**3) - r * m**2 * rho * (rho - s**3)


def test_the_forms_of_the_cubic_agree() -> None:
    s, m, K, z = sympy.symbols("s m K z")
    rho, r, v = s + (1 - s) * z, (1 - s) ** 2 / (1 + s), K - m**2
    theorem = (rho - s) * (rho**2 - (s + s**2 + r * s * K) * rho + s**3) - r * m**2 * rho * (rho - s**3)
    factored = (rho - s**2) * ((rho - s) ** 2 - (1 - s) ** 2 * m**2 * rho) - r * s * v * rho * (rho - s)
    scaled = (1 - s) ** 3 * ((s + z) * (z**2 - m**2 * rho) - s / (1 + s) * v * rho * z)
    a, b, c = coefficients(s, m**2, v)
    for other in (factored, scaled, rho**3 + a * rho**2 + b * rho + c):
        assert sympy.cancel(theorem - other) == 0


@settings(max_examples=30)
@given(agents, alphas)
def test_exact_and_float_values_agree(types, alpha) -> None:
    exact = laws.heterogeneous_rate(types, alpha=alpha)
    assert float(enclosed(exact)[0]) == pytest.approx(
        laws.heterogeneous_rate(floats(types), alpha=float(alpha)), rel=1e-13
    )


@settings(max_examples=15)
@given(agents, alphas, ratios)
def test_exact_and_float_values_agree_at_any_step(types, alpha, part) -> None:
    limit = laws.stability_limit(sum(L * n for L, _, n in types) / sum(n for *_, n in types), alpha=alpha)
    step = enclosed(limit)[0].limit_denominator(10**6) * part * Fraction(99, 100)
    if step > 0:
        exact = laws.heterogeneous_rate(types, alpha=alpha, step_size=step)
        number = laws.heterogeneous_rate(floats(types), alpha=float(alpha), step_size=float(step))
        assert float(enclosed(exact)[0]) == pytest.approx(number, rel=1e-12, abs=1e-15)


@given(agents, square_alphas)
def test_the_rate_is_the_largest_root(types, alpha) -> None:
    """The cubic changes sign at the rate and is positive from there to one, where it is increasing."""
    below, above = enclosed(laws.heterogeneous_rate(types, alpha=alpha))
    cubic = law_of(types, alpha)
    assert cubic(below) <= 0 <= cubic(above)
    assert all(cubic(above + (1 - above) * Fraction(k, 8)) >= 0 for k in range(9))
    assert below >= 1 - laws.theta(alpha) or alpha == 1
    assert above <= 1


@settings(max_examples=20)
@given(constants(), alphas, st.integers(1, 10**9), ratios)
def test_equal_agents_have_the_tight_rate(pair, alpha, count, part) -> None:
    L, mu = pair
    assert laws.heterogeneous_rate([(L, mu, count), (L, mu)], alpha=alpha) == laws.tight_rate(L, mu, alpha=alpha)
    step = part / L
    assert laws.heterogeneous_rate([(L, mu, count)], alpha=alpha, step_size=step) == laws.tight_rate(
        L, mu, alpha=alpha, step_size=step
    )
    assert laws.heterogeneous_step_size([(L, mu, count)], alpha=alpha) == laws.optimal_step_size(L, mu, alpha=alpha)


@given(constants(), square_alphas, st.integers(1, 9))
def test_equal_condition_numbers_are_as_good_as_equal_agents(pair, alpha, scale) -> None:
    L, mu = pair
    types = [(L, mu), (scale * L, scale * mu, 3)]
    assert laws.heterogeneous_rate(types, alpha=alpha) == laws.tight_rate(L, mu, alpha=alpha)
    assert laws.averaged_constants_bound(types, alpha=alpha) == laws.tight_rate(L, mu, alpha=alpha)


@given(agents, square_alphas)
def test_the_law_lies_between_averaged_and_worst_constants(types, alpha) -> None:
    lower = enclosed(laws.averaged_constants_bound(types, alpha=alpha))
    rate = enclosed(laws.heterogeneous_rate(types, alpha=alpha))
    assert lower[0] <= rate[1]
    worst = max(types, key=lambda agent: agent[0] / agent[1])
    assert rate[0] <= enclosed(laws.tight_rate(worst[0], worst[1], alpha=alpha))[1]
    m, K = laws.heterogeneous_moments(types)
    assert 0 <= m * m <= K <= m <= 1


@given(agents, square_alphas)
def test_only_shares_matter(types, alpha) -> None:
    many = [(7 * L, 7 * mu, 5 * count) for L, mu, count in types]
    assert laws.heterogeneous_rate(types, alpha=alpha) == laws.heterogeneous_rate(many, alpha=alpha)
    assert laws.heterogeneous_step_size(types, alpha=alpha) == 7 * laws.heterogeneous_step_size(many, alpha=alpha)


@given(agents, square_alphas)
def test_the_law_step_given_explicitly_changes_nothing(types, alpha) -> None:
    step = laws.heterogeneous_step_size(types, alpha=alpha)
    assert laws.heterogeneous_rate(types, alpha=alpha, step_size=step) == laws.heterogeneous_rate(types, alpha=alpha)


def test_agent_types_and_tuples_are_the_same() -> None:
    types = [AgentType(1, Fraction(1, 10), 3), AgentType(2, 1)]
    tuples = [(1, Fraction(1, 10), 3), (2, 1)]
    assert laws.heterogeneous_rate(types, alpha=Fraction(3, 4)) == laws.heterogeneous_rate(tuples, alpha=Fraction(3, 4))


def test_two_agents_have_the_published_moments() -> None:
    """K1 and K2 of the empirical law for two agents are K and m^2."""
    L1, m1, L2, m2 = sympy.symbols("L1 m1 L2 m2", positive=True)
    s1, s2, d1, d2 = L1 + m1, L2 + m2, L1 - m1, L2 - m2
    m, K = laws.heterogeneous_moments([(L1, m1), (L2, m2)])
    assert sympy.cancel(K - (d2**2 * s1 + d1**2 * s2) / (s1 * s2 * (s1 + s2))) == 0
    assert sympy.cancel(m**2 - (d1 + d2) ** 2 / (s1 + s2) ** 2) == 0


def test_symbols_give_a_root_to_substitute_into() -> None:
    alpha, mu = sympy.symbols("alpha mu", positive=True)
    formula = laws.heterogeneous_rate([(1, mu), (2, 1, 3)], alpha=alpha)
    for a, value in ((Fraction(3, 4), Fraction(1, 10)), (Fraction(3, 5), Fraction(9, 10))):
        exact = laws.heterogeneous_rate([(1, value), (2, 1, 3)], alpha=a)
        number = formula.subs({alpha: sympy.Rational(a), mu: sympy.Rational(value)})
        assert abs(number.evalf(40) - exact.evalf(40)) < 1e-38
        below, above = laws.enclose(number, bits=60)
        assert below <= enclosed(exact)[1]
        assert enclosed(exact)[0] <= above
        assert above - below <= Fraction(1, 2**60)


@pytest.mark.parametrize("last", [sympy.sqrt(3) / 2, sympy.sqrt(3) / 3])
def test_the_symbolic_root_has_a_derivative_and_a_formula(last) -> None:
    """One real root, and three."""
    a, b, c = sympy.symbols("a b c")
    root = LargestRoot(a, b, c)
    at = {a: sympy.sqrt(2), b: -sympy.sqrt(5), c: last}
    value = root.subs(at).evalf(40)
    assert abs((((value + at[a]) * value + at[b]) * value + at[c]).evalf(40)) < 1e-36
    if value > 0:
        assert abs(root.rewrite(sympy.cos).subs(at).evalf(40) - value) < 1e-36
    for symbol in (a, b, c):
        moved = root.subs({**at, symbol: at[symbol] + sympy.Rational(1, 10**15)}).evalf(40)
        assert abs(root.diff(symbol).subs(at).evalf(30) - (moved - value) * 10**15) < 1e-10
    below, above = laws.enclose(root.subs(at), bits=100)
    assert below < Fraction(str(value)) < above


def test_known_values() -> None:
    types = [(1, Fraction(99, 100)), (1, Fraction(1, 100))]
    below, above = enclosed(laws.heterogeneous_rate(types, alpha=Fraction(8, 9)))
    assert Fraction("0.5074612520") < below <= above < Fraction("0.5074612521")
    assert laws.averaged_constants_bound(floats([(*t, 1) for t in types]), alpha=8 / 9) == pytest.approx(
        0.488679, abs=1e-6
    )


@pytest.mark.parametrize("alpha", [1e-12, 1e-6, 0.5, 1 - 1e-12, 1.0])
def test_floats_stay_stable_at_the_ends(alpha) -> None:
    assert laws.heterogeneous_rate([(1.0, 0.0), (2.0, 0.0)], alpha=alpha) == 1
    types = [(1.0, 1e-9), (1.0, 0.5)]
    exact = laws.heterogeneous_rate([tuple(map(Fraction, pair)) for pair in types], alpha=Fraction(alpha))
    assert laws.heterogeneous_rate(types, alpha=alpha) == pytest.approx(float(enclosed(exact)[0]), rel=1e-14)


@pytest.mark.parametrize(
    ("agents", "message"),
    [
        ([], "there are no agents"),
        ([(1, 2)], "mu=2, L=1: mu must not exceed L"),
        ([(1, 1, 0)], "count=0: a type needs a whole number of agents"),
        ([(1, 1, 1.5)], "count=1.5: a type needs a whole number of agents"),
    ],
)
def test_range(agents, message) -> None:
    with pytest.raises(ValueError, match=message):
        laws.heterogeneous_rate(agents, alpha=Fraction(1, 2))


def test_steps_the_law_does_not_cover() -> None:
    types = [(1, Fraction(1, 10)), (3, 1)]
    with pytest.raises(ValueError, match="step_size=1/3: not below the stability limit, 1/3"):
        laws.heterogeneous_rate(types, alpha=Fraction(3, 4), step_size=Fraction(1, 3))
    with pytest.raises(ValueError, match="with symbols only the law's step"):
        laws.heterogeneous_rate(types, alpha=sympy.Symbol("alpha"), step_size=Fraction(1, 3))
