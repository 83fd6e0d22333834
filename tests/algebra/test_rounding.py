"""Rounding stays on its side."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eftheory.algebra.rounding import binary_exponent, round_down, round_up, simplest, sqrt_above, sqrt_below

positive = st.fractions(min_value=Fraction(1, 10**9), max_value=10**9)


@given(positive, st.integers(1, 80))
def test_rounding_brackets_within_the_promised_digits(x: Fraction, bits: int) -> None:
    low, high = round_down(x, bits), round_up(x, bits)
    assert low <= x <= high
    assert high - low <= x * Fraction(4, 2**bits)
    assert round_down(-x, bits) == -high


@given(positive, st.integers(1, 80))
def test_square_roots_bracket(x: Fraction, bits: int) -> None:
    low, high = sqrt_below(x, bits=bits), sqrt_above(x, bits=bits)
    assert low * low <= x <= high * high
    assert high - low <= Fraction(1, 2**bits)
    assert sqrt_below(x * x, bits=bits) == sqrt_above(x * x, bits=bits) == x


@given(positive)
def test_binary_exponent_is_the_magnitude(x: Fraction) -> None:
    e = binary_exponent(x)
    assert Fraction(2) ** (e - 1) < x < Fraction(2) ** (e + 1)


def test_the_simplest_fraction() -> None:
    assert simplest(Fraction(-2, 5), Fraction(-3, 10)) == Fraction(-1, 3)
    assert simplest(Fraction(3, 10), Fraction(31, 100)) == Fraction(3, 10)
    assert simplest(Fraction(1, 2), Fraction(5, 2)) == 1
    assert simplest(Fraction(-1), Fraction(1)) == 0
