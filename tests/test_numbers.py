from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from eftheory.numbers import (
    about,
    decimal_down,
    decimal_up,
    digits_for,
    rate_down,
    rate_up,
    read_number,
    scientific_down,
    scientific_up,
    shown,
)


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
    ["", "x", "1_0", "１", "nan", "inf", "0x10", "1/2/3", "1.5/2", "1e", ".", "1 2", "--1", "1,5", "1/-2", "1e5/3"],
)  # fmt: skip
def test_everything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"not a number; write 3/4, 0.75 or 1e-3"):
        read_number(text)


@pytest.mark.parametrize("text", ["1e1000", "-1e-1000", "9" * 401, "1/" + "9" * 401, "." + "1" * 201])
def test_a_number_that_is_too_long_is_told_so(text):
    with pytest.raises(ValueError, match=r"is too long a number: write at most 200 digits, .* exponents up to 999$"):
        read_number(text)


@pytest.mark.parametrize("text", ["1/0", "0/0", "-1/00"])
def test_division_by_zero(text):
    with pytest.raises(ValueError, match="divides by zero"):
        read_number(text)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (0.1, Fraction(1, 10)),
        (1e-6, Fraction(1, 10**6)),
        (1e22, Fraction(10**22)),
        (-0.0, Fraction(0)),
        (3, Fraction(3)),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.10"), Fraction(1, 10)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.float32(0.1), Fraction(1, 10)),
        (np.int64(7), Fraction(7)),
        (sympy.Rational(1, 3), Fraction(1, 3)),
    ],
)
def test_numbers_of_all_kinds_are_what_python_prints(number, value):
    assert read_number(number) == value
    assert type(read_number(number).numerator) is int


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_the_shortest_decimal_that_is_this_float(number):
    assert read_number(number) == Fraction(repr(number))
    assert float(read_number(number)) == number


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), Decimal("NaN"), np.float64("inf")])
def test_what_is_not_finite_is_refused(number):
    with pytest.raises(ValueError, match=r"^alpha: -?(nan|NaN|inf) is not a number"):
        read_number(number, "alpha")


@pytest.mark.parametrize("thing", [None, True, 1j, [1], b"1", np.array([1.0, 2.0])])
def test_what_could_not_be_a_number_is_a_type_error(thing):
    with pytest.raises(TypeError, match="is not a number; write 3/4"):
        read_number(thing)


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


@given(st.fractions(0, 1).filter(bool), st.integers(-400, 400), st.integers(1, 15))
def test_numbers_with_exponents_are_rounded_to_the_side_asked_for(x, exponent, figures):
    number = x * Fraction(10) ** exponent
    below, above = Fraction(scientific_down(number, figures)), Fraction(scientific_up(number, figures))
    assert below <= number <= above
    assert above - below <= number / 10 ** (figures - 1)


def read_rate(text):
    whole, minus, less = text.partition(" - ")
    return Fraction(whole) - Fraction(less) if minus else Fraction(text)


@given(st.fractions(0, 1), st.integers(0, 300))
def test_rates_are_short_and_on_the_side_asked_for(x, zeros):
    rate = 1 - x / 10**zeros
    digits = digits_for(1 - rate)
    assert read_rate(rate_down(rate, digits)) <= rate <= read_rate(rate_up(rate, digits))
    assert rate == 1 or read_rate(rate_up(rate, digits)) < 1
    assert max(map(len, (rate_down(rate, digits), rate_up(rate, digits)))) < 30


@pytest.mark.parametrize("exponent", [-400, -299, -5, 0, 299, 400])
def test_numbers_of_any_size_are_about_something(exponent):
    number = Fraction(2, 3) * Fraction(10) ** exponent
    assert abs(Fraction(about(number).removeprefix("about ")) - number) <= number / 10**8
