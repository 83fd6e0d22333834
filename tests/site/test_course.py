"""Lessons as pages."""

import re

import pytest

import eftheory.site.course as course
from eftheory.course import find_lessons
from eftheory.site.page import Asset, Page

FIRST = {name: lesson for name, lesson in find_lessons().items() if lesson.number == 1}


@pytest.fixture(scope="module")
def built():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(course, "find_lessons", lambda: FIRST)
        return [*course.course_pages()]


def test_there_are_the_index_the_lesson_its_notebook_and_its_figures(built):
    assert [part.path for part in built] == [
        "course/index.html",
        "course/01_compression.html",
        "assets/course/01_compression.ipynb",
        "assets/course/01_compression_1.svg",
    ]


def test_a_page_shows_code_what_it_prints_and_mathematics(built):
    (page,) = [part for part in built if isinstance(part, Page) and "compression" in part.path]
    assert page.title == "1. Compression, and what it breaks"
    assert "mean message:  -11/6 -11/6 -11/6" in page.body
    assert "def top_1(v):" in page.body
    assert "<math" in page.body
    assert "$" not in re.sub(r"<pre.*?</pre>|alt=.*", "", page.body, flags=re.DOTALL)
    assert not re.search(r"\\[a-z]", re.sub(r"<pre.*?</pre>|alt=.*", "", page.body, flags=re.DOTALL))
    assert "<h1" not in page.body
    assert ' style="' not in page.body
    assert re.findall(r'alt="([^"]*)"', page.body) == ["The same functions and step size, with and without Top-1"]


@pytest.mark.parametrize(("there", "link"), [(True, '<a href="/exercises/index.html">x</a>'), (False, "x")])
def test_links_to_exercises_are_there_if_exercises_are(tmp_path, monkeypatch, there, link):
    if there:
        (tmp_path / "exercises").mkdir()
    monkeypatch.setattr(course, "packaged", lambda: [tmp_path])
    assert course._with_exercises('<a href="/exercises/index.html">x</a>') == link


def test_figures_follow_the_ground_and_have_no_date(built):
    (figure,) = [part.content.decode() for part in built if isinstance(part, Asset) and part.path.endswith("svg")]
    assert "currentColor" in figure
    assert "prefers-color-scheme: dark" in figure
    assert "<dc:date>" not in figure


@pytest.mark.thorough
def test_building_twice_gives_the_same_bytes(built, monkeypatch):
    monkeypatch.setattr(course, "find_lessons", lambda: FIRST)
    assert [*course.course_pages()] == built
