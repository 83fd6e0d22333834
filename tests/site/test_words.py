"""Formulas in sentences are as in print."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.site.words import in_print


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("4.56e-13 of 1 - rate", "4.56 · 10<sup>−13</sup> of 1 − rate"),
        ("10,000,000 x (L=1)", "10,000,000 × (<i>L</i>=1)"),
        ("measure_t <= 2 rate^t", "measure<sub><i>t</i></sub> ≤ 2 rate<sup><i>t</i></sup>"),
        ("grad f_i(x*)", "∇<i>f</i><sub><i>i</i></sub>(<i>x</i><sup>⋆</sup>)"),
        ("Ltilde", "<i>L\u0303</i>"),
        ("(1-alpha) ||x||^2", "(1-<i>α</i>) ‖<i>x</i>‖²"),
        ("a fast run of 2020-10", "a fast run of 2020-10"),
    ],
)
def test_a_formula_is_written_as_in_print(typed, printed):
    assert in_print(typed) == printed


@given(st.text(alphabet="<>&\"'`abe_^-12 +*()|[]", max_size=30))
def test_whatever_is_written_no_tag_of_its_own_gets_through(text):
    assert re.sub(r"</?(?:i|sub|sup|code)>", "", in_print(text)).count("<") == 0
