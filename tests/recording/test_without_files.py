"""Classes that stand in no file: typed in, handed over as text, in the cells of a notebook or in a doctest."""

import linecache
import os
import subprocess
import sys
import types
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.recording import RecordingError, make_method

ROOT = str(Path(__file__).parents[2])
HEAD = """
import random
from fractions import Fraction
from eftheory import Method
from eftheory.recording import make_method
"""
CONSTANT = "SIZE = Fraction({}, 4)\n"
CLASS = """
class Typed(Method):
    def step(self, world, x):
        return (x - SIZE * self.step_size * world.mean(world.gradient(x)),)

"""
SHOW = "print(make_method(Typed, Fraction(1, 2)).definition.step.server)\n"
FAILS = CLASS.replace("SIZE", "0.5")


def run(*arguments, text=None):
    """Standard output of Python, and the last line of its errors."""
    done = subprocess.run(
        [sys.executable, *arguments],
        input=text,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ROOT},
        cwd=os.sep,
    )
    return done.stdout, done.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize("how", ["-c", "-"])
def test_without_source_a_class_is_recorded(how):
    def tell(code):
        return run("-c", code) if how == "-c" else run("-", text=code)

    out, _ = tell(HEAD + CONSTANT.format(1) + CLASS + SHOW)
    assert out == "{'x': {'x': Fraction(1, 1), 'mean 1': Fraction(-1, 8)}}\n"
    out, error = tell(HEAD + FAILS + SHOW)
    assert "RecordingError: Typed.step (<st" in error
    assert "coefficient 0.25 is a float, or was multiplied with one" in error
    tell(HEAD + CONSTANT.format("random.randint(1, 3)") + CLASS + SHOW)  # nobody can know


@pytest.fixture
def notebook(monkeypatch):
    """Runs cells as ipykernel does: in __main__, which has no file, under names that only linecache knows."""
    main = types.ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", main)
    cells = []

    def run(*sources):
        for source in sources:
            cells.append(f"/tmp/ipykernel_7/{len(cells)}.py")
            linecache.cache[cells[-1]] = len(source), None, source.splitlines(keepends=True), cells[-1]
            exec(compile(source, cells[-1], "exec"), vars(main))
        return main.Typed

    yield run
    for name in cells:
        del linecache.cache[name]


def test_cells_of_a_notebook_are_read(notebook):
    made = make_method(notebook(HEAD, CONSTANT.format(1), CLASS), Fraction(1, 2))
    assert made.definition.step.server["x"]["mean 1"] == Fraction(-1, 8)
    with pytest.raises(RecordingError, match=r"Typed \(4.py, line 1\): a constant of it was made by chance"):
        make_method(notebook(CLASS, CONSTANT.format("random.randint(1, 3)")), Fraction(1, 2))


def test_what_a_later_cell_says_counts(notebook):
    drawn, exact = CONSTANT.format("random.randint(1, 3)"), CONSTANT.format(1)
    cells = [HEAD, drawn, CLASS.replace("def", "size = random.random()\n\n    def"), exact, CLASS]
    assert make_method(notebook(*cells), Fraction(1, 2)).definition.step.server["x"]["mean 1"] == Fraction(-1, 8)


def test_a_constant_in_a_class_of_a_cell_is_read(notebook):
    drawn = CLASS.replace("    def", "    size = random.random()\n\n    def")
    with pytest.raises(RecordingError, match=r"Typed \(1.py, line 3\): a constant of it was made by chance"):
        make_method(notebook(HEAD + CONSTANT.format(1), drawn), Fraction(1, 2))


def test_in_a_doctest(tmp_path):
    """Its lines are patched into linecache, under names of which each stands for an example."""
    lines = (HEAD + CONSTANT.format(1)).strip().splitlines()
    shown = "".join(f">>> {line}\n" for line in lines)
    shown += ">>> " + CLASS.strip().replace("\n", "\n... ") + "\n...\n>>> " + SHOW
    (tmp_path / "told.txt").write_text(shown + "{'x': {'x': Fraction(1, 1), 'mean 1': Fraction(-1, 8)}}\n")
    assert run("-m", "doctest", str(tmp_path / "told.txt")) == ("", "")
