"""What a certificate says is the same in all styles."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eftheory.report.digits import Digits
from eftheory.report.facts import Facts
from eftheory.report.style import ASCII, LATEX, UNICODE
from tests.kit.examples import EXAMPLES, example

F = Fraction


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("name", EXAMPLES)
def test_v_has_the_same_terms_in_all_styles(name: str, exact: bool) -> None:
    told = [Facts(example(name), style, Digits(exact)) for style in (ASCII, UNICODE, LATEX)]
    shown = [(facts, *facts.lyapunov(facts.upper)) for facts in told]
    assert len({len(terms) for _, _, terms in shown}) == 1
    assert {facts.sign(rounded=True) == sign for facts, sign, _ in shown} < {False, True}
    assert not exact or {sign for _, sign, _ in shown} == {"="}
    assert len({facts.bound(facts.upper).count("^t") for facts in told}) == 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_messages_are_those_of_the_worst_case_and_contract(name: str) -> None:
    certificate = example(name)
    calls = Facts(certificate, ASCII, Digits()).messages(certificate.lower)
    assert [[said for _, said in call] for call in calls] == [[*call] for call in certificate.lower.messages]
    for asked, said in (pair for call in calls for pair in call):
        assert len(asked) == len(certificate.lower.signs)
        error = sum((a - b) ** 2 for a, b in zip(asked, said))
        assert error <= (1 - certificate.setting.alpha) * sum(a**2 for a in asked)


def test_numbers_stand_behind_a_sign() -> None:
    facts, long = Facts(example("gd"), ASCII, Digits()), F(10**20, 3 * 10**20 + 1)
    assert (facts.value(F(1, 3)), facts.value(long)) == ("= 1/3", "~ 0.333333")
    assert (facts.row((F(2),)), facts.row((F(1), long))) == ("2", "~ (1, 0.333333)")
    assert facts.row((F(1),) * 9) == f"({'1, ' * 8}...)"
    assert (facts.equal((F(1), F(2))), facts.equal((long,))) == ("= (1, 2)", "~ 0.333333")
