"""Whatever the setting, the search returns; without a rate below 1 it says so."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from eftheory.check.class_bound import check_class_bound
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.search import search_class_bound, search_upper
from tests.kit.strategies import problem_settings
from tests.search.claims import at_law, at_step

F = Fraction
BOTH = pytest.mark.parametrize("method", ["ef", "ef21"])


def inconclusive(setting: Setting) -> str:
    found = search_upper(setting)
    assert found.upper is None
    assert found.status.startswith("inconclusive: ")
    return found.status


@pytest.mark.parametrize("method", ["gd", "cgd", "ef", "ef21"])
def test_all_mu_zero_has_no_rate_below_one(method: str) -> None:
    inconclusive(at_law(method, F(1) if method == "gd" else F(3, 4), (1, 0)))


@pytest.mark.parametrize("method", ["gd", "cgd", "ef", "ef21"])
def test_steps_beyond_stability_have_no_rate_below_one(method: str) -> None:
    status = inconclusive(at_law(method, F(1) if method == "gd" else F(3, 4), (1, F(1, 10)), factor=F(4)))
    assert "not below 1" in status


@BOTH
def test_some_mu_zero_is_no_obstacle(method: str) -> None:
    assert search_upper(at_law(method, F(3, 4), (1, 0), (1, F(1, 10), 2))).status == "proved"


@pytest.mark.parametrize("method", ["gd", "ef", "ef21"])
@pytest.mark.parametrize("alpha", [F(3, 4), F(1)])
def test_mu_equal_to_L_is_no_obstacle(method: str, alpha: Fraction) -> None:
    setting = at_step(method, F(1), F(1), (1, 1)) if alpha == 1 or method == "gd" else at_law(method, alpha, (1, 1, 2))
    assert search_upper(setting).status == "proved"


@BOTH
def test_numbers_beyond_floats_are_inconclusive_or_proved(method: str) -> None:
    """The symbols of EF are free of scale, so that it does not see the size of L."""
    huge = F(10) ** 400
    found = search_upper(at_law(method, F(3, 4), (huge, huge / 3)))
    assert (found.upper is not None) == (method == "ef")


@BOTH
def test_rates_beyond_double_precision_are_inconclusive_or_proved(method: str) -> None:
    setting = at_law(method, F(1, 10**12), (1, F(1, 10)))
    found = search_upper(setting)
    assert found.upper is None or check_upper(setting, found.upper).proved


@given(setting=problem_settings(max_types=2, max_count=3))
@settings(max_examples=8)
def test_nothing_is_ever_raised(setting: Setting) -> None:
    found = search_upper(setting)
    assert (found.upper is None) == found.status.startswith("inconclusive")
    if found.upper is not None:
        bound = search_class_bound(found)
        assert bound is None or check_class_bound(setting, bound).proved
