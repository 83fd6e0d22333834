"""One way to say what is asked for: a setting, or a method, its agents and numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory import AgentType, Options, certify, closed_form, make_setting, tight_form, worst_case

AGENTS = [(7, 2, 1000)]
GIVEN = {"alpha": "15/16", "step_size": "2/15"}


@pytest.mark.parametrize("ask", [closed_form, tight_form, worst_case])
def test_a_setting_and_its_parts_get_the_same_answer(ask) -> None:
    setting = make_setting("ef21", AGENTS, **GIVEN)
    assert ask("ef21", AGENTS, **GIVEN) == ask(setting) == ask("ef21", agents=AGENTS, **GIVEN)
    assert float(ask(setting).rate) == pytest.approx(9 / 16)


def test_certify_takes_a_setting() -> None:
    setting = make_setting("ef21", AGENTS, **GIVEN)
    by_parts, whole = certify("ef21", AGENTS, **GIVEN), certify(setting, engine="law")
    assert whole.setting == by_parts.setting == setting
    assert whole.rate("upper") == by_parts.rate("upper")
    assert whole.step is None


def test_a_setting_of_a_method_of_ones_own() -> None:
    setting = make_setting("eftheory.methods.dcgd:DCGD", (1, 0.5), alpha=1, step_size=1)
    assert certify(setting).rate("upper") == pytest.approx(1 / 4)
    assert closed_form(setting) is None


@pytest.mark.parametrize("ask", [certify, closed_form, tight_form, worst_case])
@pytest.mark.parametrize(
    ("more", "name"),
    [({"alpha": 1}, "alpha"), ({"step_size": 0.1}, "step_size"), ({"agents": AGENTS}, "agents")],
)
def test_what_a_setting_says_is_not_said_again(ask, more, name) -> None:
    with pytest.raises(TypeError, match=f"^{name}: the setting says it"):
        ask(make_setting("ef21", AGENTS, **GIVEN), **more)


@pytest.mark.parametrize("ask", [certify, make_setting, closed_form, tight_form, worst_case])
def test_alpha_is_asked_for_where_a_method_compresses(ask) -> None:
    with pytest.raises(ValueError, match="alpha is missing: ef21 compresses"):
        ask("ef21", AGENTS)
    assert make_setting("gd", AGENTS).alpha == 1


def test_agents_are_asked_for() -> None:
    with pytest.raises(ValueError, match="there are no agents"):
        certify("gd")


def test_the_law_is_the_step_where_none_is_searched() -> None:
    pair = [AgentType(1, Fraction(1, 10)), AgentType(2, 1)]
    assert make_setting("ef", pair, alpha=0.75) == make_setting("ef", pair, alpha=0.75, step_size="law")


def test_what_simple_may_be_is_known_before_a_search() -> None:
    from eftheory.bounds.options import SIMPLE
    from eftheory.search.simple import _ROUNDS

    assert tuple(_ROUNDS) == SIMPLE
    with pytest.raises(ValueError, match="simple='short': choose trace or logdet"):
        Options(simple="short")
