"""Settling general claims: what is found is stored and believed only if the checker accepts it of this very claim."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.methods import EF21
from eftheory.studies.general_grid import ef21_smooth
from eftheory.sweep import Store
from eftheory.sweep.general import Certified, GeneralCase, Uncertified, settle_general

CASE = next(ef21_smooth()).case
OTHER = GeneralCase("other", replace(CASE.setting, method=EF21(Fraction(1, 3))))


def test_a_claim_is_settled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store.db")
    first = settle_general(CASE, store)
    assert isinstance(first, Certified)
    assert first.rate == 1
    assert first.lower is not None
    assert first.lower <= first.constant("f - inf f")
    assert float(first.seconds) >= 0
    monkeypatch.setattr("eftheory.sweep.general.search", lambda setting: pytest.fail("searched"))
    assert settle_general(CASE, store) == first


def test_the_digest_is_of_the_setting_and_not_of_the_name() -> None:
    assert replace(CASE, name="renamed").digest == CASE.digest
    assert OTHER.digest != CASE.digest


@pytest.mark.parametrize("spoil", [lambda data: data.replace(b"9/10", b"8/10"), lambda data: data[:-20]])
def test_certificates_that_do_not_hold_are_no_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil) -> None:
    store = Store(tmp_path / "store.db")
    found = settle_general(CASE, store)
    assert isinstance(found, Certified)
    spoilt = Store(tmp_path / "spoilt.db")
    spoilt.add(CASE.digest, spoil(found.data))
    spoilt.add(OTHER.digest, found.data)  # of another claim
    monkeypatch.setattr("eftheory.sweep.general.search", lambda setting: (None, ("not searched",)))
    for case in (CASE, OTHER):
        assert settle_general(case, spoilt) == Uncertified(case, ("not searched",))


def test_what_is_not_found_says_why(tmp_path: Path) -> None:
    too_long = GeneralCase("too long", replace(CASE.setting, method=EF21(Fraction(10))))
    outcome = settle_general(too_long, Store(tmp_path / "store.db"))
    assert isinstance(outcome, Uncertified)
    assert "no bound was found" in outcome.notes[0]
