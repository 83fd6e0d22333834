"""The completeness run itself: its claims reach their ranges, and it notices what misses the target."""

from fractions import Fraction

import pytest

from eftheory.search import centre
from tests.completeness import examine as examining
from tests.completeness.claims import command, draw_claim, largest_kappa
from tests.completeness.examine import Outcome, examine
from tests.completeness.summary import tables

EASY = next(k for k in range(100) if 1 < len(draw_claim(0, k).agents) < 4 and largest_kappa(draw_claim(0, k)) < 100)


def test_the_ranges_are_reached_and_kept():
    settings = [draw_claim("ranges", number) for number in range(400)]
    agents = [agent for setting in settings for agent in setting.agents]
    alphas = [setting.alpha for setting in settings]
    assert min(alphas) == Fraction(1, 1000)
    assert max(alphas) == Fraction(999, 1000)
    assert 5 * 10**5 < max(agent.L / agent.mu for agent in agents) <= 10**6
    assert Fraction(1, 10) <= min(agent.L for agent in agents) < max(agent.L for agent in agents) <= 10
    assert {1, 2} < {agent.count for agent in agents}
    assert 5 * 10**5 < max(agent.count for agent in agents) <= 10**6
    assert {len(setting.agents) for setting in settings} == {1, 2, 3, 4, 5, 6}
    assert {setting.method.name for setting in settings} == {"ef", "ef21"}


def test_a_claim_depends_on_seed_and_number_only():
    assert draw_claim(0, 7) == draw_claim(0, 7)
    assert len({command(draw_claim(seed, number)) for seed in range(3) for number in range(3)}) == 9


def test_a_claim_is_measured():
    outcome = examine(0, EASY)
    assert outcome.complete
    assert 0 <= outcome.to_class_bound <= Fraction(1, 1000)
    assert outcome.to_worst_case >= 0
    assert not tables([outcome])[-1].rows


def test_going_on_with_exact_data_is_noticed(monkeypatch):
    assert not examine(0, EASY).exactly
    monkeypatch.setattr(centre, "_inside", lambda *_: False)  # as if doubles had drifted
    outcome = examine(0, EASY)
    assert outcome.exactly
    assert outcome.complete


@pytest.mark.parametrize("broken", ["search_upper", "search_class_bound"])
def test_a_crash_is_a_miss_and_not_the_end(monkeypatch, broken):
    def crash(*_, **__):
        raise UnboundLocalError("found")

    monkeypatch.setattr(examining, broken, crash)
    outcome = examine(0, 0)
    assert "UnboundLocalError: found" in outcome.crash
    assert outcome.proved == (broken == "search_class_bound")
    assert not outcome.complete
    assert [row[0] for row in tables([outcome])[-1].rows] == ["0"]


@pytest.mark.parametrize(
    ("slack", "complete"), [(Fraction(1, 10**6), True), (Fraction(2, 10**6), False), (None, False)]
)
def test_the_target(slack, complete):
    outcome = Outcome(0, 1, Fraction(10), Fraction(1, 2), "", proved=True, slack=slack)
    assert outcome.complete is complete
    assert len(tables([outcome])[-1].rows) == 1 - complete
