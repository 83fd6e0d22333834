"""What a report consists of, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass


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
    """A certificate, explained."""

    title: str
    status: str
    sections: tuple[Section, ...]
