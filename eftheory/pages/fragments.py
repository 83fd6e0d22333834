"""What a page consists of, whatever it is written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Block:
    """A piece of a lesson.

    Attributes:
        kind: title, source, heading, prose, range, definition, hypothesis, claim, line, reason, survivor, example,
            table, verdict or failure.
        parts: words and formulas, in order.
        name: of the line.
        relation: of the line, a formula; of a table, a Table.
    """

    kind: str
    parts: tuple[Any, ...] = ()
    name: str = ""
    relation: Any = None

    def words(self, maths: Mathematics, sentence: Callable[[str], str], plain: Callable[[str], str]) -> str:
        """Words and formulas of the block in a row; ``sentence`` writes words with variables, ``plain`` others."""
        write = sentence if self.kind in PROSE else plain
        return "".join(write(part) if isinstance(part, str) else maths.inline(part, self.kind) for part in self.parts)


PROSE = ("title", "heading", "prose", "hypothesis", "range", "reason", "survivor")
"""Kinds of blocks whose words are sentences with variables in them."""


class Mathematics(Protocol):
    """Writes the formulas of blocks, whatever they are made of."""

    def inline(self, shown: Any, kind: str) -> str:
        """A formula among the words of a block of that kind."""

    def displayed(self, shown: Any, name: str) -> str:
        """A formula on lines of its own, with its name."""


@dataclass(frozen=True)
class Formula:
    """A displayed formula, line by line."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A list of points."""

    entries: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Body = str | Formula | Items | Table


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``aside`` is for readers who want all of it."""

    title: str
    body: tuple[Body, ...]
    aside: bool = False


@dataclass(frozen=True)
class Explanation:
    """Something with a status, explained; who wrote it stands at the end of pages."""

    title: str
    status: str
    sections: tuple[Section, ...]
    footer: str = ""
