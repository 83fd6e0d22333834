"""Class bounds meet the upper bounds: the V found is the best of its template."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory.check.class_bound import check_class_bound
from eftheory.claims import Setting
from eftheory.search import search_class_bound, search_upper
from tests.search.claims import at_law

F = Fraction
CLOSE = {
    "gd": at_law("gd", F(1), (1, F(1, 10))),
    "gd, two types": at_law("gd", F(1), (1, F(1, 10), 3), (2, F(1, 3))),
    **{
        f"{method}, {name}": at_law(method, alpha, *agents)
        for method in ("ef", "ef21")
        for name, alpha, agents in [
            ("one agent", F(3, 4), [(1, F(1, 10))]),
            ("ten million agents", F(3, 4), [(1, F(1, 10), 10**7)]),
            ("first pair", F(8, 9), [(1, F(1, 100)), (F(1, 10), F(9, 100))]),
            ("second pair", F(8, 9), [(1, F(99, 100)), (1, F(1, 100))]),
            ("some mu = 0", F(1, 2), [(1, 0, 2), (1, F(1, 10), 3)]),
        ]
    },
}


def gap(setting: Setting) -> Fraction:
    """The distance of the bounds as a share of 1 - rate."""
    found = search_upper(setting)
    assert found.upper is not None
    bound = search_class_bound(setting, found.upper.rate, found=found)
    assert bound is not None
    assert check_class_bound(setting, bound).proved
    return (found.upper.rate - bound.rate) / (1 - found.upper.rate)


@pytest.mark.parametrize("name", CLOSE)
def test_no_quadratic_does_better(name: str) -> None:
    assert 0 < gap(CLOSE[name]) <= F(11, 10**6)


@pytest.mark.parametrize("method", ["ef", "ef21"])
def test_no_quadratic_does_much_better_within_a_millionth_of_one(method: str) -> None:
    assert 0 < gap(at_law(method, F(1, 1000), (1000, F(1, 3)))) <= F(11, 10**4)


def test_the_laws_step_is_not_optimal_for_the_first_pair() -> None:
    """At the law's step no quadratic V beats 0.8538, while a shorter step is proved at 0.8518."""
    at_the_step = CLOSE["ef21, first pair"]
    bound = search_class_bound(at_the_step, F("0.853801"))
    shorter = search_upper(at_law("ef21", F(8, 9), (1, F(1, 100)), (F(1, 10), F(9, 100)), factor=F(985, 1000)))
    assert bound is not None
    assert shorter.upper is not None
    assert shorter.upper.rate < F("0.8518") < F("0.8537") < bound.rate


def test_rates_far_above_the_least_have_no_class_bound() -> None:
    assert search_class_bound(CLOSE["ef21, one agent"], F(99, 100)) is None


def test_there_is_none_where_V_holds_function_values() -> None:
    assert search_class_bound(at_law("cgd", F(3, 4), (1, F(1, 10))), F(9, 10)) is None


def test_there_is_none_without_a_rate_below_one() -> None:
    setting = at_law("ef21", F(3, 4), (1, F(1, 10)), factor=F(4))
    assert search_class_bound(setting, F(1)) is None


def test_where_nothing_shrinks_every_rate_is_a_class_bound() -> None:
    setting = at_law("ef21", F(3, 4), (1, F(1, 10)), factor=F(4))
    bound = search_class_bound(setting, F(1, 2))
    assert bound is None or check_class_bound(setting, bound).proved
