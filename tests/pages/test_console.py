"""Explanations as text: lines of a width, columns that become narrower, colours only on request."""

from __future__ import annotations

import re

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from eftheory.pages.console import as_text
from eftheory.pages.fragments import Explanation, Formula, Items, Section, Table

WORDS = st.lists(st.text("ab-<=1/2", min_size=1, max_size=30), max_size=12).map(" ".join)
BODIES = st.one_of(
    WORDS,
    st.lists(WORDS, max_size=3).map(lambda lines: Formula(tuple(lines))),
    st.lists(WORDS, max_size=3).map(lambda entries: Items(tuple(entries))),
    st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=3).map(lambda rows: Table(("one", "two", "three"), tuple(rows))),
)


def told(*body, status="proved") -> Explanation:
    return Explanation("EF21", status, (Section("Claim", body), Section("Source", ("all of it",), aside=True)))


@given(st.lists(BODIES, max_size=4), st.integers(30, 120))
def test_no_line_is_wider_and_no_character_is_lost(bodies, width) -> None:
    shown = as_text(told(*bodies), width)
    assert all(line == line.rstrip() and len(line) <= width for line in shown.splitlines())
    assert "all of it" not in shown  # an aside
    texts = [text for body in bodies for text in _texts(body)]
    assert all(shown.count(letter) >= "".join(texts).count(letter) for letter in "ab<=1/")


def _texts(body) -> list[str]:
    match body:
        case Formula(lines):
            return [*lines]
        case Items(entries):
            return [*entries]
        case Table(_, rows):
            return [cell for row in rows for cell in row]
    return [body]


def test_columns_share_what_room_there_is() -> None:
    shown = as_text(told(Table(("name", "value"), (("a", "1" * 50), ("bb", "2")))), 30)
    rows = ["    name  value", "    a     " + "1" * 18, " " * 10 + "1" * 18, " " * 10 + "1" * 14, "    bb    2"]
    assert shown.splitlines()[3:] == rows


@pytest.mark.parametrize(("status", "colour"), [("proved", "32"), ("refuted", "31"), ("inconclusive", "33"), ("?", "")])
def test_headings_are_marked_on_request_only(status, colour) -> None:
    plain, marked = as_text(told("text", status=status)), as_text(told("text", status=status), mark=typer.style)
    assert re.sub("\x1b\\[[0-9]+m", "", marked) == plain
    assert (f"\x1b[{colour}m" in marked) == bool(colour)
