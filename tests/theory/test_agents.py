"""Agents as people write them in Python."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from eftheory import AgentType, Options, certify, law_step_size
from eftheory.bounds import make_setting
from eftheory.bounds.problems import find_problem
from eftheory.theory import StepRule, read_agents, survey

ONE = AgentType(1, Fraction(1, 10), 1000)
TWO = AgentType(Fraction(1, 2), Fraction(1, 4))


@pytest.mark.parametrize(
    "said",
    [
        ONE,
        [ONE],
        (1, 0.1, 1000),
        [1, "0.1", 1000],
        [(1, "1/10", 1000)],
        ([1.0, Decimal("0.1"), 1e3],),
        np.array([1, 0.1, 1000]),
        {"L": 1, "mu": 0.1, "count": 1000},
        [{"count": np.int64(1000), "mu": Fraction(1, 10), "L": "1"}],
        [{"class": "smooth strongly convex", "L": 1, "mu": 0.1, "count": 1000}],
        iter([(1, 0.1, 1000)]),
    ],
)
def test_one_type_is_written_in_many_ways(said) -> None:
    assert read_agents(said) == (ONE,)


def test_several_types_may_be_written_in_different_ways() -> None:
    assert read_agents([(0.5, 0.25), {"L": 1, "mu": 0.1, "count": 1000}, TWO]) == (TWO, ONE, TWO)
    assert read_agents(np.array([[0.5, 0.25, 1], [1, 0.1, 1000]])) == (TWO, ONE)
    assert read_agents([]) == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([(1,)], r"agents\[0\]=\(1,\): 1 numbers; write \(L, mu, count\)"),
        ([ONE, (1, 2, 3, 4)], r"agents\[1\]=\(1, 2, 3, 4\): 4 numbers"),
        ([(1, 2)], r"agents\[0\]=\(1, 2\): .*mu must not exceed L"),
        ((1, float("nan")), r"agents=\(1, nan\): mu: nan is not a number"),
        ((1, "x"), "mu: 'x' is not a number; write 3/4"),
        ((1, 0.1, 1.5), "count=3/2 must be a whole number"),
        ((1, 0.1, 0), "at least 1"),
        ({"L": 1}, "mu missing; .*functions='nonconvex'"),
        ({"L": 1, "mu": 0.1, "n": 5}, "'n' is not one of L, mu, count"),
        ({1: 2}, "1 is not one of L, mu, count"),
        ({"class": "pl", "L": 1, "mu": 0.1}, "class='pl': choose one of smooth strongly convex"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(said, words) -> None:
    with pytest.raises(ValueError, match=words):
        read_agents(said)


@pytest.mark.parametrize("said", [None, 5, "L=1,mu=0.1", [ONE, 5], [ONE, "L=1"], (1, None), [(True, 0.1)]])
def test_what_could_be_no_agent_is_a_type_error(said) -> None:
    with pytest.raises(TypeError, match=r"agents|write"):
        read_agents(said)


def test_one_rule_for_numbers_wherever_they_are_given() -> None:
    exact = {"alpha": Fraction(3, 4), "step_size": Fraction(1, 10)}
    for alpha, step in ((0.75, 0.1), ("3/4", "0.1"), (Decimal("0.75"), Decimal("0.1")), (np.float64(0.75), 0.1)):
        assert make_setting("ef21", (1, 0.1, 1000), alpha=alpha, step_size=step) == make_setting("ef21", [ONE], **exact)
        assert survey("ef21", [(1, 0.1, 1000)], alpha=alpha, step_size=step) == survey("ef21", (ONE,), **exact)
        assert law_step_size("ef21", [(1, 0.1)], alpha) == law_step_size("ef21", (ONE,), Fraction(3, 4))
        assert StepRule.read(step) == StepRule("given", Fraction(1, 10))
    result = certify("ef21", [(1, 0.1, 1000)], alpha=0.75, step_size=0.1, slack=1e-5)
    assert result.setting == make_setting("ef21", [ONE], **exact)
    assert Options(slack="1e-5").slack == Fraction(1, 10**5)


def test_parameters_follow_the_same_rule() -> None:
    own = "eftheory.methods.heavy_ball:HeavyBallEF21"
    said = (0.2, "1/5", Fraction(1, 5))
    given = [make_setting(own, ONE, alpha=1, step_size=0.1, parameters={"momentum": it}) for it in said]
    assert given[0] == given[1] == given[2]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"alpha": float("nan")}, "alpha: nan is not a number"),
        ({"alpha": 0.5, "step_size": float("inf")}, "step_size: inf is not a number; .*or 'law' or 'optimal'"),
        ({"alpha": 0.5, "slack": "x"}, "slack: 'x' is not a number"),
    ],
)
def test_what_is_no_number_is_named(given, words) -> None:
    with pytest.raises(ValueError, match=words):
        certify("ef21", [(1, 0.1)], **given)


def test_of_a_class_of_functions_only_mu_may_be_left_out() -> None:
    make = find_problem("nonconvex").functions
    assert read_agents({"L": 1, "mu": None}, make=make) == read_agents((1,), make=make)
    with pytest.raises(TypeError, match="L: None is not a number"):
        read_agents({"L": None, "mu": None}, make=make)
