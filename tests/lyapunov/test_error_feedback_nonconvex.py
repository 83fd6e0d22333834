"""The V of EF21 on nonconvex functions: accepted by the checker, and as small as the drifting orbits allow."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean import BoundedBelow, PolyakLojasiewicz
from eftheory.certificates import Certificate
from eftheory.check.checker import check_bytes
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.exact.semidefinite import negative_direction
from eftheory.lyapunov.error_feedback_nonconvex import error_feedback_nonconvex, least_constant, residual
from eftheory.methods import EF21
from eftheory.methods.quantities import EXCESS, GRADIENT
from eftheory.witnesses.drift import drifting_orbit
from eftheory.writing import write_certificate
from tests.kit.nonconvex import TABLE, setting, smooth


@pytest.mark.parametrize(("s", "step", "constant"), TABLE)
@pytest.mark.parametrize(
    "agents",
    [smooth(1), (*smooth(1), *smooth("1/10")), smooth(1, 10**6), (*smooth(1, 10**6), *smooth("1/3", 5), *smooth(7, 2))],
    ids=["one", "1 and 1/10", "a million", "three types"],
)
def test_the_table_is_certified_for_any_agents(s, step, constant, agents):
    """Only the mean of the L_i counts; both sides meet within 1e-6."""
    L = sum(agent.count * agent.L for agent in agents) / sum(agent.count for agent in agents)
    claimed = setting(s, Fraction(step) / L, agents)
    certificate = Certificate(claimed, upper=error_feedback_nonconvex(claimed), drift=drifting_orbit(claimed))
    assert all(verdict.proved for verdict in check_bytes(write_certificate(certificate)))
    found = certificate.upper.initial[EXCESS]
    assert abs(found / L - Fraction(constant)) < Fraction(1, 10**6) * found / L
    assert 0 <= found / certificate.drift.constant - 1 < Fraction(1, 10**6)


@settings(max_examples=20)
@given(st.fractions(Fraction(1, 100), 1, max_denominator=1000), st.fractions(Fraction(1, 20), Fraction(49, 50)))
def test_every_step_below_the_stability_limit(alpha, share):
    s = float(1 - alpha) ** 0.5
    step = share * Fraction(2 * (1 - s) / (1 + s)).limit_denominator(10**4)
    claimed = Setting(
        (*smooth(1, 3), *smooth(2)), Contractive(alpha), EF21(step * Fraction(4, 5)), (BoundedBelow(),), GRADIENT
    )
    upper, orbit = error_feedback_nonconvex(claimed), drifting_orbit(claimed)
    assert check_upper(claimed, upper).proved
    assert 0 <= upper.initial[EXCESS] / orbit.constant - 1 < Fraction(1, 10**6)


@pytest.mark.parametrize("alpha", ["1/1000000", "999999/1000000", "1"])
def test_the_ends_of_the_range_of_alpha(alpha):
    alpha = Fraction(alpha)
    claimed = Setting(smooth(1), Contractive(alpha), EF21(alpha / 2), (BoundedBelow(),), GRADIENT)
    assert check_upper(claimed, error_feedback_nonconvex(claimed)).proved


def test_nothing_at_the_stability_limit_nor_for_other_claims():
    claimed = setting("1/2", "1/2")
    assert error_feedback_nonconvex(setting("1/2", "2/3")) is None
    assert error_feedback_nonconvex(setting("1/2", "5")) is None
    assert (
        error_feedback_nonconvex(Setting(claimed.agents, claimed.compressor, claimed.method, (BoundedBelow(),))) is None
    )
    pl = (PolyakLojasiewicz(Fraction(1, 10)),)
    assert error_feedback_nonconvex(Setting(claimed.agents, claimed.compressor, claimed.method, pl, GRADIENT)) is None
    assert error_feedback_nonconvex(setting("1/2", "1/2", (AgentType(functions=Smooth(L=1, mu=0)),))) is None


def test_deviations_need_no_condition_of_their_own():
    """At u = y, g = -x/2, g+ = x/2 the form R is, up to squares, what deviations ask for: proved for all n."""
    import sympy

    step, s2, p, a, c, m, x, y = sympy.symbols("gamma s2 p a c m x y")
    at = sympy.Matrix([y, -x / 2, x])
    R = (at.T * sympy.Matrix(residual(step, s2, p, a, c, m)) * at)[0]
    deviations = a * y**2 - a * s2 * (x + y) ** 2 + m / 4 * x**2
    assert sympy.expand(deviations - R - x**2 / 4 - m * step**2 / 4 * (x / 2 + y) ** 2) == 0


def test_more_of_the_form_is_not_nonnegative():
    p, a, c, m = least_constant(Fraction(1, 2), Fraction(1, 4))

    assert negative_direction(residual(Fraction(1, 2), Fraction(1, 4), p, a, c, m)) is None
    assert (
        negative_direction(residual(Fraction(1, 2), Fraction(1, 4), p * (1 - Fraction(1, 10**6)), a, c, m)) is not None
    )
