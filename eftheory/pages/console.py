"""An explanation as text, for terminals and mails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from eftheory.pages.escape import printable
from eftheory.pages.fragments import Body, Explanation, Formula, Items
from eftheory.pages.lines import in_columns, wrap

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
        yield from wrap(printable(body), width)
    elif isinstance(body, Formula):
        for line in body.lines:
            yield from wrap(printable(line), width)
    elif isinstance(body, Items):
        yield from _grid([("-", entry) for entry in body.entries], width)
    else:
        heading, *rows = _grid([body.columns, *body.rows], width)
        yield mark(heading, italic=True)
        yield from rows


def _grid(rows: Iterable[Sequence[str]], width: int) -> list[str]:
    return in_columns([[printable(cell) for cell in row] for row in rows], width)
