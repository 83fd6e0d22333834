"""A step size is a law, an optimum or a number, however it is said; all else is refused with what is allowed."""

from fractions import Fraction

import pytest

from eftheory.theory import LAW, OPTIMAL, StepRule


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("law", LAW),
        ("optimal", OPTIMAL),
        (LAW, LAW),
        (3, StepRule("given", Fraction(3))),
        (Fraction(1, 3), StepRule("given", Fraction(1, 3))),
        ("1e-3", StepRule("given", Fraction(1, 1000))),
    ],
)
def test_rules_are_read(said, rule):
    assert StepRule.read(said) == rule


@pytest.mark.parametrize("said", ["best", "", "Law", "1/0", "inf", "-"])
def test_other_words_are_refused(said):
    with pytest.raises(ValueError, match="'law' or 'optimal'"):
        StepRule.read(said)


@pytest.mark.parametrize("said", [0, -1, "0", "-1/3", Fraction(-1, 2)])
def test_a_step_size_is_positive(said):
    with pytest.raises(ValueError, match=f"step_size={said}: the step size must be positive"):
        StepRule.read(said)
