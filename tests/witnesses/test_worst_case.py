"""Worst cases: proved by the checker, below every upper bound, and simulated."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import CGD, EF, EF21, GD, AgentType, Contractive, Setting, closed_form, law_step_size, worst_case
from eftheory.certificates import Certificate
from eftheory.check import check_certificate


@settings(max_examples=50, deadline=None)
@given(
    types=st.lists(
        st.tuples(
            st.fractions(Fraction(1, 50), 100, max_denominator=50),
            st.fractions(Fraction(1, 1000), 1, max_denominator=1000),
            st.integers(1, 10**6),
        ),
        min_size=1,
        max_size=4,
    ),
    alpha=st.fractions(Fraction(1, 100), 1, max_denominator=100),
    stretch=st.fractions(Fraction(1, 10), 3, max_denominator=20),
    method=st.sampled_from([EF, EF21]),
)
def test_worst_cases_are_proved_and_never_above_a_proved_upper_bound(types, alpha, stretch, method) -> None:
    agents = tuple(AgentType(L, ratio * L, count) for L, ratio, count in types)
    step = stretch * law_step_size(method.name, agents, alpha)
    setting = Setting(agents, Contractive(alpha), method(step))
    lower, upper = worst_case(setting), closed_form(setting)
    assert lower is not None
    (verdict,) = check_certificate(Certificate(setting, lower=lower))
    assert verdict.proved, verdict.failures
    if upper is not None:
        assert lower.rate <= upper.rate
    else:
        assert stretch > 1


@pytest.mark.parametrize("method", [GD, CGD])
@pytest.mark.parametrize("step", ["1/10", "1", "10/11", "3"])
def test_gradient_witnesses_are_exact(method, step) -> None:
    setting = Setting((AgentType(1, Fraction(1, 10)),), Contractive(Fraction(1)), method(Fraction(step)))
    lower = worst_case(setting)
    assert lower.rate == max(abs(1 - Fraction(step) / 10), abs(1 - Fraction(step))) ** 2
    assert check_certificate(Certificate(setting, lower=lower))[0].proved


def test_a_faster_growth_is_not_proved() -> None:
    setting = Setting((AgentType(1, Fraction(1, 10)),), Contractive(Fraction(3, 4)), EF21(Fraction(20, 33)))
    lower = worst_case(setting)
    faster = replace(lower, rate=lower.rate + Fraction(1, 10**12))
    (verdict,) = check_certificate(Certificate(setting, lower=faster))
    assert [failure.name for failure in verdict.failures] == ["rate <= growth^2"]


def test_convex_agents_alone_have_no_witness_that_stands_still() -> None:
    setting = Setting((AgentType(1, 0),), Contractive(Fraction(3, 4)), EF21(Fraction(1, 2)))
    lower = worst_case(setting)
    assert lower is None or lower.rate < 1
