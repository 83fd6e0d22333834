import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.exact import parse_number
from eftheory.writing import print_number

LONGEST = "9" * 400

REFUSED = {
    "exponent": "1e9",
    "decimal": "0.5",
    "underscore": "1_0",
    "full-width digit": "１",
    "arabic digit": "١",
    "superscript": "²",
    "space before": " 1",
    "space after": "1 ",
    "newline after": "1\n",
    "newline before": "\n1",
    "newline after the denominator": "1/2\n",
    "plus": "+1",
    "leading zero": "01",
    "leading zero below": "1/02",
    "minus zero": "-0",
    "minus zero over": "-0/1",
    "zero over": "0/5",
    "not reduced": "2/4",
    "over one": "3/1",
    "division by zero": "1/0",
    "zero by zero": "0/0",
    "minus below": "1/-2",
    "two minus": "--1",
    "minus alone": "-",
    "unicode minus": "−1",
    "unicode slash": "1⁄2",
    "two slashes": "1/2/3",
    "no numerator": "/2",
    "no denominator": "1/",
    "spaces around the slash": "1 / 2",
    "empty": "",
    "infinity": "inf",
    "nan": "nan",
    "hexadecimal": "0x1",
    "complex": "1j",
    "401 digits": "1" + "0" * 400,
    "401 digits, negative": "-1" + "0" * 400,
    "401 digits below": "1/1" + "0" * 400,
    "a million digits": "9" * 10**6,
    "null byte": "1\x00",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_only_the_canonical_spelling_is_read(text):
    with pytest.raises(ValueError, match=r"not a number|not reduced|more than 400 digits") as caught:
        parse_number(text)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [None, 1, 1.0, True, b"1", ["1"], Fraction(1), {"1": 1}])
def test_only_text_is_read(value):
    with pytest.raises(ValueError, match="not a number"):
        parse_number(value)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "1",
        "-1",
        "20/209",
        "-20/209",
        LONGEST,
        "-" + LONGEST,
        f"{LONGEST}/1{'0' * 399}",
        f"-1/{LONGEST}",
        f"-{LONGEST}/1{'0' * 399}",
    ],
)
def test_canonical_spellings_are_read(text):
    assert print_number(parse_number(text)) == text


@given(st.fractions())
def test_every_fraction_has_one_spelling(value):
    text = print_number(value)
    assert parse_number(text) == value
    assert re.fullmatch("-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", text)


@given(st.text(alphabet="0123456789/-+._eE １\n", max_size=8))
def test_what_is_read_is_written_the_same(text):
    try:
        value = parse_number(text)
    except ValueError:
        return
    assert print_number(value) == text


@given(st.fractions(), st.integers(2, 9))
def test_spellings_that_are_not_reduced_are_refused(value, factor):
    with pytest.raises(ValueError, match="not reduced"):
        parse_number(f"{value.numerator * factor}/{value.denominator * factor}")


@pytest.mark.parametrize("value", [Fraction(10**400), Fraction(-(10**400)), Fraction(1, 10**400), Fraction(10**5000)])
def test_long_numbers_are_not_written(value):
    with pytest.raises(ValueError, match="400 digits"):
        print_number(value)


def test_the_longest_numbers_are_written():
    value = Fraction(10**400 - 1, 10**399)
    assert parse_number(print_number(value)) == value
    assert print_number(-value) == "-" + print_number(value)
