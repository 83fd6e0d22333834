"""Out of range: the message repeats the value and says what is allowed."""

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive, SmoothStronglyConvex, group_agents
from eftheory.claims import Setting
from eftheory.methods import GD
from tests.kit.strategies import agent_types, rationals

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("L", "mu", "parts"),
    [
        (0, 0, ["L=0", "must be positive"]),
        (Fraction(-3, 7), 0, ["L=-3/7", "must be positive"]),
        (1, Fraction(-1, 9), ["mu=-1/9", "must not be negative", "mu=0 means convex"]),
        (1, 2, ["mu=2", "L=1", "must not exceed L", "swap"]),
    ],
)
@pytest.mark.parametrize("make", [SmoothStronglyConvex, AgentType])
def test_constants_out_of_range(make, L, mu, parts):
    with pytest.raises(ValueError) as caught:
        make(L=L, mu=mu)
    assert [part for part in parts if part not in str(caught.value)] == []


@pytest.mark.parametrize("alpha", [0, Fraction(-1, 2), Fraction(10**9 + 1, 10**9), 2])
def test_alpha_out_of_range(alpha):
    with pytest.raises(ValueError) as caught:
        Contractive(alpha)
    for part in (f"alpha={alpha}", "(0, 1]", "alpha = k/d", "1 - epsilon"):
        assert part in str(caught.value)


@pytest.mark.parametrize("value", [0.5, True, "1/2", None, 1 + 0j])
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("alpha", Contractive),
        ("L", lambda value: SmoothStronglyConvex(value, Fraction(0))),
        ("mu", lambda value: SmoothStronglyConvex(Fraction(1), value)),
        ("L", lambda value: AgentType(value, Fraction(0))),
    ],
)
def test_only_exact_numbers_are_taken(name, make, value):
    with pytest.raises(TypeError) as caught:
        make(value)
    for part in (f"{name}={value!r}", "Fraction", "read_number"):
        assert part in str(caught.value)


@pytest.mark.parametrize("count", [0, -1, True, 1.0, HALF, "3", None])
def test_counts_are_whole_numbers(count):
    with pytest.raises(ValueError) as caught:
        AgentType(1, 0, count)
    assert f"count={count!r}" in str(caught.value)
    assert "at least 1" in str(caught.value)


def test_the_ends_of_the_ranges_are_inside():
    assert AgentType(1, 0).functions.radius == HALF
    assert AgentType(1, 1).functions.radius == 0
    assert Contractive(1).alpha == 1
    assert AgentType(1, 0, 10**30).count == 10**30


@pytest.mark.parametrize(
    ("value", "field"), [(AgentType(1, 0), "mu"), (SmoothStronglyConvex(1, 0), "L"), (Contractive(1), "alpha")]
)
def test_assumptions_are_immutable(value, field):
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, Fraction(7))


def test_ints_become_fractions():
    assert isinstance(AgentType(1, 0).L, Fraction)
    assert isinstance(AgentType(1, 0).mu, Fraction)
    assert isinstance(Contractive(1).alpha, Fraction)


@given(st.lists(agent_types(), min_size=1, max_size=6))
def test_grouping_joins_equal_constants_and_keeps_all_agents(agents):
    agents = agents + agents[::2]
    grouped = group_agents(agents)
    flat = [(a.L, a.mu) for a in agents for _ in range(a.count)]
    assert sorted((g.L, g.mu) for g in grouped for _ in range(g.count)) == sorted(flat)
    assert [(g.L, g.mu) for g in grouped] == list(dict.fromkeys((a.L, a.mu) for a in agents))
    assert group_agents(grouped) == grouped


def test_no_agents():
    with pytest.raises(ValueError, match="no agents: a claim needs at least one"):
        group_agents([])


def test_too_many_types():
    types = [AgentType(k, 0) for k in range(1, 66)]
    assert len(group_agents(types[:64])) == 64
    with pytest.raises(ValueError, match=r"65 different agent types: at most 64.*L up, mu down"):
        group_agents(types)


@given(rationals(0, 9), rationals(0, 9), rationals(-1, 10))
def test_curvatures_of_the_class(a, b, h):
    functions = SmoothStronglyConvex(max(a, b) + 1, min(a, b))
    assert functions.contains_curvature(h) == (min(a, b) <= h <= max(a, b) + 1)
    assert functions.centre + functions.radius == functions.L
    assert functions.centre - functions.radius == functions.mu


class Loose(SmoothStronglyConvex):
    """Says less than it is called."""

    def facts(self, a, b, inner, *, values):
        for fact in super().facts(a, b, inner, values=values):
            yield fact._replace(slack=2 * fact.slack)


@pytest.mark.parametrize("functions", [Loose(1, HALF), 0, SmoothStronglyConvex])
def test_a_claim_is_about_functions_of_a_class_that_is_known(functions):
    """What is derived from it has its name, and may say what it likes."""
    with pytest.raises(ValueError, match="is of no class that a claim may name; those are smooth strongly convex"):
        Setting((AgentType(functions=functions),), Contractive(1), GD(HALF))


def test_one_constant_of_an_agent_type_is_changed_as_the_message_says():
    agent = AgentType(2, HALF, 7)
    with pytest.raises(ValueError, match=r"write replace\(agent, functions=replace\(agent.functions, mu=...\)\)"):
        replace(agent, mu=1)
    assert replace(agent, functions=replace(agent.functions, mu=1)) == AgentType(2, 1, 7)
    assert replace(agent, count=8) == AgentType(2, HALF, 8)


@pytest.mark.parametrize("given", [{}, {"L": 1}, {"mu": 0}, {"L": 1, "mu": 0, "functions": SmoothStronglyConvex(1, 0)}])
def test_an_agent_type_has_constants_or_functions(given):
    with pytest.raises(ValueError, match="give L and mu, or functions, and not both"):
        AgentType(**given)
