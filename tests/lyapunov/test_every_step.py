"""What no step size goes below: the tight rate of the averaged constants, rounded down, and under all closed forms."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory import EF, EF21, AgentType, Contractive, Setting, closed_form, law_step_size, laws, worst_case
from eftheory.lyapunov.every_step import every_step

F = Fraction
AGENTS = st.lists(
    st.builds(
        lambda L, ratio, count: AgentType(L, L * ratio, count),
        st.fractions(F(1, 10), 10, max_denominator=10),
        st.fractions(F(1, 1000), F(9, 10), max_denominator=1000),
        st.integers(1, 1000),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda agent: (agent.L, agent.mu),
)
ALPHAS = st.fractions(F(1, 20), 1, max_denominator=20)


@given(AGENTS, ALPHAS, st.sampled_from([F(1, 2), F(99, 100), F(1), F(101, 100)]), st.sampled_from([EF, EF21]))
def test_no_closed_form_goes_below_it(agents: list[AgentType], alpha: Fraction, factor: Fraction, method: type) -> None:
    step = factor * law_step_size(method, agents, alpha)
    form = closed_form(Setting(tuple(agents), Contractive(alpha), method(step)))
    assert form is None or form.rate >= every_step(agents, alpha)


@given(AGENTS, ALPHAS)
def test_it_is_the_law_of_the_averaged_constants_rounded_down(agents: list[AgentType], alpha: Fraction) -> None:
    least = every_step(agents, alpha)
    exact = laws.averaged_constants_bound([(float(a.L), float(a.mu), a.count) for a in agents], alpha=float(alpha))
    assert float(least) == pytest.approx(exact, rel=1e-12)
    assert least.denominator.bit_length() <= 256


@given(AGENTS, ALPHAS.filter(lambda alpha: alpha < 1), st.sampled_from([F(9, 10), F(1), F(11, 10)]))
def test_it_is_below_the_worst_cases_known(agents: list[AgentType], alpha: Fraction, factor: Fraction) -> None:
    """At each step some instance is as slow as that, so the worst that is known must be."""
    found = worst_case(Setting(tuple(agents), Contractive(alpha), EF21(factor * law_step_size("ef21", agents, alpha))))
    assert found is None or found.rate >= every_step(agents, alpha) - F(1, 10**9)


def test_it_is_attained_by_equal_agents() -> None:
    assert every_step([AgentType(25, 11, 7)], F(15, 16)) == F(4, 9) == laws.tight_rate(25, 11, alpha=F(15, 16))


def test_without_strong_convexity_it_is_one() -> None:
    assert every_step([AgentType(1, 0), AgentType(2, 0)], F(3, 4)) == 1
