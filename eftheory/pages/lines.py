"""Plain lines that commands, sessions and reports share."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from eftheory.pages.escape import shorten, shorten_numbers

MOST_LINES, LONGEST_LINE = 12, 110
"""Of what a session shows unasked."""


def in_columns(rows: Iterable[Sequence[str]], width: int | None = None, name: Callable[[str], str] = str) -> list[str]:
    """A line for each row, its cells below those of the row before, two blanks apart.

    Args:
        rows: cells; all rows have as many.
        width: of a line, in characters; where rows are wider, the widest columns become narrower alike, and a cell
            has several lines.
        name: writes the cells of the first column, as ``typer.style`` does.

    >>> in_columns([("rate <=", "1/2", "exact"), ("xi", "10", "")])
    ['rate <=  1/2  exact', 'xi       10']
    >>> in_columns([("xi", "ten and a half")], 14)
    ['xi  ten and', '    a half']
    """
    rows = list(rows)
    widths = [max(map(len, cells)) for cells in zip(*rows)]
    room = sum(widths) if width is None else width - 2 * len(widths)
    widest = next((w for w in range(max(widths, default=1), 1, -1) if sum(min(w, each) for each in widths) <= room), 1)
    lines = []
    for row in rows:
        cells = [[cell] if len(cell) <= widest else wrap(cell, widest) for cell in row]
        for first, *others in zip_longest(*cells, fillvalue=""):
            blanks = [" " * (min(widest, w) + 2 - len(cell)) for w, cell in zip(widths, (first, *others))]
            parts = (first and name(first), *others)
            lines.append("".join(map(str.__add__, parts, blanks)).rstrip())
    return lines


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text, one at least; only a word that is longer than a line is cut.

    >>> wrap("of a well-known law", 8)
    ['of a wel', 'l-known', 'law']
    """
    return textwrap.wrap(text, max(width, 1), break_on_hyphens=False) or [""]


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "agent"), count(1000, "agent")
    ('1 agent', '1000 agents')
    """
    return f"{shorten_numbers(str(number))} {noun}{'s' * (number != 1)}"


def count_agents(n_agents: int, n_types: int) -> str:
    """How many there are, in words.

    >>> count_agents(1000, 1)
    '1000 agents of 1 type'
    """
    return f"{count(n_agents, 'agent')} of {count(n_types, 'type')}"


def in_short(lines: Sequence[str]) -> str:
    """What a session shows: the first lines, each cut where it is long, and how many there are more.

    >>> print(in_short(["a"] * 20).splitlines()[-1])
    and 8 more lines
    """
    more = [f"and {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES + 1 else []
    return "\n".join([shorten(line, LONGEST_LINE) for line in lines[: MOST_LINES if more else None]] + more)
