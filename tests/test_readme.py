"""The README is real: its commands are run and their output compared.

``python -m tests.test_readme`` writes the output of the commands into README.md.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
SEARCHED, NUMBER = r"^slack ", r"[0-9][0-9./]*(e[+-][0-9]+)?"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)


def run(command: str, folder: Path) -> str:
    """The standard output of a command of the README."""
    words = shlex.split(command)
    words = [sys.executable, *(["-m", "eftheory"] if words[0] == "eftheory" else []), *words[1:]]
    environment = {**os.environ, "COLUMNS": "110", "PYTHONUTF8": "1", "PYTHONPATH": str(README.parent)}
    output = subprocess.run(words, cwd=folder, env=environment, capture_output=True, encoding="utf-8").stdout
    output = re.sub(r"(?<=python: )[0-9.]+", "3", output)  # whatever Python runs this
    return re.sub(r"[ ]+$", "", output, flags=re.MULTILINE)


def write_files(folder: Path) -> None:
    """The Python files of the README."""
    files = re.findall(r"```python\n# (\w+\.py)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert [name for name, _ in files] == ["my_method.py", "my_compressor.py", "test_my_compressor.py"]
    for name, code in files:
        (folder / name).write_text(code, encoding="utf-8")


def test_commands_print_what_the_readme_says(tmp_path: Path) -> None:
    write_files(tmp_path)
    blocks = list(BLOCK.finditer(README.read_text(encoding="utf-8")))
    assert len(blocks) >= 7
    for block in blocks:
        printed = run(block["command"], tmp_path)
        if re.search(SEARCHED, printed, re.MULTILINE):
            assert_alike(printed, block["output"])
        else:
            assert printed == block["output"], block["command"]


def assert_alike(printed: str, written: str) -> None:
    """The last digits of what is searched in floats may differ from machine to machine; words and rates may not."""
    assert [re.sub(NUMBER, "0", line).split() for line in printed.splitlines()] == [
        re.sub(NUMBER, "0", line).split() for line in written.splitlines()
    ]
    rates = [re.findall(r"^(?:rate|class) .= +([0-9.]+) +proved", text, re.MULTILINE) for text in (printed, written)]
    assert rates[0]
    assert list(map(float, rates[0])) == pytest.approx(list(map(float, rates[1])), abs=1e-7)


def test_the_method_of_the_readme_is_certified(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    (command, bound) = re.findall(
        r"```sh\n(eftheory certify .*?)```\n\nproves a rate below ([0-9.]+)", text, re.DOTALL
    )[0]
    write_files(tmp_path)
    output = run(command.replace("\\\n", " "), tmp_path)
    (rate,) = re.findall(r"rate <= +([0-9.]+) +proved", output)
    assert 0 <= float(bound) - float(rate) < 2e-4, output
    assert ": proved" in run("python -m eftheory.check my.cert.json", tmp_path)


def test_the_tests_of_the_readme_fail_where_it_says(tmp_path: Path) -> None:
    write_files(tmp_path)
    output = run("python -m pytest -q -rf -p no:cacheprovider test_my_compressor.py", tmp_path)
    failed = set(re.findall(r"^FAILED test_my_compressor.py::(\S+)", output, re.MULTILINE))
    checks = {f"test_mine[KeepLargest-{check}]" for check in ("contraction", "scale", "ties", "zeros")}
    assert failed == {*checks, "test_it_keeps_something"}, output


def test_python_examples_of_the_readme() -> None:
    assert doctest.testfile(str(README), module_relative=False).failed == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        write_files(Path(name))
        text = BLOCK.sub(
            lambda block: f"```console\n$ {block['command']}\n{run(block['command'], Path(name))}```",
            README.read_text(encoding="utf-8"),
        )
    README.write_text(text, encoding="utf-8")
