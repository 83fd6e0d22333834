"""Path following: it agrees with the solver where both work, and goes on exactly where doubles do not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.search import SearchResult, centre, search_upper
from eftheory.search.exact_cone import ExactCone
from eftheory.theory import closed_form
from tests.search.claims import FIRST_PAIR, SECOND_PAIR, at_law, at_step, own

F = Fraction
MILLIONTH = F(1, 10**6)
SOME = [(1, F(1, 10))], [(1, F(1, 10), 10**6), (2, F(1, 3), 2)], [(1, F(1, 10)), (2, F(1, 3)), (F(1, 2), F(1, 20), 4)]
BOTH_ENGINES = {
    "gd": at_law("gd", F(1), (1, F(1, 10), 3), (2, F(1, 3))),
    "gd, long step": at_law("gd", F(1), (1, F(1, 10), 3), (2, F(1, 3)), factor=F(21, 20)),
    "cgd": at_law("cgd", F(3, 4), (1, F(1, 10))),
    "cgd, kappa 100": at_law("cgd", F(1, 2), (100, 1)),
    **{
        f"{method}, {len(agents)} types": at_law(method, F(1, 2), *agents)
        for method in ("ef", "ef21")
        for agents in SOME
    },
    "ef21, first pair": at_law("ef21", F(8, 9), *FIRST_PAIR),
    "ef21, second pair": at_law("ef21", F(8, 9), *SECOND_PAIR),
    "ef21, short step": at_law("ef21", F(8, 9), *FIRST_PAIR, factor=F(1, 3)),
    "econtrol": own("econtrol:EControl", F(9, 10), F(1, 2), (1, F(1, 2), 5)),
    "heavy ball": own("heavy_ball:HeavyBallEF21", F(9, 10), F(1, 2), (1, F(1, 2), 5), (2, F(1, 2))),
    "dcgd": own("dcgd:DCGD", F(9, 10), F(1, 2), (1, F(1, 2), 5)),
}
HARD = {
    "cgd, kappa 1e5": at_law("cgd", F(3, 4), (10**5, 1)),
    "ef, 1 - rate = 3e-7": at_law("ef", F(1, 1000), (1000, F(1, 3))),
    "ef21, 1 - rate = 3e-7": at_law("ef21", F(1, 1000), (1000, F(1, 3))),
    "ef21, kappa 1e6, two types": at_law("ef21", F(1, 1000), (10**6, 1, 10**6), (1, F(1, 2))),
}


def proved_rate(setting: Setting, found: SearchResult) -> Fraction:
    assert found.status == "proved"
    assert found.upper is not None
    assert check_upper(setting, found.upper).proved
    return found.upper.rate


@pytest.mark.parametrize("name", BOTH_ENGINES)
def test_the_engines_agree(name: str) -> None:
    setting = BOTH_ENGINES[name]
    centre, solver = (search_upper(setting, engine=engine) for engine in ("center", "cvxpy"))
    assert (centre.engine, solver.engine) == ("center", "cvxpy")
    rate = proved_rate(setting, centre)
    assert abs(rate - proved_rate(setting, solver)) < MILLIONTH * (1 - rate)


@pytest.mark.parametrize("method", ["gd", "cgd", "ef", "ef21"])
@pytest.mark.parametrize("count", [1, 10**7])
def test_path_following_reaches_the_law_for_equal_agents(method: str, count: int) -> None:
    setting = at_law(method, F(1) if method == "gd" else F(3, 4), (1, F(1, 10), 1 if method == "cgd" else count))
    rate, law = proved_rate(setting, search_upper(setting, engine="center")), closed_form(setting)
    assert law is not None
    assert -F(1, 10**11) * (1 - law.rate) <= rate - law.rate < F(1, 10**8) * (1 - law.rate)


@pytest.mark.parametrize("name", HARD)
def test_where_doubles_stall_exact_data_go_on(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ExactCone] = []

    class Spy(ExactCone):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr(centre, "ExactCone", Spy)
    setting = HARD[name]
    found = search_upper(setting, engine="center")
    assert made
    rate, law = proved_rate(setting, found), closed_form(setting)
    assert law is not None
    assert rate < law.rate + MILLIONTH * (1 - law.rate)


@pytest.mark.parametrize("name", ["ef21, first pair", "cgd", "econtrol"])
def test_easy_claims_need_few_steps(name: str) -> None:
    """Newton steps, all in all; prototypes took 20 to 60 for one or two types."""
    assert search_upper(BOTH_ENGINES[name], engine="center").solves <= 100


def test_the_gap_is_an_estimate_of_the_distance_to_the_optimum() -> None:
    path = search_upper(BOTH_ENGINES["ef21, first pair"], engine="center").descent.path
    far = [position for position in path if position.rate < 1 and not position.meets(F(1, 10**6))]
    assert len(far) > 5
    for position in far:
        assert 0.2 < position.gap / float(position.rate - path[-1].rate) < 20


def test_a_search_ends_where_it_was_asked_to() -> None:
    setting = BOTH_ENGINES["ef21, first pair"]
    problem = search_upper(setting).problem
    coarse, fine = (centre.follow(problem, F(1, 10**k)) for k in (2, 8))
    assert coarse.solves < fine.solves
    assert len(coarse.path) < len(fine.path)
    assert coarse.path[-1].meets(F(1, 100))
    assert fine.path[-1].meets(F(1, 10**8))


CONSTANTS = st.tuples(
    st.fractions(F(1, 1000), 1000, max_denominator=1000), st.integers(2, 10**6), st.integers(1, 10**6)
)


def on(agents: list[tuple[Fraction, int, int]]) -> list[tuple]:
    """Agents (L, mu, count) from (L, kappa, count)."""
    return [(L, L / kappa, count) for L, kappa, count in agents]


def require_completeness(method: str, alpha: Fraction, agents: list[tuple[Fraction, int, int]]) -> None:
    """Proved, by path following alone, and not worse than the law by more than the slack."""
    setting = at_law(method, F(1) if method == "gd" else alpha, *on(agents))
    rate, law = proved_rate(setting, search_upper(setting, engine="center")), closed_form(setting)
    assert law is not None
    assert rate < law.rate + MILLIONTH * (1 - law.rate)


CLAIM = {
    "method": st.sampled_from(["gd", "ef", "ef21"]),
    "alpha": st.fractions(F(1, 1000), F(999, 1000), max_denominator=1000),
    "agents": st.lists(CONSTANTS, min_size=1, max_size=3, unique_by=lambda agent: (agent[0], agent[0] / agent[1])),
}


@given(**CLAIM)
@settings(max_examples=25)
def test_random_claims_are_proved(method: str, alpha: Fraction, agents: list[tuple[Fraction, int, int]]) -> None:
    require_completeness(method, alpha, agents)


@pytest.mark.slow(reason="up to a minute; twenty-five claims are searched every time")
@given(**CLAIM)
@settings(max_examples=300)
def test_many_random_claims_are_proved(method: str, alpha: Fraction, agents: list[tuple[Fraction, int, int]]) -> None:
    require_completeness(method, alpha, agents)


@pytest.mark.parametrize("scale", [F(1, 10**6), F(10**6)])
@pytest.mark.parametrize("method", ["gd", "cgd", "ef", "ef21"])
def test_the_rate_is_free_of_scale(method: str, scale: Fraction) -> None:
    alpha, agents = F(1) if method == "gd" else F(1, 2), [(F(1), F(1, 10)), (F(2), F(1, 3), 5)][: 2 - (method == "cgd")]
    large = [(scale * L, scale * mu, *rest) for L, mu, *rest in agents]
    rates = [
        proved_rate(s, search_upper(s, engine="center")) for s in (at_law(method, alpha, *a) for a in (agents, large))
    ]
    assert abs(rates[0] - rates[1]) < F(1, 10**8) * (1 - rates[0])


@pytest.mark.parametrize("step", [F(1, 10**3), F(1, 2), F(17, 10)])
def test_away_from_the_laws_step(step: Fraction) -> None:
    """Gradient descent: max(|1 - step L|, |1 - step mu|)^2, whatever the step."""
    setting = at_step("gd", F(1), step, (1, F(1, 10)))
    exact = max(abs(1 - step), abs(1 - step / 10)) ** 2
    rate = proved_rate(setting, search_upper(setting, engine="center"))
    assert 0 <= rate - exact < F(1, 10**8) * (1 - exact)
