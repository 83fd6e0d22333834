"""What becomes of the output: nobody reads on, the disk is full, it goes through a pipe."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from eftheory.cli.app import main
from eftheory.writing import write_certificate
from tests.kit.examples import example

COMMANDS = {
    "help": ["--help"],
    "certify": ["certify", "gd", "--agents", "L=1,mu=1/10"],
    "certify --json": ["certify", "gd", "--agents", "L=1,mu=1/10", "--json"],
    "rate": ["rate", "gd", "--agents", "L=1,mu=1/10"],
    "cite": ["cite"],
    "prove": ["prove", "theta_beta"],
    "prove, a table": ["prove", "theta_beta", "cgd_best_step"],
    "show": ["show", "proved.json"],
    "check": ["check", "proved.json"],
    "compressor": ["compressor", "eftheory.compressors:Identity", "--dim", "2", "--examples", "5", "--samples", "50"],
}
commands = pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)


@pytest.fixture
def start(tmp_path):
    """Start the program in a folder that holds a certificate."""
    (tmp_path / "proved.json").write_bytes(write_certificate(example("ef21")))

    def call(arguments, **options) -> subprocess.Popen:
        command = [sys.executable, "-m", "eftheory", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.Popen(command, cwd=tmp_path, env=environment, **{"stderr": subprocess.PIPE, **options})

    return call


def without_progress(said: bytes) -> bytes:
    """What is said besides the lines for who waits, which a slow machine has."""
    return re.sub(rb"(?m)^eftheory: .* \([0-9]+ s\)\n", b"", said)


@commands
def test_nobody_reading_is_no_verdict(start, arguments) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start(arguments, stdout=writing)
    os.close(writing)
    assert (without_progress(process.communicate(timeout=60)[1]), process.returncode) == (b"", 141)


@commands
def test_lines_in_a_pipe_end_where_their_words_do(tmp_path, monkeypatch, capsys, arguments) -> None:
    (tmp_path / "proved.json").write_bytes(write_certificate(example("ef21")))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 0
    lines = capsys.readouterr().out.split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert lines[0]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such terminals")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["prove", "theta_beta", "--json"], b"1 checked, last theta_beta"),
        (COMMANDS["certify"], b"searching for a proof"),
    ],
)
def test_who_waits_at_a_terminal_sees_why(start, arguments, words) -> None:
    terminal, stderr = os.openpty()
    process = start(arguments, stdout=subprocess.DEVNULL, stderr=stderr)
    os.close(stderr)
    said = b""
    with contextlib.suppress(OSError):  # which is how its end is told
        while piece := os.read(terminal, 10_000):
            said += piece
    os.close(terminal)
    assert process.wait(timeout=60) == 0
    assert words in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("name", ["help", "check", "compressor"])  # written by typer, printed, and both
def test_a_full_disk_is_named(start, name) -> None:
    with open("/dev/full", "wb") as full:
        process = start(COMMANDS[name], stdout=full)
        said = process.communicate(timeout=60)[1]
    assert without_progress(said) == b"eftheory: the output cannot be written: No space left on device\n"
    assert process.returncode == 2
