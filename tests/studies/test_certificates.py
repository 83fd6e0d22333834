"""The grid of certificates: its spread, its files, its index."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.check import check_bytes
from eftheory.studies import certificate_grid, write_grid
from eftheory.studies.certificates import UNEQUAL
from eftheory.sweep import Case

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


def test_writing_a_grid_replaces_the_old_one_and_checks_the_new(tmp_path) -> None:
    (tmp_path / "old.cert.json").write_text("{}")
    agents = UNEQUAL["steep-and-flat"]
    assert write_grid([Case("one", "ef21", agents, Fraction(3, 4))], tmp_path) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.md", "one.cert.json"]
    assert "0.9024" in (tmp_path / "index.md").read_text()


def test_an_unproved_case_is_counted_and_shown(tmp_path) -> None:
    from eftheory import AgentType

    assert write_grid([Case("flat", "ef21", (AgentType(1, 0),), Fraction(3, 4))], tmp_path) == 1
    assert "not proved" in (tmp_path / "index.md").read_text()


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.cert.json")), ids=lambda path: path.name)
def test_committed_certificates_are_proved(path: Path) -> None:
    assert {verdict.status for verdict in check_bytes(path.read_bytes())} == {"proved"}


def test_the_index_lists_just_the_committed_certificates() -> None:
    index = (REPORTS / "index.md").read_text()
    names = {path.name for path in REPORTS.glob("*.cert.json")}
    assert names
    assert all(f"({name})" in index for name in names)
    assert index.count(".cert.json)") == len(names)
