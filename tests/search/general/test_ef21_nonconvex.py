"""EF21 without convexity: the constants are those of worst cases, and depend on mean L_i alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.check.upper import check_upper
from eftheory.search.general import search_general
from tests.search.general.settings import ef21

F = Fraction
CONSTANT = "C(f - inf f)"


@pytest.mark.parametrize(
    ("step_size", "s", "types", "worst"),
    [
        ("0.59244", "1/2", [(1, 1)], F("2.687611")),
        ("0.59244", "1/2", [(1, 12)], F("2.687611")),
        ("1/2", "1/2", [(1, 1)], F("2.867181")),
        ("1/2", "1/2", [(1, 10**6)], F("2.867181")),
        ("1.06798", "1/10", [(1, 1)], F("1.424071")),
        ("0.27283", "3/4", [(1, 5)], F("5.911522")),
        ("0.10204", "9/10", [(1, 1)], F("15.849411")),
        ("0.59244", "1/2", [("3/2", 1), ("1/2", 1)], F("2.687611")),
        ("0.59244", "1/2", [(2, 1), (1, 2), ("1/2", 2)], F("2.687611")),
    ],
)
def test_the_constant_is_that_of_the_worst_case(step_size: str, s: str, types: list, worst: Fraction) -> None:
    setting = ef21(step_size, s, *types)
    found = search_general(setting)
    assert found.upper is not None, found.status
    assert check_upper(setting, found.upper).proved
    assert worst * (1 - F(1, 10**6)) < found.constants[CONSTANT] < worst * (1 + F(3, 10**6))


def test_the_constant_scales_with_the_mean_of_the_smoothness_constants() -> None:
    found = search_general(ef21("0.059244", "1/2", (10, 3)))
    assert abs(found.constants[CONSTANT] - 10 * F("2.687611")) < F(1, 10**4)


@pytest.mark.parametrize("L", [F(1, 1000), F(1000), F(10**6)])
def test_units_do_not_matter(L: Fraction) -> None:
    found = search_general(ef21(F(1, 2) / L, "1/2", (L, 2)))
    assert abs(found.constants[CONSTANT] / L - F("2.867181")) < F(1, 10**4)


def test_agents_of_very_unequal_smoothness_cost_what_their_mean_does() -> None:
    found = search_general(ef21("1/500", "1/2", (1000, 1), ("1/1000", 3)))
    mean = (1000 + F(3, 1000)) / 4
    equal = search_general(ef21(mean / 500, "1/2", (1, 1)))
    assert abs(found.constants[CONSTANT] / (mean * equal.constants[CONSTANT]) - 1) < F(1, 500)


def test_a_smaller_constant_is_refused() -> None:
    setting = ef21("1/2", "1/2", (1, 1))
    upper = search_general(setting).upper
    assert upper is not None
    smaller = {**upper.initial, "f - inf f": upper.initial["f - inf f"] * F(99, 100)}
    assert not check_upper(setting, replace(upper, initial=smaller)).proved


def test_beyond_the_stability_limit_nothing_is_proved() -> None:
    """At 2 (1-s)/((1+s) L) = 2/3 and above no constant is found."""
    found = search_general(ef21("7/10", "1/2", (1, 1)))
    assert found.upper is None
    assert found.status.startswith("inconclusive: ")
    assert not found.constants


def test_the_same_question_has_the_same_answer() -> None:
    setting = ef21("1/2", "1/2", (1, 2))
    assert search_general(setting) == search_general(setting)
