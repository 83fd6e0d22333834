"""Fewer types for many: means and counts stay, and agents that differ in scale only are joined without loss."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.algebra.averages import mean_constants
from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.methods import EF21
from eftheory.search import cluster, search_upper

F = Fraction
AGENTS = st.lists(
    st.builds(
        lambda L, ratio, count: AgentType(L, L * ratio, count),
        st.fractions(F(1, 100), 100, max_denominator=100),
        st.fractions(0, 1, max_denominator=1000),
        st.integers(1, 10**6),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda agent: (agent.L, agent.mu),
)


@given(AGENTS, st.integers(1, 8))
def test_means_and_counts_stay(agents: list[AgentType], most: int) -> None:
    joined = cluster(agents, most)
    assert len(joined) <= max(most, 1)
    assert sum(agent.count for agent in joined) == sum(agent.count for agent in agents)
    for mean, other in zip(mean_constants(joined), mean_constants(agents)):
        assert abs(mean - other) <= other / 2**40


@given(AGENTS)
def test_few_types_are_left_alone(agents: list[AgentType]) -> None:
    assert cluster(agents, len(agents)) == tuple(agents)


def test_those_that_differ_most_are_kept_apart() -> None:
    agents = [AgentType(1, F(k, 128)) for k in (1, 2, 3, 120, 121, 122)]
    assert [agent.mu for agent in cluster(agents, 2)] == [F(121, 128), F(2, 128)]


def test_agents_that_differ_in_scale_only_lose_nothing() -> None:
    agents = (AgentType(1, F(1, 10)), AgentType(5, F(1, 2)), AgentType(1, F(9, 10), 2), AgentType(3, F(27, 10)))
    joined = cluster(agents, 2)
    assert len(joined) == 2
    of_all, of_two = (
        search_upper(Setting(each, Contractive(F(3, 4)), EF21(F(1, 4)))).upper for each in (agents, joined)
    )
    assert of_all is not None
    assert of_two is not None
    assert abs(of_all.rate - of_two.rate) <= F(1, 10**6) * (1 - of_all.rate)


def test_functions_of_other_classes_are_not_joined() -> None:
    agents = tuple(SimpleNamespace(functions=name) for name in "abc")
    assert cluster(agents, 2) == agents


@pytest.mark.parametrize("most", [1, 2])
def test_equal_ratios_make_one_part(most: int) -> None:
    assert len(cluster([AgentType(k, F(k, 2)) for k in (1, 2, 3)], most)) == 1
