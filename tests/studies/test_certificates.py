"""The grid of certificates: its spread, its files, its index."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.check import check_bytes
from eftheory.studies.certificates import certificate_grid, certificate_study
from eftheory.sweep import Store, settle_all

REPORTS = Path(__file__).parents[2] / "reports" / "certificates"


def test_the_grid_covers_what_it_promises() -> None:
    cases = list(certificate_grid())
    assert len({case.name for case in cases}) == len(cases)
    assert {case.method for case in cases} == {"cgd", "ef", "ef21"}
    assert {min(c.alpha for c in cases), max(c.alpha for c in cases)} == {Fraction(1, 100), Fraction(99, 100)}
    assert max(sum(a.count for a in c.agents) for c in cases) >= 10**7
    kappas = {c.agents[0].L / c.agents[0].mu for c in cases if c.agents[0].mu}
    assert {2, 10**6} <= kappas
    assert any(len(case.agents) > 1 for case in cases)


@pytest.mark.thorough
def test_the_index_is_what_the_committed_certificates_prove(tmp_path: Path, unsearched: None) -> None:
    study, store = certificate_study(), Store(tmp_path / "store")
    study.adopt(REPORTS, store)
    assert study.publish(tmp_path / "out", list(settle_all(study.cases, store))) == []
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written == {path.name: path.read_bytes() for path in REPORTS.iterdir()}


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.cert.json")), ids=lambda path: path.name)
def test_committed_certificates_are_proved(path: Path) -> None:
    assert {verdict.status for verdict in check_bytes(path.read_bytes())} == {"proved"}


def test_the_index_lists_just_the_committed_certificates() -> None:
    index = (REPORTS / "index.md").read_text()
    names = {path.name for path in REPORTS.glob("*.cert.json")}
    assert names
    assert all(f"({name})" in index for name in names)
    assert index.count(".cert.json)") == len(names)
