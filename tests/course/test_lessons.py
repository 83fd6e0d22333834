"""Lessons run from top to bottom, say what they promise, and open in Jupyter."""

import json
import re

import pytest

from eftheory.course import find_lessons
from eftheory.course.run import run_lessons
from eftheory.proofkit.catalogue import proofs_folder, slugs_in

LESSONS = find_lessons()
QUICK = ("01_compression", "02_error_feedback")
"""Those of the default tests, together about two seconds."""


@pytest.mark.parametrize(
    "names",
    [QUICK, pytest.param([name for name in LESSONS if name not in QUICK], marks=pytest.mark.thorough)],
    ids=["quick", "others"],
)
def test_every_cell_runs_and_every_assertion_holds(names):
    for lesson, shown in run_lessons([LESSONS[name] for name in names]):
        assert len(shown) == len(lesson.read()), lesson.name
        figures = [figure for each in shown for figure in each.figures]
        assert figures, f"{lesson.name} draws nothing"
        assert not [figure.says for figure in figures if not figure.says or "$" in figure.says], "it is read out"


def test_a_cell_that_fails_is_named(tmp_path):
    file = tmp_path / "01_broken.py"
    file.write_text("# %% [markdown]\n# # Broken\n\n# %%\nx = 2\n\n# %%\nassert x == 3\n")
    lesson = type(LESSONS["01_compression"])("01_broken", file)
    with pytest.raises(RuntimeError, match=r"01_broken\.py, cell 3: AssertionError"):
        list(run_lessons([lesson]))


def test_a_cell_shows_what_it_prints_and_its_last_value(tmp_path):
    file = tmp_path / "01_short.py"
    file.write_text("# %% [markdown]\n# # Short\n\n# %%\nprint(1)\n2 + 2\n")
    ((_, shown),) = run_lessons([type(LESSONS["01_compression"])("01_short", file)])
    assert [each.printed for each in shown] == ["", "1\n4\n"]


def test_an_exercise_belongs_to_the_lesson_that_it_names(tmp_path, monkeypatch):
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "halves.py").write_text("# %% [markdown]\n# # Halve it\n# To [lesson 1](/course/01_compression.html).\n")
    monkeypatch.setattr("eftheory.course.lesson.packaged", lambda: [tmp_path])
    assert LESSONS["01_compression"].exercises == {"halves": "Halve it"}
    assert LESSONS["02_error_feedback"].exercises == {}


def test_they_are_numbered_without_a_gap():
    assert [lesson.number for lesson in LESSONS.values()] == [*range(1, len(LESSONS) + 1)]


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_says_what_it_promises(lesson):
    words = "\n".join(cell.source for cell in lesson.read() if not cell.is_code)
    assert words.startswith(f"# {lesson.title}\n")
    for part in ("## What you can now do", "**Three questions**", "**Theorems behind this lesson**"):
        assert part in words, part
    questions = words.partition("**Three questions**")[2].partition("**Theorems")[0]
    assert len(re.findall(r"^\d\. ", questions, re.MULTILINE)) == 3
    code = [cell.source for cell in lesson.read() if cell.is_code]
    assert sum("assert " in each for each in code) >= 3, "numbers are asserted where they are computed"


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_theorems_that_a_lesson_names_are_there(lesson):
    slugs = re.findall(r"\(/proofs/(\w+)\.html", lesson.path.read_text("utf-8"))
    assert slugs
    assert {*slugs} - {"index"} <= {*slugs_in(proofs_folder())}


def test_lessons_are_no_theorems():
    assert not {*LESSONS} & {*slugs_in(proofs_folder())}


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_notebook_has_the_same_cells_and_no_links_to_the_site(lesson):
    notebook = json.loads(lesson.as_notebook())
    assert lesson.as_notebook() == lesson.as_notebook()
    assert [cell["cell_type"] == "code" for cell in notebook["cells"]] == [cell.is_code for cell in lesson.read()]
    assert not any("](/" in "".join(cell["source"]) for cell in notebook["cells"])


@pytest.mark.parametrize("folder", ["course", "exercises"])
def test_no_line_of_a_sentence_is_taken_for_a_list(folder):
    """In Markdown a line that begins with ``1)`` or ``+`` ends the sentence before it, and is an entry of a list."""
    wrong = re.compile(r"^# (?![#\s]).*[^.:\n]\n# (?:[-+*] |1[.)] )", re.MULTILINE)
    files = sorted((proofs_folder() / folder).glob("*.py"))
    assert files
    assert not [file.name for file in files if wrong.search(file.read_text("utf-8"))]
