"""Tables and lines on standard output: in colours on a terminal, one line a row and no blanks at its end in a pipe."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from eftheory.pages.escape import shorten_numbers

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
    console = Console(highlight=False, width=None if sys.stdout.isatty() else UNWRAPPED)
    with console.capture() as printed:
        console.print(*shown, sep="\n")
    typer.echo("\n".join(line.rstrip() for line in printed.get().splitlines()))


@contextmanager
def waiting(what: str) -> Iterator[Status]:
    """While it is open, a person at a terminal sees on standard error what takes so long, and what is logged of it;
    nobody else does.
    """
    log = logging.getLogger("eftheory")
    with Console(stderr=True).status(what) as status:
        news, level = _News(status, what), log.level
        log.addHandler(news)
        log.setLevel(min(logging.INFO, log.getEffectiveLevel()))
        try:
            yield status
        finally:
            log.removeHandler(news)
            log.setLevel(level)


class _News(logging.Handler):
    """Shows what is logged beside what is waited for."""

    def __init__(self, status: Status, what: str) -> None:
        super().__init__(logging.INFO)
        self.status, self.what = status, what

    def emit(self, record: logging.LogRecord) -> None:
        """Show the newest line only."""
        self.status.update(f"{self.what}: {escape(record.getMessage().partition(chr(10))[0][:100])}")


def count_agents(n_agents: int, n_types: int) -> str:
    """How many there are, in words.

    >>> count_agents(1000, 1)
    '1000 agents of 1 type'
    """
    return f"{shorten_numbers(str(n_agents))} agent{'s' * (n_agents > 1)} of {n_types} type{'s' * (n_types > 1)}"


def facts() -> Table:
    """A table of names and values, to be filled."""
    return Table(show_header=False, box=None, padding=(0, 2, 0, 0))
