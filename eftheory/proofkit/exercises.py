"""Exercises: proofs with holes, what they ask for, hints, and whether a file solves one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from eftheory.proofkit.contents import packaged
from eftheory.proofkit.kernel.reader import Data
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.loader import load_statement
from eftheory.proofkit.statement import statement

FOLDER = "exercises"
_HINTS, _PLACE = "# ## Hints\n", "# ## Place\n"
_CELL = re.compile(r"(?m)^(?=# %%)")
_NUMBERED = re.compile(r"(?m)^# \d+\. (.*)$")
_LIES = re.compile(r"# lesson (\w+), level (\d)")


@dataclass(frozen=True)
class Exercise:
    """A proof with holes.

    Attributes:
        name: that of its file, and the slug of its theorem.
        path: its file, a script in the percent format.
    """

    name: str
    path: Path

    @property
    def source(self) -> str:
        """The file, with its hints."""
        return self.path.read_text("utf-8")

    @property
    def title(self) -> str:
        """What its first line of words says.

        >>> find_exercises()["young"].title
        "Young's inequality"
        """
        return next(line.removeprefix("# # ") for line in self.source.splitlines() if line.startswith("# # "))

    @property
    def text(self) -> str:
        """The file as it is given: without hints and place."""
        cells = _CELL.split(self.source)
        return "".join(cell for cell in cells if _HINTS not in cell and _PLACE not in cell)

    @property
    def hints(self) -> tuple[str, ...]:
        """From a push to nearly the answer."""
        cell = next(cell for cell in _CELL.split(self.source) if _HINTS in cell)
        return tuple(_NUMBERED.findall(cell))

    @property
    def lesson(self) -> str:
        """The lesson of the course to which it belongs."""
        return self._place[0]

    @property
    def level(self) -> int:
        """From 1, one number to be found, to 3."""
        return int(self._place[1])

    @property
    def _place(self) -> tuple[str, str]:
        found = _LIES.search(self.source)
        if found is None:
            raise ValueError(f"{self.path}: the exercise does not say its lesson and level")
        return found[1], found[2]

    @property
    def statement(self) -> dict[str, Data]:
        """What it says, as plain data."""
        return statement(load_statement(self.path))

    def is_stated_by(self, theorem: Theorem) -> bool:
        """Whether a theorem says what the exercise says: the same parameters, hypotheses and claims."""
        return statement(theorem) == self.statement


def find_exercises() -> dict[str, Exercise]:
    """All exercises by name, in the order of the lessons and, within one, from easy to hard."""
    files = {path.stem: path for folder in reversed(packaged()) for path in (folder / FOLDER).glob("[!_]*.py")}
    found = [Exercise(name, path) for name, path in files.items()]
    return {each.name: each for each in sorted(found, key=lambda each: (each.lesson, each.level, each.name))}
