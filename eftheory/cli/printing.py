"""Tables and lines on standard output: in colours on a terminal, one line a row and no blanks at its end in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import typer

from eftheory.pages.lines import in_columns, wrap

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
    """Names with what they say, in columns, between a title and notes; nobody waits for rich to be loaded.

    >>> print_facts([("rate <=", "1/2", "exact"), ("xi", "10", "")], title="EF21", notes=["note: for equal agents"])
    EF21
    rate <=  1/2  exact
    xi       10
    note: for equal agents
    """
    width, mark = get_terminal_size().columns if sys.stdout.isatty() else None, partial(marker(), bold=True)
    table = in_columns([*filter(None, [columns]), *rows], width, str if columns else mark)
    heading, below = table[: bool(columns)], table[bool(columns) :]
    told = [line for note in notes for line in (wrap(note, width) if width else [note])]
    typer.echo("\n".join([*map(mark, filter(None, [title])), *map(mark, heading), *below, *told]))


def marker() -> Callable[..., str]:
    """What writes bold and colours, as ``typer.style`` does: where a terminal shows them and nobody forbids them."""
    shown = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return typer.style if shown else lambda text, **_: str(text)


def facts(*columns: str) -> Table:
    """A table of names and values, to be filled."""
    from rich.table import Table

    return Table(*columns, show_header=bool(columns), box=None, padding=(0, 2, 0, 0), header_style="bold")
