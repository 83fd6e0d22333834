"""The page on nonconvex EF21 says what its certificates prove."""

from pathlib import Path

import pytest

from eftheory.certificates import read_certificate
from eftheory.check.checker import check_bytes
from eftheory.methods.quantities import EXCESS
from eftheory.numbers import decimal_down, decimal_up
from eftheory.studies import nonconvex

REPORTS = Path(__file__).resolve().parents[2] / "reports" / "nonconvex"
FILES = sorted(REPORTS.glob("*.cert.json"))


def test_all_rows_are_there() -> None:
    assert len(FILES) == len(nonconvex.ROOTS) * len(nonconvex.AGENTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_published_certificates_prove_their_row(path) -> None:
    data = path.read_bytes()
    verdicts = check_bytes(data)
    assert [verdict.proved for verdict in verdicts] == [True, True]
    certificate = read_certificate(data)
    agents = certificate.setting.agents
    L = sum(agent.count * agent.L for agent in agents) / sum(agent.count for agent in agents)
    row = next(line for line in (REPORTS / "index.md").read_text("utf-8").splitlines() if path.name in line)
    low, high = certificate.drift.constant / L, certificate.upper.initial[EXCESS] / L
    assert f"| {decimal_down(low, 6)} | {decimal_up(high, 6)} |" in row


def test_the_page_is_written_anew(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(nonconvex, "ROOTS", nonconvex.ROOTS[2:3])
    assert nonconvex.main(["--into", str(tmp_path)]) == 0
    assert "3 claims proved from both sides" in capsys.readouterr().out
    written = (tmp_path / "index.md").read_text("utf-8")
    published = (REPORTS / "index.md").read_text("utf-8")
    assert written.startswith(nonconvex.HEAD)
    assert published.startswith(nonconvex.HEAD)
    assert "2.687611 | 2.687612" in written


def test_what_is_not_proved_is_not_written(monkeypatch) -> None:
    monkeypatch.setattr(nonconvex, "drifting_orbit", lambda setting: None)
    with pytest.raises(ValueError, match="not proved from both sides"):
        next(nonconvex.rows())
