"""``eftheory sweep``, and archives for ``eftheory check``: what a user types, and what comes back."""

from __future__ import annotations

import json
import zipfile

import pytest

GRID = 'method = ["ef", "ef21"]\nagents = "L=1,mu=1/10"\nalpha = [0.5, 2]\nstep_size = "law"\n'


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder with a grid."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "grid.toml").write_text(GRID)
    return tmp_path


def test_a_grid_is_settled_shown_checked_and_exported(run, here) -> None:
    code, out, err = run("sweep", "grid.toml", "--workers", "0")
    assert (code, err) == (0, "")
    assert "4, of which 0 were there" in out
    assert "2 failed, 2 proved" in out
    assert "eftheory sweep show grid.db" in out
    code, out, _ = run("sweep", "show", "grid.db")
    assert code == 0
    assert out.splitlines()[0].split() == [
        "status",
        "method",
        "agents",
        "alpha",
        "step",
        "size",
        "rate",
        "<=",
        "rate",
        ">=",
    ]
    assert "alpha=2: alpha must lie in (0, 1]" in out
    assert run("sweep", "check", "grid.db")[:2] == (0, "4 claims: 4 as the checker says, 0 not\n")
    assert run("sweep", "export", "grid.db", "-o", "all.zip")[:2] == (0, "2 in all.zip\n")
    assert run("check", "all.zip")[:2] == (0, "all.zip: 2 of 2 certificates accepted\n")
    code, out, _ = run("sweep", "grid.toml", "--json")
    assert (code, json.loads(out)["known"], json.loads(out)["statuses"]) == (0, 4, {"failed": 2, "proved": 2})


def test_options_are_a_grid_too(run, here) -> None:
    words = ["--method", "ef21", "--agents", "L=1,count=3", "--set", "class=nonconvex", "--alpha", "1/4:3/4:3"]
    code, out, _ = run(
        "sweep", *words, "--step-size", "1/10", "--where", "alpha != 1/2", "--store", "s.db", "--workers", "0"
    )
    assert code == 0
    assert "2 proved" in out
    code, out, _ = run("sweep", "show", "s.db", "--json")
    rows = json.loads(out)["rows"]
    assert [row["alpha"] for row in rows] == ["1/4", "3/4"]
    assert all(row["rate_upper"] == "" and row["constants"] for row in rows)
    assert run("sweep", "check", "s.db")[0] == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nothing to settle: name a grid"),
        (["none.toml"], "none.toml: no such file; name a grid"),
        (["."], ".: is a folder; name a grid"),
        (["published-two-agent"], "did you mean published-two-agents? name a grid"),
        (["shw", "s.db"], "'s.db': did you mean show? one grid at a time"),
        (["show"], "name the store, as in: eftheory sweep show sweep.db"),
        (["check", "none.db"], "none.db: name the store"),
        (["grid.toml", "more.toml"], "one grid at a time"),
        (["grid.toml", "--alpha", "1"], "alpha beside a grid: grid.toml says it"),
        (["grid.toml", "--where", "alpha < 1"], "where beside a grid"),
        (["grid.toml", "--workers", "-1"], "--workers -1: a number of processes, or 0"),
        (["grid.toml", "-o", "x.csv"], "-o x.csv: it is for export"),
        (["--set", "omega", "--method", "diana"], "--set 'omega': write NAME=VALUE"),
        (["--method", "ef21", "--agents", "L=1,mu=1", "--set", "omgea=1"], "did you mean omega?"),
        (["export", "grid.toml", "-o", "x.csv"], "the store cannot be used: file is not a database"),
        (["show", "grid.toml"], "the store cannot be used: file is not a database"),
    ],
)
def test_what_is_wrong_is_one_line(run, here, words, message) -> None:
    code, out, err = run("sweep", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1
    assert sorted(path.name for path in here.iterdir()) == ["grid.toml"]


def test_an_export_has_a_place_and_a_kind(run, here) -> None:
    run("sweep", "grid.toml", "--workers", "0")
    assert "-o is missing" in run("sweep", "export", "grid.db")[2]
    assert "name a file that ends in .csv" in run("sweep", "export", "grid.db", "-o", "x.txt")[2]
    assert run("sweep", "export", "grid.db", "-o", "x.csv")[0] == 0
    assert "No such file" in run("sweep", "export", "grid.db", "-o", "no/where/x.csv")[2]


def test_an_archive_is_as_good_as_each_of_its_files(run, here) -> None:
    run("sweep", "grid.toml", "--workers", "0")
    run("sweep", "export", "grid.db", "-o", "good.zip")
    with zipfile.ZipFile("good.zip") as archive:
        (first, data), *_ = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile("bad.zip", "w") as archive:
        archive.writestr("folder/", "")
        archive.writestr(first, data)
        archive.writestr("false.cert.json", data.replace(b'"mu": "1/10"', b'"mu": "1/11"'))
        archive.writestr("large.cert.json", b" " * (5 * 2**20))
    code, out, _ = run("check", "bad.zip")
    assert code == 1
    assert "bad.zip: false.cert.json: " in out
    assert "large.cert.json: 4194305 bytes: a certificate has at most" in out
    assert out.splitlines()[-1] == "bad.zip: 1 of 3 certificates accepted"
    code, out, _ = run("check", "bad.zip", "good.zip", "--json")
    assert (code, [len(each["not_accepted"]) for each in json.loads(out)]) == (1, [2, 0])


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive"])
def test_what_is_no_archive_is_one_line(run, here, content) -> None:
    (here / "x.zip").write_bytes(content)
    code, out, err = run("check", "x.zip")
    assert (code, out) == (2, "")
    assert "x.zip: the archive cannot be read" in err


def test_an_empty_archive_proves_nothing(run, here) -> None:
    zipfile.ZipFile("x.zip", "w").close()
    assert run("check", "x.zip")[:2] == (1, "x.zip: 0 of 0 certificates accepted\n")
