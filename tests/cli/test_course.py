"""``eftheory course``."""

import json
import re

import pytest

from eftheory.cli.app import main


def run(*arguments):
    with pytest.raises(SystemExit) as stop:
        main(["course", *arguments])
    return stop.value.code


def test_it_lists_the_lessons(capsys):
    assert run() == 0
    assert re.search(r"01_compression +Compression, and what it breaks\n", capsys.readouterr().out)


@pytest.mark.parametrize("name", ["01_compression", "01", "1"])
def test_it_writes_a_notebook(tmp_path, name):
    file = tmp_path / "lesson.ipynb"
    assert run(name, "-o", str(file)) == 0
    assert json.loads(file.read_text("utf-8"))["cells"][0]["cell_type"] == "markdown"


def test_it_prints_or_writes_a_script(tmp_path, capsys):
    file = tmp_path / "lesson.py"
    assert run("01_compression", "-o", str(file)) == 0
    assert capsys.readouterr().out == f"{file}: Compression, and what it breaks\n"
    assert run("01_compression") == 0
    assert capsys.readouterr().out == file.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["01_compresion"], "did you mean 01_compression?"),
        (["1", "-o", "lesson.pdf"], "ends in .ipynb or .py"),
        (["-o", "lesson.py"], "name a lesson"),
    ],
)
def test_what_it_refuses(capsys, arguments, says):
    assert run(*arguments) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


def test_it_overwrites_nothing(tmp_path, capsys):
    file = tmp_path / "lesson.ipynb"
    file.write_text("my work")
    assert run("1", "-o", str(file)) == 2
    assert "another file" in capsys.readouterr().err
    assert file.read_text() == "my work"
