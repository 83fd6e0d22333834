"""The command show: what it prints, and its exit codes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from eftheory.writing import write_certificate
from tests.kit.examples import example
from tests.kit.hostile import hostile_provenance


@pytest.fixture
def show(run):
    """Run ``eftheory show``; gives exit code, standard output and standard error."""
    return lambda *arguments: run("show", *map(str, arguments))


@pytest.fixture
def proved(tmp_path):
    path = tmp_path / "proved.json"
    path.write_bytes(write_certificate(example("ef21")))
    return path


@pytest.fixture
def refuted(tmp_path):
    path, certificate = tmp_path / "refuted.json", example("ef21")
    lowered = replace(certificate.upper, rate=certificate.upper.rate / 2)
    path.write_bytes(write_certificate(replace(certificate, upper=lowered)))
    return path


@pytest.mark.parametrize(
    ("option", "start"),
    [((), "EF21 on 1 agent: proved\n"), (("--latex",), "% Written by eftheory"), (("--html",), "<!DOCTYPE html>\n")],
)
def test_formats(show, proved, option, start) -> None:
    code, out, err = show(proved, *option)
    assert (code, err) == (0, "")
    assert out.startswith(start)


@pytest.mark.parametrize("option", [(), ("--latex",), ("--html",)])
def test_the_exit_code_says_whether_all_is_proved(show, refuted, option) -> None:
    code, out, err = show(refuted, *option)
    assert (code, err) == (1, "")
    assert "refuted" in out
    assert "consistent with the proved lower bound" in out


def test_exact_fractions_on_request(show, tmp_path) -> None:
    path, certificate = tmp_path / "c.json", example("ef21, two types")
    path.write_bytes(write_certificate(certificate))
    rate = str(certificate.upper.rate)
    assert rate not in "".join(show(path)[1].split())
    assert rate in "".join(show(path, "--exact")[1].split())
    for option in ("--html", "--latex"):
        assert str(certificate.upper.c.denominator) in show(path, option, "--exact")[1]


def test_a_dash_reads_standard_input(show, proved, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(proved.read_bytes())))
    assert show("-") == show(proved)


def test_two_formats_are_one_too_many(show, proved) -> None:
    assert show(proved, "--latex", "--html") == (2, "", "eftheory: --latex and --html: choose one\n")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "no such file or directory"),
        (b"", "not json"),
        (b"\xff", "not utf-8 text"),
        (b"{}", "format is missing"),
        (b"\x1b[31m{", "not json"),
    ],
)
def test_what_is_no_certificate_is_not_accepted_in_one_line(show, tmp_path, content, complaint) -> None:
    path = tmp_path / "c.json"
    if content is not None:
        path.write_bytes(content)
    code, out, err = show(path)
    assert (code, out) == (1 if path.exists() else 2, "")
    assert complaint in err.lower()
    assert str(path) in err
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()


@pytest.mark.parametrize(("columns", "widest"), [(None, 81), ("60", 60)])
def test_in_a_pipe_no_sentence_is_cut_unless_a_width_is_said(tmp_path, columns, widest) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(write_certificate(hostile_provenance("ef21, two types")))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {"COLUMNS": columns} if columns else {}
    command = [sys.executable, "-m", "eftheory", "show", str(path)]
    lines = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=True).stdout.decode()
    longest = max(map(len, lines.split("\n")))
    assert longest >= widest if columns is None else longest <= widest
    assert ("every f_i is L-smooth and mu-strongly convex with its agent's constants" in lines) == (columns is None)


def test_terminals_that_know_ascii_only_get_ascii(tmp_path) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(write_certificate(hostile_provenance("ef21, two types")))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "100"}
    command = [sys.executable, "-m", "eftheory", "show", str(path)]
    run = subprocess.run(command, capture_output=True, env=environment, timeout=60)
    assert (run.returncode, run.stderr) == (0, b"")
    text = run.stdout.decode("ascii")
    assert "x+ = x - step_size mean d_i" in text
    assert "step_size ~ " in text
    assert all(line.isprintable() for line in text.split("\n"))
    assert max(map(len, text.split("\n"))) <= 100
