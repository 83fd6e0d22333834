"""The recorded inequalities hold, exactly, on functions and compressors of the class, and are attained."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eftheory.assumptions import Contractive, SmoothStronglyConvex
from eftheory.assumptions.fact import Point
from eftheory.exact import Vector, inner, square
from tests.kit.strategies import alphas, constants, rationals

points = st.tuples(rationals(-9, 9), rationals(-9, 9))
turns = rationals(-3, 3)


def dot(v, w) -> Fraction:
    return sum((a * b for a, b in zip(v, w)), Fraction(0))


def minus(v, w) -> tuple:
    return tuple(a - b for a, b in zip(v, w))


def rotate(t: Fraction, v):
    """The rotation with tangent t of half its angle: rational and exact."""
    c, s = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
    return (c * v[0] - s * v[1], s * v[0] + c * v[1])


class Rotated:
    """f(x) = sum_k phi_k(y_k), y = rotation of x, each phi_k given as (value, derivative)."""

    def __init__(self, turn, profiles):
        self.turn, self.profiles = turn, profiles

    def value(self, x):
        return sum((phi(y)[0] for phi, y in zip(self.profiles, rotate(self.turn, x))), Fraction(0))

    def gradient(self, x):
        return rotate(-self.turn, [phi(y)[1] for phi, y in zip(self.profiles, rotate(self.turn, x))])


def quadratic(h):
    return lambda y: (h * y * y / 2, h * y)


def huber(L, mu, width, shift):
    """Curvature L where |y - shift| <= width, mu outside: smooth, strongly convex, not quadratic."""

    def phi(y):
        z = y - shift
        inside = abs(z) <= width
        value = z * z / 2 if inside else width * (abs(z) - width / 2)
        slope = z if inside else (width if z > 0 else -width)
        return mu * y * y / 2 + (L - mu) * value, mu * y + (L - mu) * slope

    return phi


@st.composite
def functions_of_the_class(draw):
    """(L, mu, f) with f a rotated quadratic or a rotated sum of Huber functions."""
    L, mu = draw(constants())
    profiles = []
    for _ in range(2):
        if draw(st.booleans()):
            share = draw(st.one_of(st.sampled_from([Fraction(0), Fraction(1)]), st.fractions(0, 1, max_denominator=9)))
            profiles.append(quadratic(mu + share * (L - mu)))
        else:
            profiles.append(huber(L, mu, draw(rationals(0, 5)), draw(rationals(-5, 5))))
    return SmoothStronglyConvex(L, mu), Rotated(draw(turns), profiles)


class Plane(tuple):
    """A vector of the plane."""

    def __add__(self, other):
        return Plane(a + b for a, b in zip(self, other))

    def __sub__(self, other):
        return self + -1 * other

    def __rmul__(self, factor):
        return Plane(factor * a for a in self)


def slacks(functions, f, x, y):
    """The two-point slack and the slack of the one-sided inequality of f at x seen from y, as numbers."""
    origin = f.gradient((Fraction(0), Fraction(0)))

    def point(number, at):
        g = Plane(f.gradient(at))
        turn = g - Plane(origin) - functions.centre * Plane(at)
        r = 1 / functions.radius * turn if functions.radius else Plane(at)  # free then, and as long as is allowed
        assert functions.parametrise(Plane(at), r) == g - Plane(origin)
        return Point(number, Plane(at), g, r, f.value(at))

    pair = point(1, y), point(2, x)
    (two_point,) = functions.facts(*pair, dot, values=False)
    there, _ = functions.facts(*pair, dot, values=True)
    assert [two_point.name, there.name] == ["interpolation 1 2", "interpolation 2 above 1"]
    assert two_point.sure
    assert there.sure
    assert there.slack == functions.interpolate(*pair, dot)
    return two_point.slack, there.slack


@given(functions_of_the_class(), points, points)
def test_both_inequalities_hold_exactly(pair, x, y):
    functions, f = pair
    two_point, one_sided = slacks(functions, f, x, y)
    assert two_point >= 0
    assert one_sided >= 0


@given(functions_of_the_class(), points, points)
def test_the_two_point_inequality_is_the_sum_of_the_one_sided_ones(pair, x, y):
    functions, f = pair
    two_point, there = slacks(functions, f, x, y)
    _, back = slacks(functions, f, y, x)
    assert there + back == functions.radius / 2 * two_point


@given(functions_of_the_class(), points, points)
def test_the_one_sided_inequality_is_the_textbook_one(pair, x, y):
    """[TaylorHendrickxGlineur2017], Theorem 4, where it does not divide by zero."""
    functions, f = pair
    L, mu = functions.L, functions.mu
    assume(mu < L)
    dx, dg = minus(x, y), minus(f.gradient(x), f.gradient(y))
    bound = (dot(dg, dg) / L + mu * dot(dx, dx) - 2 * mu / L * dot(dg, dx)) / (2 * (1 - mu / L))
    excess = f.value(x) - f.value(y) - dot(f.gradient(y), dx)
    assert slacks(functions, f, x, y)[1] == excess - bound


@given(constants(), turns, points, points, st.tuples(st.booleans(), st.booleans()))
def test_quadratics_with_curvatures_L_and_mu_attain_both(pair, turn, x, y, high):
    L, mu = pair
    assume(mu < L)  # otherwise there is no residual, and any would do
    f = Rotated(turn, [quadratic(L if top else mu) for top in high])
    assert slacks(SmoothStronglyConvex(L, mu), f, x, y) == (0, 0)


@given(constants(), points, points, st.fractions(Fraction(1, 100), 1, max_denominator=100))
def test_a_curvature_outside_breaks_the_two_point_inequality(pair, x, y, share):
    L, mu = pair
    assume(mu < L)
    assume(x != y)
    functions = SmoothStronglyConvex(L, mu)
    for h in (L + share * (L - mu), mu - share * (L - mu)):
        two_point, _ = slacks(functions, Rotated(Fraction(1, 3), [quadratic(h)] * 2), x, y)
        assert two_point < 0


@given(alphas(), points, st.integers(0, 2))
def test_top_k_of_two_entries_contracts(alpha, v, k):
    kept = sorted(range(2), key=lambda j: (-abs(v[j]), j))[:k]
    error = tuple(0 if j in kept else entry for j, entry in enumerate(v))
    allowed = Contractive(alpha).allows(dot(v, v), dot(error, error))
    assert allowed == (dot(error, error) <= (1 - alpha) * dot(v, v))
    if k:
        assert Contractive(Fraction(k, 2)).allows(dot(v, v), dot(error, error))


@given(alphas(), rationals(0, 9), rationals(0, 9))
def test_slack_and_allowance_agree(alpha, compressed, error):
    v, e = Vector.symbol("v"), Vector.symbol("e")
    (fact,) = Contractive(alpha).facts(3, v, e, inner)
    assert fact.slack == (1 - alpha) * square(v) - square(e)
    assert fact.name == "compression 3"
    assert not fact.sure
    assert Contractive(alpha).allows(compressed, error) == ((1 - alpha) * compressed - error >= 0)


@pytest.mark.parametrize(("error", "allowed"), [(Fraction(3, 4), True), (Fraction(3, 4) + Fraction(1, 10**50), False)])
def test_the_boundary_is_allowed_and_nothing_beyond(error, allowed):
    assert Contractive(Fraction(1, 4)).allows(Fraction(1), error) is allowed
