"""What a page consists of, whatever it is written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere, where the page knows the way; elsewhere they are words.

    Attributes:
        words: that are shown.
        kind: what it leads to: a line, a claim, a theorem, a source, a symbol or a method.
        to: which one.
    """

    words: str
    kind: str
    to: str


@dataclass(frozen=True)
class Block:
    """A piece of a lesson.

    Attributes:
        kind: title, source, heading, prose, range, definition, hypothesis, claim, line, reason, survivor, example,
            picture, alike, table, verdict or failure; ``alike`` is of lines that are shown for people who ask for all.
        parts: words, links and formulas, in order; of a line, the idea of it.
        name: of the line; of a picture, its file.
        relation: of the line, a formula; of a table, a Table; of alike, a tuple of blocks.
        leads: of a claim, the lines that prove it; of a line, the claims that it is.
    """

    kind: str
    parts: tuple[Any, ...] = ()
    name: str = ""
    relation: Any = None
    leads: tuple[str, ...] = ()

    def words(self, maths: Mathematics, sentence: Callable[[str], str], plain: Callable[[str], str]) -> str:
        """Words and formulas of the block in a row; ``sentence`` writes words with variables, ``plain`` others."""
        write = sentence if self.kind in PROSE else plain
        return words(self.parts, self.kind, maths, write, lambda link: write(link.words))


def words(
    parts: Sequence[Any],
    kind: str,
    maths: Mathematics,
    write: Callable[[str], str],
    linked: Callable[[Link], str],
) -> str:
    """Words, links and formulas of a block of that kind in a row."""
    return "".join(
        write(part) if isinstance(part, str) else linked(part) if isinstance(part, Link) else maths.inline(part, kind)
        for part in parts
    )


PROSE = ("title", "heading", "prose", "hypothesis", "line", "range", "reason", "survivor", "picture", "alike")
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
