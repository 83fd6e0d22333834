"""The step size: found at the optimum, also where that is a kink, with few trials, and never worse than the start."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.check.class_bound import check_class_bound
from eftheory.claims import Setting
from eftheory.methods import METHODS, Template
from eftheory.search import Trial, search_class_bound, search_step_size, search_upper
from eftheory.theory import closed_form, law_step_size
from tests.search.claims import FIRST_PAIR, SECOND_PAIR, own, types_of

F = Fraction
ALPHA = F(8, 9)
BOTH = pytest.mark.parametrize("method", ["ef", "ef21"])


def settings_of(method: str, alpha: Fraction, *agents: tuple) -> tuple[Callable[[Fraction], Setting], Fraction]:
    """The setting at a step size, and the law's step."""
    types = types_of(*agents)

    def at(step: Fraction) -> Setting:
        return Setting(types, Contractive(alpha), METHODS[method](step))

    return at, law_step_size(method, types, alpha)


@BOTH
def test_the_optimum_of_the_first_pair(method: str) -> None:
    at, law = settings_of(method, ALPHA, *FIRST_PAIR)
    best = search_step_size(at, law)[0]
    assert 0.979 < best.step_size / law < 0.981
    upper = search_upper(at(best.step_size)).upper
    assert upper is not None
    assert upper.rate < F("0.85146")
    for factor in (F(99, 100), F(101, 100)):  # on both sides of it the rate is larger
        beside = search_upper(at(factor * best.step_size)).upper
        assert beside is not None
        assert beside.rate > upper.rate


@BOTH
def test_the_laws_step_is_shown_not_to_be_optimal(method: str) -> None:
    at, law = settings_of(method, ALPHA, *FIRST_PAIR)
    upper = search_upper(at(search_step_size(at, law)[0].step_size)).upper
    bound = search_class_bound(search_upper(at(law)))
    assert upper is not None
    assert bound is not None
    assert check_class_bound(at(law), bound).proved
    assert bound.rate > upper.rate


def test_the_optimum_of_the_second_pair_lies_beyond_the_laws_step() -> None:
    at, law = settings_of("ef21", ALPHA, *SECOND_PAIR)
    best = search_step_size(at, law)[0]
    assert 1.002 < best.step_size / law < 1.003
    assert best.rate < 0.505476


@pytest.mark.parametrize("start", [F(1, 3), F(101, 100)])
def test_the_optimum_does_not_depend_on_the_start(start: Fraction) -> None:
    at, law = settings_of("ef21", ALPHA, *FIRST_PAIR)
    best, other = (search_step_size(at, factor * law)[0] for factor in (F(1), start))
    assert abs(best.rate - other.rate) < 1e-6 * (1 - best.rate)


def test_the_best_comes_first_and_is_one_of_the_trials() -> None:
    at, law = settings_of("ef21", ALPHA, *FIRST_PAIR)
    trials = search_step_size(at, law)
    best, *others = (trial.rate for trial in trials)
    assert others == sorted(others)
    assert best <= others[0] + 1e-7 * (1 - best)  # of steps that are equally good, one of few digits
    assert law in {trial.step_size for trial in trials}
    for trial in trials:
        found = search_upper(at(trial.step_size)).rate
        assert found is not None
        assert abs(found - trial.rate) < 1e-6 * (1 - trial.rate)


def test_slopes_are_those_of_the_rate() -> None:
    """To a few percent: they are taken at a centre, not at the optimum."""
    at, law = settings_of("ef21", ALPHA, *SECOND_PAIR)
    trial = next(trial for trial in search_step_size(at, law) if trial.step_size == law)
    rates = [search_upper(at(law * (1 + F(sign, 10**5)))).rate for sign in (1, -1)]
    assert rates[0] is not None
    assert rates[1] is not None
    assert abs((rates[0] - rates[1]) / 2e-5 - trial.slope) < 3e-2 * abs(trial.slope)


def test_gradient_descent_finds_its_kink() -> None:
    """The largest of |1 - step L| and |1 - step mu| is least where they meet: at 2/(L + mu), for a rate of 81/121."""
    at, law = settings_of("gd", F(1), (1, F(1, 10)))
    trials = search_step_size(at, law / 3)
    assert abs(trials[0].step_size / law - 1) < F(1, 10**6)
    assert trials[0].rate - 81 / 121 < 1e-6
    assert len(trials) <= 32


def test_steps_are_short() -> None:
    at, law = settings_of("ef21", ALPHA, *FIRST_PAIR)
    for trial in search_step_size(at, law)[:-1]:
        step = trial.step_size
        dyadic = step.numerator.bit_length() <= 34 and not step.denominator & (step.denominator - 1)
        assert step == law or dyadic or step == F(f"{float(step):.4e}")


def test_a_flat_optimum_is_found_to_five_digits_and_no_more() -> None:
    """The least rates around it differ by less than their errors; the step is the same on every machine."""
    at, law = settings_of("ef21", ALPHA, *FIRST_PAIR)
    assert search_step_size(at, law)[0].step_size == F("1.6335")


def test_without_a_rate_below_one_there_is_none() -> None:
    at, law = settings_of("ef21", ALPHA, *FIRST_PAIR)
    assert search_step_size(at, 10 * law) == []
    at, law = settings_of("ef21", ALPHA, (1, 0), (2, 0))
    assert search_step_size(at, law) == []


@pytest.mark.parametrize("place", ["econtrol:EControl", "heavy_ball:HeavyBallEF21", "dcgd:DCGD"])
def test_methods_of_ones_own(place: str) -> None:
    agents = (1, F(1, 2), 5), (2, F(1, 2))
    start = F(1, 2)
    trials = search_step_size(lambda step: own(place, F(9, 10), step, *agents), start)
    assert len(trials) <= 32
    at_start = next(trial for trial in trials if trial.step_size == start)
    assert trials[0].rate < at_start.rate < 1


def test_templates_and_sparsities_are_searched_alike() -> None:
    at, law = settings_of("ef21", ALPHA, *FIRST_PAIR)
    remembering = search_step_size(at, law, template=Template(memory=1, values=True))
    assert remembering[0].rate < 0.85032
    assert len(remembering) <= 32
    sparse, full = search_step_size(at, law, sparsity="diagonal"), search_step_size(at, law)
    assert abs(sparse[0].rate - full[0].rate) < 1e-6 * (1 - full[0].rate)


def test_tangents() -> None:
    trial = Trial(F(1), 0.5, 2.0)
    assert trial.tangent(0.0) == 0.5
    assert trial.tangent(0.1) == pytest.approx(0.7)


@given(
    method=st.sampled_from(["ef", "ef21"]),
    alpha=st.fractions(F(1, 20), F(19, 20), max_denominator=20),
    agents=st.lists(
        st.builds(
            lambda L, ratio, count: AgentType(L, L * ratio, count),
            st.fractions(F(1, 10), 10, max_denominator=10),
            st.fractions(F(1, 1000), F(9, 10), max_denominator=1000),
            st.integers(1, 1000),
        ),
        min_size=2,
        max_size=3,
        unique_by=lambda agent: (agent.L, agent.mu),
    ),
)
@settings(max_examples=5)
def test_the_step_found_is_never_worse_than_the_laws(method: str, alpha: Fraction, agents: list[AgentType]) -> None:
    types = tuple(agents)
    law = law_step_size(method, types, alpha)

    def at(step: Fraction) -> Setting:
        return Setting(types, Contractive(alpha), METHODS[method](step))

    trials = search_step_size(at, law)
    assert 0 < len(trials) <= 32
    upper, known = search_upper(at(trials[0].step_size)).upper, closed_form(at(law))
    assert upper is not None
    assert known is not None
    assert upper.rate <= known.rate + F(1, 10**6) * (1 - known.rate)
