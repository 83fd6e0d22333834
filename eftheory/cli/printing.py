"""Tables and lines on standard output: in colours on a terminal, one line a row and no blanks at its end in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from eftheory.pages.lines import in_columns

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

UNWRAPPED = 10_000
"""Lines are wrapped for people only: in a pipe a fraction stays in one piece, and a row one line."""


def print_rich(*shown: RenderableType) -> None:
    """Print what rich can show.

    >>> table = facts()
    >>> table.add_row("rate", "1/2")
    >>> print_rich(table, "note: exact")
    rate  1/2
    note: exact
    """
    from rich.console import Console

    console = Console(highlight=False, width=None if sys.stdout.isatty() else UNWRAPPED)
    with console.capture() as printed:
        console.print(*shown, sep="\n")
    typer.echo("\n".join(line.rstrip() for line in printed.get().splitlines()))


def print_facts(
    rows: Sequence[Sequence[str]], *, title: str = "", columns: Sequence[str] = (), notes: Sequence[str] = ()
) -> None:
    """Names with what they say, in columns, between a title and notes; a pipe does not wait for rich to be loaded.

    >>> print_facts([("rate <=", "1/2", "exact"), ("xi", "10", "")], title="EF21", notes=["note: for equal agents"])
    EF21
    rate <=  1/2  exact
    xi       10
    note: for equal agents
    """
    if not sys.stdout.isatty():
        typer.echo("\n".join([*filter(None, [title]), *in_columns([*filter(None, [columns]), *rows]), *notes]))
        return
    from rich.text import Text

    table = facts(*columns)
    for name, *says in rows:
        table.add_row(Text(name, style="" if columns else "bold"), *(Text(each, overflow="fold") for each in says))
    print_rich(*([Text(title, style="bold")] if title else []), table, *map(Text, notes))


def facts(*columns: str) -> Table:
    """A table of names and values, to be filled."""
    from rich.table import Table

    return Table(*columns, show_header=bool(columns), box=None, padding=(0, 2, 0, 0), header_style="bold")
