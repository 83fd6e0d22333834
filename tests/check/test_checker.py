"""Bounds against each other, and a budget for each."""

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory.check import checker
from eftheory.check.__main__ import main
from eftheory.check.checker import ContradictionError, check_bytes, check_certificate
from eftheory.check.verdict import Obligation, Verdict
from eftheory.claims import Claim
from eftheory.exact.budget import limited
from eftheory.writing import write_certificate
from tests.kit.examples import example

CERTIFICATE = example("ef21")


@pytest.fixture
def gullible(monkeypatch):
    """A checker that proves whatever it is asked."""
    for kind in ("upper", "lower", "class_bound"):

        def proved(setting, evidence, kind=kind):
            return Verdict.of(Claim(setting, kind, evidence.rate), [Obligation("anything", True)])

        monkeypatch.setitem(checker._CHECKS, kind, proved)


def crossed(gap: Fraction) -> bytes:
    """A certificate whose lower bound is this much above its upper one."""
    lower = replace(CERTIFICATE.lower, rate=CERTIFICATE.upper.rate + gap)
    return write_certificate(replace(CERTIFICATE, lower=lower, class_bound=None))


@pytest.mark.usefixtures("gullible")
def test_two_proved_bounds_that_contradict_each_other_are_an_error():
    with pytest.raises(ContradictionError, match=r"contradicts itself: proved are upper .*, lower"):
        check_bytes(crossed(Fraction(1, 10**9)))


@pytest.mark.usefixtures("gullible")
@pytest.mark.parametrize(
    ("changes", "contradicts"),
    [({}, True), ({"template": "memory"}, False), ({"below": {"interpolation 0 1": (Fraction(1),)}}, False)],
)
def test_a_class_bound_above_an_upper_bound_of_its_own_kind_of_proof_is_one_too(changes, contradicts):
    """It speaks of V of its template that need no help of inequalities to be bounded below."""
    above = replace(CERTIFICATE.class_bound, rate=CERTIFICATE.upper.rate + Fraction(1, 10**9))
    certificate = replace(CERTIFICATE, lower=None, class_bound=above, upper=replace(CERTIFICATE.upper, **changes))
    if contradicts:
        with pytest.raises(ContradictionError, match="class_bound"):
            check_certificate(certificate)
    else:
        assert all(verdict.proved for verdict in check_certificate(certificate))


@pytest.mark.usefixtures("gullible")
def test_bounds_that_meet_are_no_contradiction():
    assert [verdict.status for verdict in check_bytes(crossed(Fraction(0)))] == ["proved", "proved"]


@pytest.mark.usefixtures("gullible")
def test_the_program_says_so_and_accepts_nothing(tmp_path, capsys):
    file, fine = tmp_path / "file.json", tmp_path / "fine.json"
    file.write_bytes(crossed(Fraction(1, 10**9)))
    fine.write_bytes(write_certificate(CERTIFICATE))
    assert main([str(file), str(fine)]) == 1
    printed = capsys.readouterr()
    assert "proves the checker wrong" in printed.err
    assert "fine.json': proved" in printed.out
    assert "/file.json': proved" not in printed.out


def test_each_bound_that_is_too_expensive_is_inconclusive_by_itself():
    with limited(10):
        verdicts = check_certificate(CERTIFICATE)
    assert [verdict.status for verdict in verdicts] == ["inconclusive"] * 3
    assert {failure.name for verdict in verdicts for failure in verdict.failures} == {"cheap enough to check"}
