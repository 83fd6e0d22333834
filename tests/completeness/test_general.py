"""The run over general claims: it reaches every method and class, and notices what is not proved."""

from fractions import Fraction

import pytest

from eftheory.methods import NAMED
from tests.completeness import general as module
from tests.completeness.general import draw_general, examine_general, general_tables

QUICK = next(k for k in range(50) if draw_general(0, k).method == "gd")


def test_every_method_class_and_noise_is_drawn():
    drawn = [draw_general("ranges", number) for number in range(600)]
    assert {it.method for it in drawn} == {*NAMED}
    assert len({(it.method, it.functions, it.noise) for it in drawn}) > 35
    messages = [it.said["alpha"] for it in drawn if "alpha" in it.said]
    assert Fraction(1, 20) <= min(messages) < max(messages) <= 1
    assert {len(it.said["agents"]) for it in drawn} == {1, 2, 3}


def test_a_claim_depends_on_seed_and_number_only():
    assert draw_general(0, 7) == draw_general(0, 7) != draw_general(1, 7)


def test_a_claim_is_proved_and_told():
    outcome = examine_general(0, QUICK)
    assert outcome.proved
    found, missed = general_tables([outcome])
    assert found.rows[0][1:3] == ("1", "1")
    assert not missed.rows


NARROW = 158
"""EControl with a memory of few errors: a cone so narrow that only its own scale shows the inside."""


@pytest.mark.thorough
def test_a_narrow_cone_is_found():
    assert draw_general(0, NARROW).method == "econtrol"
    assert examine_general(0, NARROW).proved


def test_a_crash_is_a_miss_and_not_the_end(monkeypatch):
    def crash(*_, **__):
        raise UnboundLocalError("found")

    monkeypatch.setattr(module, "certify", crash)
    outcome = examine_general(0, QUICK)
    assert not outcome.proved
    assert "UnboundLocalError: found" in general_tables([outcome])[1].rows[0][2]
