"""Lessons, run in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

from eftheory.course.lesson import Lesson


@dataclass(frozen=True)
class Figure:
    """A figure that a cell has drawn.

    Attributes:
        says: its title.
        data: the picture, as a file.
    """

    says: str
    data: bytes


@dataclass(frozen=True)
class Shown:
    """What a cell shows when it is run: what it prints, and its figures."""

    printed: str
    figures: tuple[Figure, ...]


def run_lessons(lessons: Sequence[Lesson], suffix: str = "svg") -> Iterator[tuple[Lesson, list[Shown]]]:
    """Run each lesson from its first cell on, and say what each of its cells shows.

    Args:
        lessons: which.
        suffix: the format of figures, ``svg`` or ``pdf``.

    Raises:
        RuntimeError: a cell fails, as one whose assertion does not hold; the message says which.
    """
    command = [sys.executable, "-m", "eftheory.course.cells", suffix, *(str(lesson.path) for lesson in lessons)]
    environment = {"PYTHONHASHSEED": "0", **os.environ}
    with TemporaryFile("w+", encoding="utf-8") as said:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, encoding="utf-8", env=environment
        ) as process:
            for lesson, line in zip(lessons, process.stdout or ()):
                yield lesson, [_shown(each) for each in json.loads(line)]
        said.seek(0)
        if process.returncode:
            raise RuntimeError(said.read().strip().splitlines()[-1].removeprefix("RuntimeError: "))


def _shown(record: dict[str, Any]) -> Shown:
    figures = tuple(Figure(each["says"], b64decode(each["data"])) for each in record["figures"])
    return Shown(record["printed"], figures)
