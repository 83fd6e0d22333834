"""Lessons as self-contained pages, and the page that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from eftheory.pages.fragments import Block
from eftheory.pages.html import blocks_as_html, cell, page
from eftheory.proofkit.catalogue import Entry, examine
from eftheory.proofkit.kernel.expression import Node, Symbol
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.lesson import tell
from eftheory.proofkit.lessons.mathml import MATHML

_NAMED = ("step", "noise")
"""Symbols that sentences call by their names in text, and formulas by a letter."""


def as_page(blocks: list[Block]) -> str:
    """A whole page."""
    return page("".join(write(part) if isinstance(part, Node) else part for part in blocks[0].parts), as_html(blocks))


def as_html(blocks: list[Block]) -> str:
    """The lesson, without the page around it."""
    return blocks_as_html(map(_named, blocks), MATHML)


def _named(block: Block) -> Block:
    """The block; where it introduces letters, with the names that sentences use for them."""
    names = (s.name for s in block.parts if isinstance(s, Symbol) and s.name in _NAMED)
    return replace(block, parts=(*block.parts, *(f": the {n}" for n in names))) if block.kind == "range" else block


def contents(entries: Mapping[str, Entry], parts: Mapping[str, list[str]]) -> str:
    """The page that lists the theorems, by parts in reading order."""
    rows = "<tr><th>theorem</th><th>status</th><th>source</th></tr>\n"
    for title, slugs in parts.items():
        rows += f'<tr><th colspan="3"><h2>{escape(title)}</h2></th></tr>\n'
        for slug in slugs:
            entry = entries[slug]
            rows += (
                f'<tr><td><a href="{slug}.html">{escape(entry.theorem.title)}</a></td>'
                f'<td class="{"proved" if entry.problem is None else "open"}">{entry.status}</td>'
                f"<td>{escape(entry.theorem.source)}</td></tr>\n"
            )
    table = f"<table>\n{rows}</table>\n"
    return page("Theorems", f"<h1>Theorems</h1>\n{table}")


def lesson_in_html(theorem: Theorem) -> str:
    """The theorem's lesson, checked now, to be shown in a notebook."""
    return cell(as_html(tell(examine(theorem))))
