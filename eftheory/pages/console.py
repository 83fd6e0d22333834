"""An explanation as text, for terminals and mails."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from eftheory.pages.escape import printable
from eftheory.pages.fragments import Body, Explanation, Formula, Items, Section

_COLOURS = {"proved": "bold green", "refuted": "bold red", "inconclusive": "bold yellow"}


def as_text(explanation: Explanation, width: int = 100) -> str:
    """The explanation as plain text without colours."""
    console = Console(file=io.StringIO(), width=width, no_color=True, force_terminal=False, _environ={})
    with console.capture() as capture:
        console.print(renderable(explanation), highlight=False)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def renderable(explanation: Explanation) -> Group:
    """The explanation for a rich console; asides are left out, and nothing is read as markup."""
    title = Text.assemble(
        (printable(explanation.title), "bold"), ": ", (explanation.status, _COLOURS.get(explanation.status, "bold"))
    )
    sections = [part for section in explanation.sections if not section.aside for part in _section(section)]
    return Group(title, *sections)


def _section(section: Section) -> Iterator[RenderableType]:
    yield Text()
    yield Text(printable(section.title), style="bold underline")
    for body in section.body:
        yield Padding(_body(body), (0, 0, 0, 2 if isinstance(body, str) else 4))


def _body(body: Body) -> RenderableType:
    if isinstance(body, str):
        return Text(printable(body))
    if isinstance(body, Formula):
        return Group(*(Text(printable(line), overflow="fold") for line in body.lines))
    if isinstance(body, Items):
        return _grid((), [("-", entry) for entry in body.entries])
    return _grid(body.columns, body.rows)


def _grid(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> RichTable:
    grid = RichTable(box=None, padding=(0, 2, 0, 0), show_header=bool(columns))
    for column in columns or ("", ""):
        grid.add_column(Text(printable(column), style="italic"), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(printable(cell), overflow="fold") for cell in row))
    return grid
