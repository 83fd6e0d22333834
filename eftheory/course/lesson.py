"""A lesson: cells of words and of code, in a file that runs as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eftheory.proofkit.contents import packaged

FOLDER = "course"
EXERCISES = "exercises"
_SITE_LINK = re.compile(r"\[([^\]]+)\]\(/[^)]*\)")


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson.

    Attributes:
        is_code: whether it is Python; else it is Markdown, with formulas between dollar signs.
        source: what is in it.
    """

    is_code: bool
    source: str


@dataclass(frozen=True)
class Lesson:
    """One lesson of the course.

    Attributes:
        name: that of its file, as ``01_compression``.
        path: its file, a script in the percent format.
    """

    name: str
    path: Path

    @property
    def title(self) -> str:
        """What its first line says.

        >>> find_lessons()["01_compression"].title
        'Compression, and what it breaks'
        """
        return _title(self.path)

    @property
    def number(self) -> int:
        """Its place in the course, from 1."""
        return int(self.name.partition("_")[0])

    @property
    def exercises(self) -> dict[str, str]:
        """The titles of the exercises that name this lesson in their file, by the name of the file."""
        files = [path for folder in packaged() for path in (folder / EXERCISES).glob("[!_]*.py")]
        return {path.stem: _title(path) for path in sorted(files) if self.name in path.read_text("utf-8")}

    def read(self) -> list[Cell]:
        """Its cells, in order.

        Raises:
            ImportError: jupytext is not installed.
        """
        return [Cell(cell.cell_type == "code", cell.source) for cell in self._notebook().cells]

    def as_notebook(self) -> str:
        """It as a Jupyter notebook, in JSON, without outputs; links to pages of the site become words.

        Raises:
            ImportError: jupytext is not installed.
        """
        jupytext = _jupytext()
        notebook = self._notebook()
        for number, cell in enumerate(notebook.cells, 1):
            cell["id"] = f"{self.name.partition('_')[0]}-{number}"  # else it is drawn by chance
            if cell.cell_type != "code":
                cell.source = _SITE_LINK.sub(r"\1", cell.source)
        notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        return str(jupytext.writes(notebook, fmt="ipynb"))

    def _notebook(self) -> Any:
        return _jupytext().reads(self.path.read_text("utf-8"), fmt="py:percent")


def find_lessons() -> dict[str, Lesson]:
    """All lessons by name, in order."""
    found = {path.stem: path for folder in reversed(packaged()) for path in (folder / FOLDER).glob("[0-9]*.py")}
    return {name: Lesson(name, path) for name, path in sorted(found.items())}


def _title(file: Path) -> str:
    """What the first heading of a script in the percent format says; if it has none, the name of the file."""
    lines = file.read_text("utf-8").splitlines()
    return next((line.removeprefix("# # ").strip() for line in lines if line.startswith("# # ")), file.stem)


def _jupytext() -> Any:
    try:
        import jupytext
    except ImportError:
        raise ImportError("lessons are cut into cells by jupytext: install eftheory[course]") from None
    return jupytext
