"""Class bounds meet the upper bounds: the V found is the best of its template."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.check.class_bound import check_class_bound
from eftheory.claims import Setting
from eftheory.methods import Template
from eftheory.search import search_class_bound, search_upper
from tests.search.claims import FIRST_PAIR, SECOND_PAIR, at_law, own

F = Fraction
MEMORY = Template(memory=1)
CLOSE = {
    "gd": at_law("gd", F(1), (1, F(1, 10))),
    "gd, two types": at_law("gd", F(1), (1, F(1, 10), 3), (2, F(1, 3))),
    **{
        f"{method}, {name}": at_law(method, alpha, *agents)
        for method in ("ef", "ef21")
        for name, alpha, agents in [
            ("one agent", F(3, 4), [(1, F(1, 10))]),
            ("ten million agents", F(3, 4), [(1, F(1, 10), 10**7)]),
            ("first pair", F(8, 9), FIRST_PAIR),
            ("second pair", F(8, 9), SECOND_PAIR),
            ("some mu = 0", F(1, 2), [(1, 0, 2), (1, F(1, 10), 3)]),
        ]
    },
    "econtrol": own("econtrol:EControl", F(9, 10), F(1, 2), (1, F(1, 2), 5)),
    "heavy ball": own("heavy_ball:HeavyBallEF21", F(9, 10), F(1, 2), (1, F(1, 2), 5)),
    "dcgd": own("dcgd:DCGD", F(9, 10), F(1, 2), (1, F(1, 2), 5)),
}


def gap(setting: Setting, template: Template = Template()) -> Fraction:  # noqa: B008 -- frozen
    """The distance of the bounds as a share of 1 - rate."""
    found = search_upper(setting, template=template)
    assert found.upper is not None
    bound = search_class_bound(found)
    assert bound is not None
    assert bound.template == str(template)
    assert check_class_bound(setting, bound).proved
    assert found.seconds["class bound"] > 0
    return (found.upper.rate - bound.rate) / (1 - found.upper.rate)


@pytest.mark.parametrize("name", CLOSE)
def test_no_quadratic_does_better(name: str) -> None:
    assert 0 < gap(CLOSE[name]) <= F(11, 10**6)


@pytest.mark.parametrize("name", ["ef, second pair", "ef21, first pair", "ef21, second pair"])
def test_no_quadratic_with_memory_does_better(name: str) -> None:
    assert 0 < gap(CLOSE[name], MEMORY) <= F(11, 10**6)


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_no_quadratic_does_much_better_within_a_millionth_of_one(method: str) -> None:
    assert 0 < gap(at_law(method, F(1, 1000), (1000, F(1, 3)))) <= F(11, 10**4)


def test_the_laws_step_is_not_optimal_for_the_first_pair() -> None:
    """At the law's step no quadratic V beats 0.8538, while a shorter step is proved at 0.8518."""
    bound = search_class_bound(search_upper(CLOSE["ef21, first pair"]))
    shorter = search_upper(at_law("ef21", F(8, 9), *FIRST_PAIR, factor=F(985, 1000)))
    assert bound is not None
    assert shorter.upper is not None
    assert shorter.upper.rate < F("0.8518") < F("0.85379") < bound.rate


def test_a_class_bound_is_checked_not_believed() -> None:
    setting = CLOSE["ef21, second pair"]
    bound = search_class_bound(search_upper(setting))
    assert bound is not None
    assert not check_class_bound(setting, replace(bound, rate=bound.rate + F(1, 10**5))).proved


@pytest.mark.parametrize(
    ("setting", "template"),
    [
        (at_law("cgd", F(3, 4), (1, F(1, 10))), Template()),
        (CLOSE["ef, second pair"], Template(values=True)),
        (CLOSE["ef21, second pair"], Template(memory=1, values=True)),
    ],
)
def test_there_is_none_where_V_holds_function_values(setting: Setting, template: Template) -> None:
    found = search_upper(setting, template=template)
    assert found.upper is not None
    assert search_class_bound(found) is None


def test_there_is_none_or_a_checked_one_without_a_rate_below_one() -> None:
    setting = at_law("ef21", F(3, 4), (1, F(1, 10)), factor=F(4))
    bound = search_class_bound(search_upper(setting))
    assert bound is None or check_class_bound(setting, bound).proved
