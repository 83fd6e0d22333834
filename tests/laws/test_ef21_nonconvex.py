"""The best step of nonconvex EF21 and its constant: what certificates and orbits say, and no other step is better."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import laws
from eftheory.assumptions import Contractive
from eftheory.check.drift import check_drift
from eftheory.check.upper import check_upper
from eftheory.lyapunov.error_feedback_nonconvex import error_feedback_nonconvex, least_constant
from eftheory.methods import EF, EF21
from eftheory.methods.quantities import EXCESS
from eftheory.theory.look_up import ON_SMOOTH, closed_form, drifting_orbit, law_step_size, look_up
from eftheory.witnesses.drift import drifting_orbit as orbit_of
from tests.kit.nonconvex import TABLE, setting, smooth
from tests.laws.strategies import alphas

STEP, CONSTANT = laws.ef21_nonconvex_best_step_size, laws.ef21_nonconvex_best_constant


@pytest.mark.parametrize(("s", "step", "constant"), TABLE[::2])
def test_the_table(s, step, constant) -> None:
    alpha = 1 - Fraction(s) ** 2
    assert abs(laws.enclose(STEP(1, alpha=alpha))[0] - Fraction(step)) < Fraction(1, 10**5)
    assert abs(laws.enclose(CONSTANT(1, alpha=alpha))[0] - Fraction(constant)) < Fraction(1, 10**6)


@given(alphas)
def test_exact_and_float_values_agree(alpha) -> None:
    for law in (STEP, CONSTANT):
        below, above = laws.enclose(law(3, alpha=alpha), bits=200)
        assert float(below) == pytest.approx(law(3.0, alpha=float(alpha)), rel=1e-12)
        assert (above - below) * 2**200 <= above


@settings(max_examples=15)
@given(st.fractions(Fraction(1, 100), 1, max_denominator=300))
def test_certificates_from_both_sides_meet_at_the_constant(alpha) -> None:
    step = laws.enclose(STEP(1, alpha=alpha), bits=60)[0]
    claimed = replace(setting("1/2", step, smooth(1, 5)), compressor=Contractive(alpha))
    upper, orbit = error_feedback_nonconvex(claimed), orbit_of(claimed)
    assert check_upper(claimed, upper).proved
    assert check_drift(claimed, orbit).proved
    below, above = laws.enclose(CONSTANT(1, alpha=alpha), bits=60)
    assert orbit.constant <= above
    assert upper.initial[EXCESS] >= below
    assert upper.initial[EXCESS] / orbit.constant - 1 < Fraction(1, 10**6)


@settings(max_examples=15)
@given(st.fractions(Fraction(1, 50), 1, max_denominator=300), st.fractions(Fraction(1, 2), Fraction(3, 2)))
def test_no_other_step_has_a_smaller_constant(alpha, share) -> None:
    step = share * laws.enclose(STEP(1, alpha=alpha), bits=60)[0]
    found = least_constant(step, 1 - alpha)
    assert found is None or found[0] >= laws.enclose(CONSTANT(1, alpha=alpha), bits=60)[0]


def test_without_compression_it_is_gradient_descent() -> None:
    """[AbbaszadehpeivastiDeKlerkZamani2022]: step 2/(sqrt(3) L), constant 3 sqrt(3) L/4."""
    below, above = laws.enclose(STEP(2, alpha=1), bits=100)
    assert below**2 <= Fraction(1, 3) <= above**2
    below, above = laws.enclose(CONSTANT(2, alpha=1), bits=100)
    assert below**2 <= Fraction(27, 4) <= above**2


def test_weak_compressors_lose_a_golden_share() -> None:
    golden = (1 + 5**0.5) / 2
    alpha = 1e-9
    assert CONSTANT(1.0, alpha=alpha) * laws.theta(alpha) == pytest.approx(golden**2.5 / 2, rel=1e-4)
    assert STEP(1.0, alpha=alpha) / laws.theta(alpha) == pytest.approx(2 * (golden - 1) ** 1.5, rel=1e-4)


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="alpha must lie in"):
        STEP(1, alpha=2)
    with pytest.raises(ValueError, match="must be positive"):
        CONSTANT(0, alpha=Fraction(1, 2))
    with pytest.raises(TypeError, match="give numbers"):
        STEP(1, alpha=sympy.Symbol("alpha"))


def test_theory_knows_them() -> None:
    agents = (*smooth(1, 3), *smooth(5))
    known = look_up("ef21", agents)
    assert known is ON_SMOOTH[EF21]
    alpha = Fraction(3, 4)
    step = law_step_size("ef21", agents, alpha)
    assert 0 < laws.enclose(STEP(2, alpha=alpha))[1] - step < Fraction(1, 10**15)
    claimed = setting("1/2", step, agents)
    assert check_upper(claimed, closed_form(claimed)).proved
    assert check_drift(claimed, drifting_orbit(claimed)).proved
    assert look_up("ef", agents).law is None
    assert drifting_orbit(replace(claimed, method=EF(step))) is None
