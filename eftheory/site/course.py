"""The lessons of the course as pages: words, code, what it prints, and the figures it draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from eftheory.course import Lesson, find_lessons
from eftheory.course.cells import COLOURS, INK
from eftheory.course.lesson import EXERCISES
from eftheory.course.run import Figure, Shown, run_lessons
from eftheory.proofkit.contents import packaged
from eftheory.site.page import Asset, Page

_LIGHT, _DARK = (
    "; ".join([f"color: {ink}", *(f"--data-{number}: {colour}" for number, colour in enumerate(data, 1))])
    for ink, data in (("#1c1b1a", COLOURS), ("#e8e6e1", ("#56b4e9", "#e69f00", "#1fbf92", "#d98cb7")))
)
_FOLLOWS_THE_READER = f"<style>svg {{ {_LIGHT} }} @media (prefers-color-scheme: dark) {{ svg {{ {_DARK} }} }}</style>"
_SIGN = re.compile(r"(<mo[^>]*>(?:&#x000(?:28|2C|3D);|[(=,&])</mo>)<mo>(&#x02212;)</mo>")
"""A minus that is a sign, as after a bracket; left alone it would be set as one between two terms."""


def course_pages() -> Iterator[Page | Asset]:
    """A page for each lesson, run anew, with its figures and its notebook; and the page that lists them.

    Raises:
        ImportError: jupytext, or what else pages are made with, is not installed.
        RuntimeError: a cell of a lesson fails.
    """
    lessons = [*find_lessons().values()]
    yield _index(lessons)
    for lesson, shown in run_lessons(lessons):
        figures = [figure for each in shown for figure in each.figures]
        names = [f"assets/course/{lesson.name}_{number}.svg" for number, _ in enumerate(figures, 1)]
        yield Page(
            f"course/{lesson.name}.html",
            f"{lesson.number}. {lesson.title}",
            _body(lesson, shown, iter(names)),
            made_by=f"eftheory course {lesson.name}",
        )
        yield Asset(f"assets/course/{lesson.name}.ipynb", lesson.as_notebook().encode("utf-8"))
        yield from (Asset(name, _for_both_grounds(figure)) for name, figure in zip(names, figures))


def _index(lessons: list[Lesson]) -> Page:
    entries = "\n".join(
        f'<li><a href="/course/{lesson.name}.html">{escape(lesson.title)}</a></li>' for lesson in lessons
    )
    body = (
        "<p>Ten lessons, each of some twenty minutes. You need to know what a gradient, an inner product, a matrix "
        "and an expectation are, and to have seen gradient descent; all else is said where it is needed. "
        "Every number is computed by the "
        "cell of Python above or below it, and each lesson is run as a test.</p>\n"
        f'<ol class="lessons">\n{entries}\n</ol>\n'
        "<p>Each lesson opens in Jupyter, too: <code>eftheory course 01_compression -o lesson.ipynb</code> writes it. "
        'To the lessons belong <a href="/exercises/index.html">exercises</a> and the '
        '<a href="/proofs/index.html">theorems</a> they rest on.</p>\n'
    )
    return Page("course/index.html", "The course", _with_exercises(body), made_by="eftheory course")


def _body(lesson: Lesson, shown: list[Shown], names: Iterator[str]) -> str:
    write, parts = markdown(), []
    for cell, each in zip(lesson.read(), shown):
        if not cell.is_code:
            html = write.render(re.sub(r"\A# .*\n", "", cell.source))
            parts.append(re.sub(r"</span>([,.;:!?)]+)", r"\1</span>", html))  # no line begins with a comma
            continue
        parts.append(f'<pre class="cell"><code>{escape(cell.source)}</code></pre>\n')
        if each.printed:
            parts.append(f'<pre class="output"><samp>{escape(each.printed)}</samp></pre>\n')
        for figure in each.figures:
            parts.append(f'<figure class="drawn"><img src="/{next(names)}" alt="{escape(figure.says)}"></figure>\n')
    if exercises := lesson.exercises:
        entries = "".join(
            f'<li><a href="/exercises/{name}.html">{escape(title)}</a></li>\n' for name, title in exercises.items()
        )
        parts.append(f"<h2>Exercises</h2>\n<ul>\n{entries}</ul>\n")
    parts.append(
        f'<p class="quiet"><a href="/assets/course/{lesson.name}.ipynb" download>This lesson as a notebook</a>; '
        f"or <code>eftheory course {lesson.name} -o lesson.ipynb</code>.</p>\n"
    )
    return _with_exercises("".join(parts))


def _with_exercises(body: str) -> str:
    """The body; where there are no exercises, links to them are words."""
    if any((folder / EXERCISES).is_dir() for folder in packaged()):
        return body
    return re.sub(r'<a href="/exercises/[^"]*">(.*?)</a>', r"\1", body)


def markdown() -> Any:
    """What turns Markdown with formulas between dollar signs into HTML with MathML.

    Raises:
        ImportError: what it needs is not installed.
    """
    try:
        from latex2mathml.converter import convert
        from markdown_it import MarkdownIt
        from mdit_py_plugins.dollarmath import dollarmath_plugin
    except ImportError as error:
        raise ImportError(f"pages are made with {error.name}: install eftheory[report]") from None

    def mathematics(formula: str, options: dict[str, Any]) -> str:
        shown = "block" if options["display_mode"] else "inline"
        return _SIGN.sub(r'\1<mo form="prefix">\2</mo>', convert(formula, display=shown))

    return MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, renderer=mathematics, allow_labels=False)


def _for_both_grounds(figure: Figure) -> bytes:
    """The picture in colours that are seen on the reader's ground, light or dark."""
    text = figure.data.decode("utf-8").replace(INK, "currentColor")
    for number, colour in enumerate(COLOURS, 1):
        text = text.replace(colour, f"var(--data-{number})")
    return re.sub(r"(<svg [^>]*>)", lambda match: match[1] + _FOLLOWS_THE_READER, text, count=1).encode("utf-8")
