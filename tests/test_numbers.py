from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.numbers import about, decimal_down, decimal_up, digits_for, read_number, scientific_up, shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("3/4", Fraction(3, 4)),
        ("6/8", Fraction(3, 4)),
        (" -3/4\n", Fraction(-3, 4)),
        ("1e-3", Fraction(1, 1000)),
        ("+2.5E2", Fraction(250)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("007", Fraction(7)),
    ],
)
def test_people_write_numbers_in_many_ways(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "x", "1_0", "１", "nan", "inf", "0x10", "1/2/3", "1.5/2", "1e1000", "1e", ".", "1 2", "--1", "9" * 401,
     "1,5", "1/-2", "1e5/3"],
)  # fmt: skip
def test_everything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"not a number; write 3/4, 0.75 or 1e-3"):
        read_number(text)


@pytest.mark.parametrize("text", ["1/0", "0/0", "-1/00"])
def test_division_by_zero(text):
    with pytest.raises(ValueError, match="divides by zero"):
        read_number(text)


@given(st.fractions(), st.integers(0, 30))
def test_decimals_enclose_the_number_and_are_next_to_it(x, digits):
    up, down = Fraction(decimal_up(x, digits)), Fraction(decimal_down(x, digits))
    unit = Fraction(1, 10**digits)
    assert down <= x <= up
    assert up - x < unit
    assert x - down < unit


@given(st.fractions(min_value=0), st.integers(1, 12))
def test_scientific_notation_rounds_up_to_the_digits_asked_for(x, digits):
    text = scientific_up(x, digits)
    shown = Fraction(text)
    assert x <= shown
    assert (shown - x) * 10 ** (digits - 1) <= x
    assert len(text.split("e")[0].replace(".", "")) == (digits if x else 1)


@given(st.fractions())
def test_what_is_printed_is_read_again(x):
    assert read_number(str(x)) == x
    assert read_number(decimal_up(x, 5)) == Fraction(decimal_up(x, 5))


@given(st.fractions(), st.integers(1, 20))
def test_there_are_digits_for_the_figures_of_a_number_however_small(x, figures):
    digits = digits_for(x, figures)
    assert digits == digits_for(-x, figures)
    assert not x or Fraction(10**figures, 10**digits) <= abs(x)


@given(st.fractions(0, 1).filter(lambda rate: rate < 1), st.integers(1, 12))
def test_a_rate_below_one_is_shown_below_one(rate, figures):
    digits = digits_for(1 - rate, figures)
    up, down = Fraction(decimal_up(rate, digits)), Fraction(decimal_down(rate, digits))
    assert down <= rate <= up < 1
    assert (up - down) * 10**figures <= 1 - rate


@given(st.fractions())
def test_short_numbers_are_shown_as_they_are_and_long_ones_rounded(x):
    for longest in (1, 6, 24):
        text = shown(x, decimal_up, longest)
        assert text == (str(x) if len(str(x)) <= longest else decimal_up(x))
        assert Fraction(text) >= x
    assert abs(Fraction(about(x, 4).removeprefix("about ")) - x) * 2000 <= abs(x)
