"""What every study does: it publishes what is proved, takes back what is published, and removes nothing unasked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eftheory.check import check_bytes
from eftheory.numbers import decimal_up
from eftheory.studies import STUDIES, Study
from eftheory.studies.__main__ import main
from eftheory.studies.certificates import certificate_index
from eftheory.sweep import Store, in_process, require_proved, settle, settle_all
from tests.kit.cases import HOPELESS, ONE, OTHER

TINY = Study("tiny", (ONE, replace(OTHER, kept=False)), certificate_index)


def publish(study: Study, folder: Path) -> list[Path]:
    return study.publish(folder / study.name, list(settle_all(study.cases, Store(folder / "store.db"))))


@pytest.mark.parametrize("name", STUDIES)
def test_studies_have_the_names_of_their_folders_and_cases_of_their_own(name: str) -> None:
    study = STUDIES[name]()
    assert study.name == name
    assert (Path(__file__).parents[2] / "reports" / name / "index.md").exists()
    for named in ("name", "digest"):
        assert len({getattr(case, named) for case in study.cases}) == len(study.cases)


def test_what_is_kept_is_published_and_holds(tmp_path: Path) -> None:
    assert publish(TINY, tmp_path) == []
    assert sorted(path.name for path in (tmp_path / "tiny").iterdir()) == ["index.md", "one.cert.json"]
    assert {v.status for v in check_bytes((tmp_path / "tiny/one.cert.json").read_bytes())} == {"proved"}
    proved = require_proved(settle(ONE, Store(tmp_path / "store.db")))
    assert f"| {decimal_up(proved.upper, 7)} |" in (tmp_path / "tiny/index.md").read_text()


def test_an_unproved_case_is_shown_and_not_published(tmp_path: Path) -> None:
    publish(Study("tiny", (HOPELESS,), certificate_index), tmp_path)
    assert [path.name for path in (tmp_path / "tiny").iterdir()] == ["index.md"]
    assert "**not proved**: all mu = 0" in (tmp_path / "tiny/index.md").read_text()


def test_what_is_published_is_searched_no_more(tmp_path: Path, unsearched: None) -> None:
    folder, store = tmp_path / "tiny", Store(tmp_path / "store.db")
    folder.mkdir()
    committed = Path(__file__).parents[2] / "reports/certificates/ef21-n1-kappa10-alpha3_4.cert.json"
    study = replace(TINY, cases=(replace(ONE, agents=(replace(ONE.agents[0], count=1),)),))
    (folder / "one.cert.json").write_bytes(committed.read_bytes())
    study.adopt(folder, store)
    study.adopt(folder, store)
    assert store.certificates(study.cases[0].digest) == [committed.read_bytes()]
    assert study.publish(folder, [settle(study.cases[0], store)]) == []


def test_a_page_that_cannot_be_written_leaves_all_as_it_is(tmp_path: Path) -> None:
    def refuse(_) -> str:
        raise ValueError("one: both rates must be proved")

    with pytest.raises(ValueError, match="must be proved"):
        publish(replace(TINY, page=refuse), tmp_path)
    assert not (tmp_path / "tiny").exists()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command, on tiny studies."""
    monkeypatch.setitem(STUDIES, "tiny", lambda: TINY)
    monkeypatch.setitem(STUDIES, "vain", lambda: Study("vain", (HOPELESS,), certificate_index))
    monkeypatch.setattr("eftheory.studies.__main__.processes", lambda _: in_process)
    return lambda *arguments: main([*arguments, "--into", str(tmp_path), "--store", str(tmp_path / "store.db")])


def test_nothing_is_removed_unless_that_is_asked_for(tmp_path: Path, run, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tiny").mkdir()
    for name in ("old.cert.json", "other.cert.json", "notes.md"):
        (tmp_path / "tiny" / name).write_text("{}")
    assert run("tiny") == 0
    out, err = capsys.readouterr()
    assert "2 of 2 claims proved from both sides" in out
    assert err.count("no claim asks for it; --prune removes it") == 2
    assert len([*(tmp_path / "tiny").iterdir()]) == 5
    assert run("tiny", "--prune") == 0
    assert sorted(path.name for path in (tmp_path / "tiny").iterdir()) == ["index.md", "notes.md", "one.cert.json"]
    store = Store(tmp_path / "store.db")
    assert [len(store.certificates(case.digest)) for case in TINY.cases] == [1, 1]


def test_the_exit_code_says_whether_all_is_proved(run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tiny", "vain") == 1
    assert "0 of 1 claims proved" in capsys.readouterr().out
    with pytest.raises(SystemExit) as exit_:
        run("nonsense")
    assert exit_.value.code == 2
