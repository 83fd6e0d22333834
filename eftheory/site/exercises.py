"""The exercises as pages: what is to be proved, the proof with its holes, and hints that unfold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby

from eftheory.course import find_lessons
from eftheory.proofkit.exercises import Exercise, find_exercises
from eftheory.site.browser_kernel import SCRIPT
from eftheory.site.page import Asset, Page

_HOLE = re.compile(r"theorem\.hole\(\"")
_WORDS = re.compile(r"\A# %% \[markdown\]\n# # [^\n]*\n#\n(?P<words>(?:#[^\n]*\n)+)")


def exercise_pages() -> Iterator[Page | Asset]:
    """The page that lists the exercises by lesson, and a page and the file of each."""
    from eftheory.site.templating import fill

    exercises, titles = find_exercises(), {name: lesson.title for name, lesson in find_lessons().items()}
    by_lesson = groupby(exercises.values(), key=lambda each: each.lesson)
    lessons = [(lesson, titles[lesson], list(those)) for lesson, those in by_lesson]
    made_by = "eftheory exercise"
    yield Page("exercises/index.html", "Exercises", fill("exercises.html", lessons=lessons), made_by)
    for each in exercises.values():
        count = len(_HOLE.findall(each.text))
        body = fill(
            "exercise.html",
            name=each.name,
            lesson=each.lesson,
            lesson_title=titles[each.lesson],
            level=each.level,
            words=_words(each),
            holes=f"{count} holes" if count > 1 else "a hole",
            text=each.text,
            hints=each.hints,
            expected=json.dumps(each.statement, separators=(",", ":")),
        )
        yield Page(f"exercises/{each.name}.html", each.title, body, f"{made_by} {each.name}", (SCRIPT,))
        yield Asset(f"assets/exercises/{each.name}.py", each.text.encode())


def _words(exercise: Exercise) -> str:
    """What the file says of it, as HTML."""
    from eftheory.site.markdown import markdown_page

    match = _WORDS.match(exercise.source)
    if match is None:
        raise ValueError(f"{exercise.path}: it says nothing below its title")
    text = "\n".join(line.removeprefix("#").strip() for line in match["words"].splitlines())
    return markdown_page(text, lambda link: link)[1]
