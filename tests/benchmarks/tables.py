"""Tables that are shown on a terminal and written to a report from the same cells."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table as RichTable

from eftheory.numbers import scientific_up

PACKAGES = ("cvxpy", "clarabel", "numpy", "python-flint", "pepit", "typer")


@dataclass
class Table:
    """Rows of text under a heading, with a word on what they say.

    Attributes:
        title: the heading.
        columns: their names; the first column holds names, the others numbers.
        says: what the reader should know; "" for nothing.
        rows: the cells.
    """

    title: str
    columns: tuple[str, ...]
    says: str = ""
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Add a row, with one cell for each column."""
        if len(cells) != len(self.columns):
            raise ValueError(f"{len(cells)} cells for {len(self.columns)} columns of {self.title!r}")
        self.rows.append(tuple(map(str, cells)))

    def markdown(self) -> str:
        """The table as a section of a report."""
        lines = [f"## {self.title}", ""]
        if self.says:
            lines += [self.says, ""]
        rule = ("---", *("--:" for _ in self.columns[1:]))
        lines += [f"| {' | '.join(cells)} |" for cells in (self.columns, rule, *self.rows)]
        return "\n".join(lines) + "\n"

    def shown(self) -> RichTable:
        """The table for a terminal."""
        shown = RichTable(title=self.title, caption=self.says or None, box=box.SIMPLE, title_justify="left")
        for number, column in enumerate(self.columns):
            shown.add_column(column, justify="right" if number else "left")
        for cells in self.rows:
            shown.add_row(*cells)
        return shown


def publish(tables: Iterable[Table], *, header: str, path: Path | None) -> None:
    """Show the tables, and write them under a header where there is a path."""
    tables, console = list(tables), Console(highlight=False, markup=False, width=140)
    for table in tables:
        console.print(table.shown())
    if path:
        path.write_text("\n".join([header, *(table.markdown() for table in tables)]), encoding="utf-8")
        console.print(f"written: {path}")


def surroundings() -> str:
    """On what the numbers were measured."""
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return f"Run of {today} on {os.cpu_count()} cores, Python {platform.python_version()}, {versions}."


def up(x: Fraction | float | None) -> str:
    """A number of which a reader wants to know that it is small: rounded up; negative ones count as zero."""
    return "" if x is None else scientific_up(max(Fraction(x), Fraction(0)), 2)


def milliseconds(seconds: float) -> str:
    """A time, to three digits."""
    return f"{1e3 * seconds:.3g}" if seconds < 1 else f"{1e3 * seconds:,.0f}"
