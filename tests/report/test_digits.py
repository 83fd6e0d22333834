from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.report.digits import Digits

NUMBERS = st.builds(
    lambda a, b, shift: Fraction(a, b) * Fraction(10) ** shift,
    st.integers(-(10**30), 10**30), st.integers(1, 10**30), st.integers(-60, 60),
)  # fmt: skip


def value(text: str) -> Fraction:
    whole, minus, less = text.partition(" - ")
    return value(whole) - value(less) if minus else Fraction(text) if "/" in text else Fraction(Decimal(text))


@given(NUMBERS)
def test_bounds_are_rounded_to_their_side(x) -> None:
    digits = Digits()
    assert value(digits.down(x)) <= x <= value(digits.up(x))
    assert value(digits.up(x)) - value(digits.down(x)) <= abs(x) / 10**4


@given(NUMBERS)
def test_what_is_not_marked_as_rounded_is_exact(x) -> None:
    digits = Digits()
    shown = value(digits.near(x))
    assert abs(shown - x) <= abs(x) / 10**5
    assert digits.rounds(x) or shown == x


@given(NUMBERS)
def test_exact_is_exact(x) -> None:
    digits = Digits(exact=True)
    assert [value(show(x)) for show in (digits.near, digits.up, digits.down)] == [x] * 3


@given(st.integers(1, 10**40), st.integers(1, 10**40))
def test_rates_are_told_from_one(a, b) -> None:
    rate = Fraction(a, a + b)
    up, down = value(Digits().rate_up(rate)), value(Digits().rate_down(rate))
    assert down <= rate <= up
    assert up - down <= (1 - rate) / 10**6 or not Digits().rounds(rate)


def test_a_rate_of_one_is_shown() -> None:
    assert Digits().rate_up(Fraction(1)) == "1"
    assert Digits().rate_down(Fraction(10**30 + 1, 10**30)).startswith("1.000000000")


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-15, 2), "-15/2"),
        (Fraction(1, 3**40), "8.22526e-20"),
        (Fraction(-(3**40), 7), "-1.73681e+18"),
        (Fraction(3**40, 3**39 * 10**6 + 1), "3e-6"),
    ],
)
def test_examples(x, text) -> None:
    assert Digits().near(x) == text


def test_numbers_too_long_to_print_are_rounded_even_when_asked_for_exactly() -> None:
    long = Fraction(7**6000, 3)
    assert Digits(exact=True).rounds(long)
    assert Digits(exact=True).near(long).endswith("e+5070")
