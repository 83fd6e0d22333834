"""Simple functions: a smaller V at a rate within the slack, proved like any other."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory.certificates import Upper
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.search import search_upper
from eftheory.search.simple import simplify
from tests.search.claims import FIRST_PAIR, SECOND_PAIR, at_law

F = Fraction
SLACK = F(1, 10**6)
SETTINGS = {
    "ef21, one type": at_law("ef21", F(3, 4), (1, F(1, 10), 10)),
    "ef21, first pair": at_law("ef21", F(8, 9), *FIRST_PAIR),
    "ef21, second pair": at_law("ef21", F(8, 9), *SECOND_PAIR),
    "ef, first pair": at_law("ef", F(8, 9), *FIRST_PAIR),
}


def trace(upper: Upper) -> Fraction:
    """The trace of V's matrix, if V is scaled to dominate the measure just so."""
    return sum((row[-1] for block in upper.lyapunov for row in block.rows), F(0)) / upper.c


def simplified(setting: Setting, by: str) -> tuple[Upper, Upper, str]:
    found = search_upper(setting)
    simple = simplify(found, by=by, slack=SLACK)
    assert found.upper is not None
    assert simple.upper is not None
    assert check_upper(setting, simple.upper).proved
    return found.upper, simple.upper, simple.status


@pytest.mark.parametrize("by", ["trace", "logdet"])
@pytest.mark.parametrize("name", SETTINGS)
def test_simple_functions_are_proved_within_the_slack(name: str, by: str) -> None:
    before, after, status = simplified(SETTINGS[name], by)
    assert status.startswith("proved")
    assert before.rate <= after.rate <= before.rate + SLACK * (1 - before.rate)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_trace_is_smaller(name: str) -> None:
    before, after, status = simplified(SETTINGS[name], "trace")
    assert status == "proved"
    assert trace(after) < trace(before)


@pytest.mark.parametrize("by", ["", "rank", "Trace"])
def test_sizes_are_known_by_name(by: str) -> None:
    found = search_upper(SETTINGS["ef21, one type"])
    with pytest.raises(ValueError, match="choose trace or logdet"):
        simplify(found, by=by, slack=SLACK)


def test_what_was_not_found_is_not_simplified() -> None:
    found = search_upper(at_law("ef21", F(3, 4), (1, 0)))
    assert simplify(found, by="trace", slack=SLACK).upper is None
