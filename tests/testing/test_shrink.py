"""Shrunk vectors still fail, and are simpler."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.testing.shrink import complexity, shrink

ENTRIES = st.fractions(-20, 20, max_denominator=50)
VECTORS = st.lists(ENTRIES, min_size=1, max_size=8)

FAILURES = {
    "large": lambda v: max(map(abs, v)) > 2,
    "negative": lambda v: min(v) < 0,
    "unsorted": lambda v: any(a > b for a, b in pairwise(v)),
    "two sizes": lambda v: len({abs(x) for x in v}) >= 2,
    "far from whole": lambda v: any(x.denominator > 3 for x in v),
    "a large sum": lambda v: abs(sum(v)) >= 1,
    "last": lambda v: v[-1] != 0,
}


@pytest.mark.parametrize("name", FAILURES)
@given(v=VECTORS)
def test_still_fails_and_is_no_less_simple(name, v):
    fails = FAILURES[name]
    if fails(v):
        found = shrink(v, fails)
        assert fails(found)
        assert len(found) == len(v)
        assert complexity(found) <= complexity(v)
        assert found == shrink(v, fails)


@given(VECTORS, st.integers(0, 40))
def test_tries_no_more_than_it_may(v, tries):
    asked = []

    def fails(candidate):
        asked.append(candidate)
        return len(asked) % 2 == 0

    shrink(v, fails, tries=tries)
    assert len(asked) <= tries


@given(VECTORS)
def test_terminates_where_all_vectors_fail(v):
    assert shrink(v, lambda candidate: True, tries=10**6) == [0] * len(v)


@given(VECTORS)
def test_the_vector_itself_where_no_other_fails(v):
    assert shrink(v, lambda candidate: candidate == v) == v


@given(VECTORS)
def test_leaves_its_argument_alone(v):
    before = list(v)
    shrink(v, lambda candidate: True)
    assert v == before


@pytest.mark.parametrize(
    ("start", "fails", "simplest"),
    [
        ([Fraction(-7, 3), Fraction(5), Fraction(1, 9)], FAILURES["large"], [0, 0, 3]),
        ([Fraction(7, 3), Fraction(-5), Fraction(1, 9)], FAILURES["negative"], [0, 0, -1]),
        ([Fraction(3, 7)] * 6, lambda v: all(v), [1] * 6),
        ([Fraction(9, 4), Fraction(1, 3), Fraction(1, 5)], FAILURES["two sizes"], [0, 0, 1]),
        ([Fraction(3, 2)] * 4, lambda v: all(x == Fraction(3, 2) for x in v), [Fraction(3, 2)] * 4),
        ([Fraction(5, 3)] * 3, lambda v: len({*v}) == 1 and 1 < v[0] < 2, [Fraction(3, 2)] * 3),
    ],
)
def test_typical_ends(start, fails, simplest):
    assert shrink(start, fails) == simplest


def test_zero_is_simplest():
    assert shrink([Fraction(0)] * 3, lambda candidate: True) == [0] * 3
