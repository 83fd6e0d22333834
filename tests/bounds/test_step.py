"""The step size is answered for any number of types: searched, by way of few types, or with what is lost at most."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory import AgentType, certify
from eftheory.bounds import Certification, closed_form, file, make_setting, options, step
from eftheory.check import check_bytes
from eftheory.claims import LOWER, UPPER
from eftheory.exact.budget import limited
from eftheory.lyapunov.every_step import every_step
from eftheory.theory import law_step_size

F = Fraction
ALPHA = F(8, 9)
FOUR = [AgentType(1, F(1, 100)), AgentType(F(1, 10), F(9, 100)), AgentType(1, F(1, 50)), AgentType(F(1, 8), F(1, 9))]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than three types are joined to two."""
    monkeypatch.setattr(step, "SEARCHED_TYPES", 3)
    monkeypatch.setattr(step, "CLUSTERS", 2)


def said(result: Certification, beginning: str) -> list[str]:
    return [note for note in result.notes if note.startswith(beginning)]


@given(
    alpha=st.fractions(F(1, 20), F(19, 20), max_denominator=20),
    agents=st.lists(
        st.builds(
            lambda L, ratio, count: AgentType(L, L * ratio, count),
            st.fractions(F(1, 10), 10, max_denominator=10),
            st.fractions(F(1, 1000), 1, max_denominator=1000),
            st.integers(1, 1000),
        ),
        min_size=2,
        max_size=9,
        unique_by=lambda agent: (agent.L, agent.mu),
    ),
    factor=st.sampled_from([F(9, 10), F(99, 100), F(9999, 10000), F(10001, 10000), F(101, 100)]),
)
def test_a_closed_form_has_its_least_rate_at_the_laws_step(
    alpha: Fraction, agents: list[AgentType], factor: Fraction
) -> None:
    """So there is nothing to search in it, for any number of types."""
    law = law_step_size("ef21", agents, alpha)
    best = closed_form("ef21", agents, alpha=alpha, step_size=law)
    other = closed_form("ef21", agents, alpha=alpha, step_size=factor * law)
    assert best is not None
    assert other is None or best.rate <= other.rate + F(1, 2**40) * (1 - best.rate)


def test_many_types_are_searched_by_way_of_few(few: None) -> None:
    result = certify("ef21", FOUR, alpha=ALPHA)
    at_law = certify("ef21", FOUR, alpha=ALPHA, step_size="law")
    assert result.step is not None
    assert result.step.searched_types == 2
    assert result.step.gain > 0
    assert result.step.step_size.denominator < 10**6
    assert result.rate(UPPER) < at_law.rate(UPPER)
    assert said(result, "the step size was searched with the 4 types joined to 2; rates are of all types")
    assert said(result, "the law's step size is not optimal for this template")


@pytest.mark.thorough
def test_little_is_lost_by_that(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    by_few = certify("ef21", FOUR, alpha=ALPHA)
    monkeypatch.setattr(step, "SEARCHED_TYPES", 4)
    by_all = certify("ef21", FOUR, alpha=ALPHA)
    assert by_all.step.searched_types == 4
    assert by_few.rate(UPPER) - by_all.rate(UPPER) <= F(1, 1000) * (1 - by_all.rate(UPPER))


def test_a_step_that_is_worse_for_all_types_is_not_taken(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Joined types may mislead: then the law's step stands."""
    misled = [AgentType(1, F(1, 2)), AgentType(1, F(1, 3))]
    monkeypatch.setattr("eftheory.search.cluster", lambda agents, most: tuple(misled))
    result = certify("ef21", FOUR, alpha=ALPHA)
    law = law_step_size("ef21", FOUR, ALPHA)
    assert result.rate(UPPER) <= certify("ef21", FOUR, alpha=ALPHA, step_size=law).rate(UPPER)


def test_where_not_all_types_are_searched_there_is_an_estimate(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "SEARCHED_TYPES", 3)
    result = certify("ef21", FOUR, alpha=ALPHA)
    assert (result.engine, result.step) == ("law", None)
    (note,) = said(result, "the law's step size is used; with the 4 types joined to 2, a search finds")
    assert note.endswith("(an estimate)")
    assert said(result, "no step size has a rate below")


def test_memory_has_limits_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step, "SEARCHED_TYPES_WITH_MEMORY", 2)
    monkeypatch.setattr(step, "CLUSTERS_WITH_MEMORY", 1)
    at = step._with_fewer_types(
        lambda size: make_setting("ef21", FOUR, alpha=ALPHA, step_size=size), options.Options(memory=1)
    )
    assert len(at(F(1)).agents) == 1


@pytest.mark.thorough
def test_methods_of_ones_own_are_searched_by_way_of_few(few: None) -> None:
    agents = [AgentType(1, F(k, 8), 5) for k in (4, 5, 6, 7)]
    result = certify("eftheory.methods.econtrol:EControl", agents, alpha=F(9, 10))
    assert result.step is not None
    assert result.step.searched_types == 2
    assert result.rate(UPPER) is not None
    assert said(result, "the step size was searched with the 4 types joined to 2")


@pytest.mark.parametrize("engine", ["auto", "law"])
def test_what_is_lost_at_most_is_proved(engine: str) -> None:
    result = certify("ef21", FOUR[:2], alpha=ALPHA, engine=engine)
    (note,) = said(result, "no step size has a rate below")
    least, lost = re.fullmatch(
        r"no step size has a rate below ([0-9.]+) \(a theorem: eftheory prove averaged_constants_bound\), "
        r"so a better one gains at most ([0-9.e+-]+) of 1 - rate",
        note,
    ).groups()
    exact, upper = every_step(FOUR[:2], ALPHA), result.rate(UPPER)
    assert exact - F(1, 10**9) < F(least) <= exact
    assert F(lost) >= (upper - exact) / (1 - upper)


@pytest.mark.parametrize("given_step", ["law", F(3, 2)])
def test_nothing_is_said_of_steps_that_were_not_asked_for(given_step: str | Fraction) -> None:
    result = certify("ef21", FOUR[:2], alpha=ALPHA, step_size=given_step, engine="law")
    assert not said(result, "no step size has a rate below")


def test_equal_agents_and_other_methods_need_no_such_word() -> None:
    assert certify("ef21", FOUR[:1], alpha=ALPHA).notes == ()
    assert certify("gd", [(1, "1/2"), (2, 1)]).notes == ()
    assert not said(certify("ef21", FOUR[:2], alpha=1, engine="law"), "no step size has a rate below")


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_the_laws_step_has_few_digits_where_that_costs_nothing(method: str) -> None:
    alpha = F(3, 10)  # whose root is irrational
    law = law_step_size(method, FOUR, alpha)
    result = certify(method, FOUR, alpha=alpha, engine="law")
    short = F(result.setting.method.step_size)
    assert law - law / 10**6 < short <= law
    assert short.denominator < 10**6 < law.denominator
    exact = certify(method, FOUR, alpha=alpha, step_size="law").setting.method.step_size
    assert exact == law
    known = closed_form(method, FOUR, alpha=alpha, step_size=law)
    assert result.rate(UPPER) <= known.rate + F(1, 10**7) * (1 - known.rate)


def test_the_laws_step_of_equal_agents_stays_exact() -> None:
    alpha = F(3, 10)
    assert certify("ef21", FOUR[:1], alpha=alpha).setting.method.step_size == law_step_size("ef21", FOUR[:1], alpha)


def test_a_bound_too_expensive_to_check_does_not_take_the_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def within(data: bytes) -> object:
        with limited(1_430_000):
            return check_bytes(data)

    monkeypatch.setattr(file, "check_bytes", within)
    result = certify("ef21", FOUR, alpha=ALPHA, engine="law")
    assert (result.status(UPPER), result.status(LOWER)) == ("inconclusive", "proved")
    (note,) = said(result, "that the rate is at most")
    assert note.endswith("is a theorem all the same: eftheory prove heterogeneous_law")
    known = closed_form("ef21", FOUR, alpha=ALPHA)
    assert F(re.search(r"at most ([0-9.]+)", note)[1]) >= known.rate
    assert said(result, "no step size has a rate below")


def test_no_theorem_is_named_that_is_about_messages_with_errors_only() -> None:
    settings = [make_setting("ef21", FOUR, alpha=alpha, step_size=F(1, 10)) for alpha in (F(1), F(3, 4))]
    assert [len([*step.name_theorem(setting)]) for setting in settings] == [0, 1]


def test_a_theorem_is_named_for_what_it_is_about() -> None:
    law = law_step_size("ef21", FOUR, ALPHA)
    (of_law,), (of_another,) = (
        [*step.name_theorem(make_setting("ef21", FOUR, alpha=ALPHA, step_size=size))] for size in (law, law / 2)
    )
    assert "wider ranges" not in of_law
    assert "wider ranges of L_i and mu_i, for which this step is the law's" in of_another
    quadratic = make_setting("ef21", [(1, 1), (2, 2)], alpha=ALPHA, step_size=F(1, 10))
    assert [*step.name_theorem(quadratic)] == []  # m = 0, and the theorem's is positive


def test_a_proof_that_is_known_to_be_too_long_is_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MOST_VECTORS", 3 * len(FOUR))
    result = certify("ef21", FOUR, alpha=ALPHA, step_size="law", engine="law")
    assert (result.status(UPPER), result.status(LOWER)) == ("inconclusive", "proved")
    assert said(result, "upper: the proof in numbers is too long to be checked")
    assert said(result, "that the rate is at most")
    assert not said(result, "no step size has a rate below")


@pytest.mark.slow  # half a minute
@pytest.mark.parametrize("types", [12, 64])
def test_twelve_and_sixty_four_types_are_answered(types: int) -> None:
    agents = [AgentType(1, F(k, 100)) for k in range(1, types + 1)]
    result = certify("ef21", agents, alpha=F(3, 4))
    assert said(result, "no step size has a rate below")
    assert result.rate(LOWER) is not None
    assert result.status(UPPER) == "proved"
