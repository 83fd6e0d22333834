"""Ranges: exact, with both ends."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.sweep.spread import spread

NUMBERS = st.fractions(Fraction(1, 1000), 1000, max_denominator=1000)


@given(NUMBERS, NUMBERS, st.integers(2, 40))
def test_values_lie_evenly_between_the_ends_which_are_among_them(first, last, count) -> None:
    values = [Fraction(text) for text in spread(f"{first}:{last}:{count}", "alpha")]
    assert (values[0], values[-1], len(values)) == (first, last, count)
    assert len({b - a for a, b in pairwise(values)}) == 1


@given(NUMBERS, NUMBERS, st.integers(2, 40))
def test_on_a_logarithmic_scale_ratios_are_nearly_the_same(first, last, count) -> None:
    values = [Fraction(text) for text in spread(f"{first}:{last}:{count}:log", "alpha")]
    assert (values[0], values[-1], len(values)) == (first, last, count)
    ratios = [float(b / a) for a, b in pairwise(values)]
    assert max(ratios) <= min(ratios) * 1.03
    assert all(len(str(value.numerator)) <= 7 for value in values[1:-1])


@pytest.mark.parametrize(
    "text", ["law", "1/2", "L=1,mu=1/10", "my.py:Mine", "dir/my.py:Mine", "a.b:C", "g - d | mean g"]
)
def test_other_text_is_one_value(text) -> None:
    assert spread(text, "x") == (text,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1:2", "write FROM:TO:COUNT"),
        ("1:2:3:4", "write FROM:TO:COUNT"),
        ("1:2:3:log:", "write FROM:TO:COUNT"),
        ("1:two:3", "is not a number"),
        ("1:2:1", "a whole number from 2"),
        ("1:2:5/2", "a whole number from 2"),
        ("1:2:1e9", "a whole number from 2"),
        ("0:1:5:log", "both ends are positive"),
        (":1:5", "is not a number"),
        ("1/0:1:5", "divides by zero"),
    ],
)
def test_what_is_wrong_is_said(text, message) -> None:
    with pytest.raises(ValueError, match=message):
        spread(text, "alpha")
