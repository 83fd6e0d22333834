"""Blocks as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from eftheory.pages.fragments import Block, Mathematics, Table


def blocks_as_text(blocks: Iterable[Block], maths: Mathematics, width: int = 100) -> str:
    """Blocks as plain text; no line is longer than the width, unless a word or a title is."""
    out: list[str] = []
    for block in blocks:
        words = block.words(maths, str, str)
        if block.kind == "title":
            out += [words, "=" * len(words)]
        elif block.kind == "heading":
            out += ["", words, "-" * len(words)]
        elif block.kind == "survivor":
            out += ["", *_wrapped(words, width, 2, 6)]
        elif block.kind in ("idea", "picture"):
            continue  # the reason says it; a picture is for pages
        elif block.kind == "alike":
            out += ["", *_wrapped(words, width, 2, 2)]
        elif block.kind in ("source", "prose", "example"):
            out += ["", *_wrapped(words, width, 0, 0)]
        elif block.kind in ("table", "evidence"):
            out += ["", *table(block.relation)]
        elif block.kind in ("line", "hypothesis", "claim"):
            formula = "" if block.relation is None else maths.displayed(block.relation, block.name)
            out += ["", *_wrapped(formula, width, 2, 6), *_wrapped(words, width, 6, 6)]
        elif block.kind in ("definition", "range"):
            out += _wrapped(words, width, 2, 6)
        elif block.kind == "reason":
            out += textwrap.wrap(words, width, initial_indent="      . ", subsequent_indent="        ")
        elif block.kind == "failure":
            out += [f"  FAILS ({block.name}): {words}"]
        else:
            out += ["", words]
    return "\n".join(out) + "\n"


def table(shown: Table) -> list[str]:
    """A table, a line for each row, columns below each other.

    >>> table(Table(("line", "left"), (("smooth", "1/2"),)))
    ['  line    left', '  smooth  1/2']
    """
    rows = [shown.columns, *shown.rows]
    widths = [max(map(len, column)) for column in zip(*rows)]
    return ["  " + "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths)).rstrip() for row in rows]


def _wrapped(words: str, width: int, first: int, later: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent=" " * first, subsequent_indent=" " * later)
