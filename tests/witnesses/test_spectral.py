"""Worst cases of any method: as bad as those known, proved by the checker, the same in every run."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import CGD, EF, EF21, GD, AgentType, Contractive, Setting, closed_form, law_step_size, worst_case
from eftheory.certificates import Lower
from eftheory.check.lower import check_lower
from eftheory.witnesses.climb import climb
from eftheory.witnesses.exact_mode import exact_mode
from eftheory.witnesses.frame import Frame, Steps
from eftheory.witnesses.spectral import spectral_witness
from eftheory.writing import print_number
from tests.kit.strategies import agent_lists, alphas
from tests.witnesses.methods import DCGD, HeavyBall, Shy, TwiceCompressed

EQUAL = (AgentType(1, Fraction(1, 10), count=1000),)
UNEQUAL = (AgentType(1, Fraction(1, 10)), AgentType(1, Fraction(1, 11)))


def proved(setting: Setting) -> Lower:
    """The witness, after the checker and the number format accepted it."""
    lower = spectral_witness(setting)
    assert lower is not None
    verdict = check_lower(setting, lower)
    assert verdict.proved, verdict.failures
    for row in lower.server.values():
        assert all(print_number(value) for value in row)
    return lower


def assert_as_bad(found: Lower, known: Lower, *, slack: Fraction) -> None:
    assert found.rate >= known.rate - slack * abs(1 - known.rate), (float(found.rate), float(known.rate))


@pytest.mark.parametrize("step", ["1/10", "1/3", "law", "1", "3"])
@pytest.mark.parametrize("alpha", ["1/4", "8/9", "1"])
@pytest.mark.parametrize("method", [EF, EF21, CGD, GD])
def test_it_is_as_bad_as_the_known_worst_case_of_equal_agents(method, alpha, step) -> None:
    agents = EQUAL if method is not CGD else (AgentType(1, Fraction(1, 10)),)
    contraction = Fraction(alpha if method.compresses else 1)
    size = law_step_size(method.name, agents, contraction) if step == "law" else Fraction(step)
    setting = Setting(agents, Contractive(contraction), method(size))
    assert_as_bad(proved(setting), worst_case(setting), slack=Fraction(1, 10**6))


@pytest.mark.parametrize(
    ("s", "L", "mu", "rate"),
    [
        ("1/3", ("1", "1"), ("99/100", "1/100"), "0.5047154"),
        ("1/2", ("1", "1"), ("9/10", "1/10"), "0.6421729"),
        ("1/3", ("1", "1/10"), ("1/100", "9/100"), "0.8503203"),
    ],
)
@pytest.mark.parametrize("method", [EF, EF21])
def test_unequal_agents_need_two_coordinates(method, s, L, mu, rate) -> None:
    agents = tuple(AgentType(Fraction(a), Fraction(b)) for a, b in zip(L, mu))
    alpha = 1 - Fraction(s) ** 2
    setting = Setting(agents, Contractive(alpha), method(law_step_size(method.name, agents, alpha)))
    found = proved(setting)
    assert found.rate >= Fraction(rate)
    assert len(found.signs) == 2
    assert_as_bad(found, worst_case(setting), slack=Fraction(1, 10**6))


def test_more_types_may_be_worse_than_two_corners() -> None:
    agents = tuple(AgentType(1, Fraction(1, k)) for k in range(2, 8))
    step = law_step_size("ef21", agents, Fraction(3, 4))
    setting = Setting(agents, Contractive(Fraction(3, 4)), EF21(step))
    found = proved(setting)
    assert_as_bad(found, worst_case(setting), slack=Fraction(1, 10**6))
    assert found.rate <= closed_form(setting).rate


@pytest.mark.parametrize("kappa", [10**4, 10**6])
def test_large_condition_numbers(kappa) -> None:
    for agents in [
        (AgentType(1, Fraction(1, kappa)),),
        (AgentType(1, Fraction(1, kappa)), AgentType(1, Fraction(1, 3))),
    ]:
        step = law_step_size("ef21", agents, Fraction(3, 4))
        setting = Setting(agents, Contractive(Fraction(3, 4)), EF21(step))
        assert_as_bad(proved(setting), worst_case(setting), slack=Fraction(1, 10**6))


@pytest.mark.parametrize("step", ["1", "1/10", "1/1000"])
def test_compressed_gradient_descent_of_two_agents_diverges_at_every_step_size(step) -> None:
    setting = Setting(UNEQUAL, Contractive(Fraction(1, 4)), DCGD(Fraction(step)))
    assert proved(setting).rate > 1


@pytest.mark.parametrize("agents", [EQUAL, UNEQUAL])
def test_a_method_may_compress_twice(agents) -> None:
    step = Fraction(20, 33)
    found = proved(Setting(agents, Contractive(Fraction(3, 4)), TwiceCompressed(step)))
    once = Setting(EQUAL, Contractive(Fraction(15, 16)), EF21(step))
    assert len(found.messages) == 2
    assert found.rate >= worst_case(once).rate - Fraction(1, 10**9)


def test_momentum() -> None:
    """Below the step size at which complex modes win, heavy ball is faster than EF21 on EF21's worst case."""
    slow, fast = (Setting(EQUAL, Contractive(Fraction(3, 4)), m(Fraction(1, 3))) for m in (EF21, HeavyBall))
    assert Fraction("0.913065") <= proved(fast).rate <= proved(slow).rate


@pytest.mark.parametrize("agents", [EQUAL, UNEQUAL])
def test_without_compression_curvatures_make_an_irrational_growth_rational(agents) -> None:
    """Heavy ball on x^2/2 mu: growth^2 - (1 + momentum - step mu) growth + momentum = 0."""
    step, momentum = Fraction(1, 3), Fraction(1, 4)
    found = proved(Setting(agents, Contractive(Fraction(1)), HeavyBall(step, momentum)))
    mu = sum(agent.mu * agent.count for agent in agents) / sum(agent.count for agent in agents)
    trace = 1 + momentum - step * mu
    gap = found.rate - trace * found.growth + momentum
    assert abs(gap) < Fraction(1, 10**9)
    assert found.growth > trace / 2


def test_rational_worst_cases_are_found_exactly() -> None:
    setting = Setting((AgentType(7, 2, count=1000),), Contractive(Fraction(15, 16)), EF21(Fraction(2, 15)))
    found = proved(setting)
    assert found.rate == Fraction(9, 16)
    assert max(abs(value.numerator) for (value,) in found.server.values()) < 100


def test_what_the_measure_does_not_see_is_no_witness() -> None:
    assert spectral_witness(Setting(UNEQUAL, Contractive(Fraction(1, 4)), Shy(Fraction(1)))) is None


def test_constants_beyond_floats_have_no_witness() -> None:
    setting = Setting((AgentType(10**400, 1),), Contractive(Fraction(3, 4)), EF21(Fraction(1)))
    assert spectral_witness(setting) is None


def test_convex_agents_stand_almost_still() -> None:
    setting = Setting((AgentType(1, 0),), Contractive(Fraction(3, 4)), EF21(Fraction(1, 2)))
    assert Fraction(999999, 10**6) < proved(setting).rate < 1


@pytest.mark.parametrize("method", [EF, EF21, DCGD, HeavyBall])
def test_every_run_finds_the_same(method) -> None:
    setting = Setting(UNEQUAL, Contractive(Fraction(1, 4)), method(Fraction(1, 5)))
    assert spectral_witness(setting) == spectral_witness(setting)


@settings(max_examples=15)
@given(
    agents=agent_lists(max_types=3),
    alpha=alphas(),
    step=st.sampled_from([Fraction(1, 10**6), Fraction(1, 50), Fraction(1), Fraction(10**4)]),
    method=st.sampled_from([EF, EF21, DCGD, HeavyBall, TwiceCompressed]),
)
def test_odd_settings_raise_nothing_and_what_is_found_is_proved(agents, alpha, step, method) -> None:
    setting = Setting(agents, Contractive(alpha), method(step))
    found = spectral_witness(setting)
    assert found is None or check_lower(setting, found).proved


@settings(max_examples=10)
@given(agents=agent_lists(max_types=3), alpha=alphas(one=False), method=st.sampled_from([EF, EF21]))
def test_witnesses_are_never_above_a_proved_upper_bound(agents, alpha, method) -> None:
    if all(agent.mu == 0 for agent in agents):
        return
    setting = Setting(agents, Contractive(alpha), method(law_step_size(method.name, agents, alpha)))
    found, upper = spectral_witness(setting), closed_form(setting)
    assert found is None or upper is None or found.rate <= upper.rate


class TestModes:
    SETTING = Setting(UNEQUAL, Contractive(Fraction(8, 9)), TwiceCompressed(Fraction(1, 3)))
    FRAME = Frame(((True, False), (False, True)), (-1, 1))

    def test_the_slope_is_the_derivative_of_the_growth(self) -> None:
        modes = Steps(self.SETTING).modes([self.FRAME])
        angles, h = np.array([[0.3, 1.2, 2.5, 4.0]]), 1e-6
        _, slope, most = modes.slope(angles)
        for j in range(4):
            shift = h * np.eye(4)[j]
            (up, *_), (down, *_) = modes.slope(angles + shift), modes.slope(angles - shift)
            assert (np.log(up) - np.log(down)) / (2 * h) == pytest.approx(slope[:, j], abs=1e-7)
        assert np.all(abs(slope) <= most)

    def test_climbing_never_descends(self) -> None:
        modes = Steps(self.SETTING).modes([self.FRAME] * 5)
        angles = np.random.default_rng(1).uniform(0, 6, (5, modes.n_angles))
        before, *_ = modes.slope(angles)
        growth, turned = climb(modes, angles, steps=30)
        assert np.all(growth >= before)
        assert modes.slope(turned)[0] == pytest.approx(growth)

    def test_any_real_mode_becomes_exact(self) -> None:
        """Not only the worst one: the compressor of the instance is the rotation given."""
        steps, angles = Steps(self.SETTING), np.array([0.3, 1.2, 2.5, 4.0])
        (growth,), *_ = steps.modes([self.FRAME]).slope(angles[None])
        found = exact_mode(steps, self.FRAME, angles)
        assert found is not None
        assert float(found.growth) == pytest.approx(growth, rel=1e-6)


class TestLinearStep:
    def test_a_solution_is_multiplied_by_the_factor(self) -> None:
        step = Steps(TestModes.SETTING).at((True, False))
        messages, factor = tuple(map(Fraction, (1, 2, 3, 5))), Fraction(-2, 3)
        state = step.solve(factor, messages, (Fraction(0),) * 3)
        known = {**dict(zip(step.state, state)), **dict(zip(step.messages, messages))}
        after = [sum(value * known[name] for name, value in v) for v in step.after]
        assert after == [factor * value for value in state]

    def test_the_determinant_vanishes_at_eigenvalues(self) -> None:
        """Of GD the growth, of EF21 without compression the growth and 0, for there d = grad f(x)."""
        for method, size in ((GD, 1), (EF21, 2)):
            step = Steps(Setting(UNEQUAL[:1], Contractive(Fraction(1)), method(Fraction(1, 2)))).at((True,))
            assert step.determinant(Fraction(1, 2)) == 0
            assert step.determinant(Fraction(2)) == Fraction(3, 2) * 2 ** (size - 1)

    def test_there_may_be_none(self) -> None:
        """EF21's estimates do not stay as they are if the messages are not zero."""
        step = Steps(Setting(EQUAL, Contractive(Fraction(1, 2)), EF21(Fraction(1)))).at((True,))
        assert step.solve(Fraction(1), (Fraction(1),), (Fraction(0),) * 2) is None

    def test_what_is_free_is_as_guessed(self) -> None:
        step = Steps(Setting(EQUAL, Contractive(Fraction(1)), GD(Fraction(1)))).at((False,))
        assert step.solve(Fraction(9, 10), (), (Fraction(7),)) == (7,)
        assert step.solve(Fraction(8, 10), (), (Fraction(7),)) == (0,)
