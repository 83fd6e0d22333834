"""An explanation as text, for terminals and mails."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

from eftheory.pages.escape import printable
from eftheory.pages.fragments import Body, Explanation, Formula, Items
from eftheory.pages.lines import in_columns

_COLOURS = {"proved": "green", "refuted": "red", "inconclusive": "yellow"}


def _plain(text: str, **_style: object) -> str:
    return text


def as_text(explanation: Explanation, width: int = 100, mark: Callable[..., str] = _plain) -> str:
    """The explanation as text without asides, in lines of at most that width.

    Args:
        explanation: what is told.
        width: of a line, in characters.
        mark: writes headings, as ``typer.style`` does for terminals; without it there are no colours.
    """
    status = mark(explanation.status, bold=True, fg=_COLOURS.get(explanation.status))
    lines = [f"{mark(printable(explanation.title), bold=True)}: {status}"]
    for section in explanation.sections:
        if not section.aside:
            lines += ["", mark(printable(section.title), bold=True, underline=True)]
            for body in section.body:
                indent = " " * (2 if isinstance(body, str) else 4)
                lines += (indent + line for line in _lines(body, width - len(indent), mark))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _lines(body: Body, width: int, mark: Callable[..., str]) -> Iterator[str]:
    if isinstance(body, str):
        yield from _folded(body, width)
    elif isinstance(body, Formula):
        for line in body.lines:
            yield from _folded(line, width)
    elif isinstance(body, Items):
        yield from _grid([("-", entry) for entry in body.entries], width)
    else:
        heading, *rows = _grid([body.columns, *body.rows], width)
        yield mark(heading, italic=True)
        yield from rows


def _grid(rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """Rows in columns; where they are wider than there is room, the widest columns become narrower alike."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells)]
    room = width - 2 * len(widths)
    widest = next((w for w in range(max(widths, default=1), 1, -1) if sum(min(w, each) for each in widths) <= room), 1)
    folded = [[_folded(cell, widest) for cell in row] for row in cells]
    padded = [[[*cell, *[""] * (max(map(len, row)) - len(cell))] for cell in row] for row in folded]
    return iter(in_columns([line for row in padded for line in zip(*row)]))


def _folded(text: str, width: int) -> list[str]:
    """The lines of a text; only a word that is longer than a line is cut."""
    return textwrap.wrap(printable(text), max(width, 1), break_on_hyphens=False) or [""]
