"""Comparisons are verdicts: proved only where bounds do not overlap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.bounds import certify
from eftheory.bounds.compare import Compared, in_groups, is_faster


@dataclass(frozen=True)
class Bounds(Compared):
    """A method with these bounds, whatever it is."""

    found: Any = None
    bounds: tuple[Fraction | None, Fraction | None] = (None, None)

    @property
    def asks(self) -> frozenset[str]:
        return frozenset()

    @property
    def upper(self) -> Fraction | None:
        return self.bounds[1]

    @property
    def lower(self) -> Fraction | None:
        return self.bounds[0]


RATES = st.none() | st.fractions(0, 2, max_denominator=20)
SOME = st.tuples(RATES, RATES).filter(lambda pair: None in pair or pair[0] <= pair[1])


@given(SOME, SOME)
def test_a_verdict_holds_for_all_rates_within_the_bounds(one, other) -> None:
    verdict = is_faster(Bounds("a", bounds=one), Bounds("b", bounds=other))
    ends = [
        (low if low is not None else Fraction(-1), up if up is not None else Fraction(9)) for low, up in (one, other)
    ]
    outcomes = {a < b for a, b in product(*ends)}
    assert verdict == (
        {frozenset({True}): "proved", frozenset({False}): "refuted"}.get(frozenset(outcomes), "inconclusive")
    )


@given(SOME, SOME)
def test_no_two_methods_are_faster_than_each_other(one, other) -> None:
    a, b = Bounds("a", bounds=one), Bounds("b", bounds=other)
    assert not (is_faster(a, b) == "proved" and is_faster(b, a) == "proved")
    assert is_faster(a, a) != "proved"


@pytest.fixture(scope="module")
def methods() -> list[Compared]:
    alphas = {"ef": "3/4", "cgd": "3/4", "ef21": "3/4", "gd": "1"}
    return [Compared(name, certify(name, (1, "1/10"), alpha=alpha)) for name, alpha in alphas.items()]


def test_for_one_agent_gd_is_faster_than_cgd_and_cgd_than_feedback(methods) -> None:
    assert in_groups(methods) == {"gd": ["ef", "cgd", "ef21"], "cgd": ["ef", "ef21"], "ef": [], "ef21": []}


def test_rounds_are_enough_and_one_less_is_not_proved_to_be(methods) -> None:
    accuracy = Fraction(1, 10**6)
    for each in methods:
        rounds, constant, rate = each.rounds(accuracy), each.found.constant, each.upper
        assert constant * rate**rounds <= accuracy < constant * rate ** (rounds - 1)


def test_of_sums_there_is_no_rate() -> None:
    found = Compared("ef21", certify("ef21", (1, None), alpha="1/2", functions="nonconvex", step_size="1/10"))
    assert (found.upper, found.lower, found.rounds(Fraction(1, 2))) == (None, None, None)


def test_a_bound_that_asks_more_of_the_functions_decides_nothing() -> None:
    agents = [(1, "1/10"), (2, "1/10")]
    slow = Compared("ef21", certify("ef21", agents, alpha="3/4", step_size="1/100"))
    fast = Compared("ef", certify("ef", agents, alpha="3/4", step_size="law"))
    assert fast.upper < slow.lower
    assert (is_faster(fast, slow), is_faster(slow, fast)) == ("inconclusive", "inconclusive")
    alone = [
        Compared(name, certify(name, (1, "1/10"), alpha="3/4", step_size=step))
        for name, step in (("ef", "law"), ("ef21", "1/100"))
    ]
    assert is_faster(*alone) == "proved"


def test_a_general_bound_starts_elsewhere_and_has_no_rounds() -> None:
    found = Compared("gd", certify("gd", (1, None), functions="pl", mu="1/10", step_size="1"))
    assert found.upper is not None
    assert found.upper < 1
    assert found.rounds(Fraction(1, 2)) is None
