"""The largest number at which something holds is never overstated, and hardly understated."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eftheory.theory.calculators.largest import largest

positive = st.fractions(Fraction(1, 10**30), 10**30)


@given(positive)
def test_it_holds_there_and_hardly_beyond(limit):
    found = largest(lambda x: x <= limit)
    assert limit * (1 - Fraction(1, 10**11)) <= found <= limit


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_short_fractions_are_found_exactly(top, bottom):
    assert largest(lambda x: x * bottom <= top) == Fraction(top, bottom)


@given(positive)
def test_roots_are_below(square):
    assert largest(lambda x: x * x <= square) ** 2 <= square


def test_without_a_limit_or_without_any_there_is_none():
    assert largest(lambda x: True) is None
    assert largest(lambda x: False) is None


def test_short_fractions_are_found_early():
    asked = []
    assert largest(lambda x: asked.append(x) or 7 * x <= 4) == Fraction(4, 7)
    assert len(asked) < 30
