"""README and docs are real: their commands are run and their output compared.

``python -m tests.test_documents`` writes the output of the commands into them.
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

from eftheory.theory.coverage import as_markdown

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
METHOD, COMPRESSOR = ROOT / "docs" / "own_method.md", ROOT / "docs" / "compressors.md"
WELCOME = 150
"""Most lines of the README: who wants more follows its links."""
SEARCHED, NUMBER = r"^slack ", r"[0-9][0-9./]*(e[+-][0-9]+)?"
COVERAGE = re.compile(
    r"(?<=<!-- coverage: written by python -m tests.test_documents -->\n).*?(?=<!-- end -->)", re.DOTALL
)
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)


def run(command: str, folder: Path) -> str:
    """The standard output of a command of a page."""
    words = shlex.split(command)
    words = [sys.executable, *(["-m", "eftheory"] if words[0] == "eftheory" else []), *words[1:]]
    environment = {**os.environ, "COLUMNS": "110", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    output = subprocess.run(words, cwd=folder, env=environment, capture_output=True, encoding="utf-8").stdout
    output = re.sub(r"(?<=python: )[0-9.]+", "3", output)  # whatever Python runs this
    return re.sub(r"[ ]+$", "", output, flags=re.MULTILINE)


def write_files(folder: Path) -> None:
    """The Python files of all pages."""
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    files = re.findall(r"```python\n# (\w+\.py)\n(.*?)```", text, re.DOTALL)
    assert sorted(name for name, _ in files) == ["my_compressor.py", "my_method.py", "test_my_compressor.py"]
    for name, code in files:
        (folder / name).write_text(code, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    write_files(tmp_path)
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
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


def test_pages_run_commands() -> None:
    assert sum(len(BLOCK.findall(page.read_text(encoding="utf-8"))) for page in PAGES) >= 12


def test_the_readme_is_a_welcome() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= WELCOME


def test_the_method_of_the_readme_is_that_of_its_page() -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown in METHOD.read_text(encoding="utf-8")


def test_the_table_of_coverage_is_that_of_the_code() -> None:
    assert COVERAGE.findall(README.read_text(encoding="utf-8")) == [f"{as_markdown()}\n"]


def test_each_page_is_linked_from_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [page.name for page in PAGES[1:] if f"docs/{page.name}" not in text] == []


def test_the_method_of_its_page_is_certified(tmp_path: Path) -> None:
    text = METHOD.read_text(encoding="utf-8")
    (command, bound) = re.findall(
        r"```sh\n(eftheory certify .*?)```\n\nproves a rate below ([0-9.]+)", text, re.DOTALL
    )[0]
    write_files(tmp_path)
    output = run(command.replace("\\\n", " "), tmp_path)
    (rate,) = re.findall(r"rate <= +([0-9.]+) +proved", output)
    assert 0 <= float(bound) - float(rate) < 2e-4, output
    assert ": proved" in run("python -m eftheory.check my.cert.json", tmp_path)


def test_the_tests_of_the_page_fail_where_it_says(tmp_path: Path) -> None:
    write_files(tmp_path)
    output = run("python -m pytest -q -rf -p no:cacheprovider test_my_compressor.py", tmp_path)
    failed = set(re.findall(r"^FAILED test_my_compressor.py::(\S+)", output, re.MULTILINE))
    checks = {f"test_mine[KeepLargest-{check}]" for check in ("contraction", "scale", "ties", "zeros")}
    assert failed == {*checks, "test_it_keeps_something"}, output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_python_examples_of_the_page(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False).failed == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        write_files(Path(name))
        for page in PAGES:
            text = BLOCK.sub(
                lambda block: f"```console\n$ {block['command']}\n{run(block['command'], Path(name))}```",
                page.read_text(encoding="utf-8"),
            )
            text = COVERAGE.sub(lambda _: f"{as_markdown()}\n", text)
            page.write_text(text, encoding="utf-8")
