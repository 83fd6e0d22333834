"""Every symbol and term of the field, in words: the one source of the glossary, and of links at first use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from eftheory.site.page import Page


@dataclass(frozen=True)
class Term:
    """A symbol or a term.

    Attributes:
        id: its place on the page: "glossary.html#alpha".
        symbol: as formulas in text write it, "alpha"; empty if it has none.
        name: what it is called.
        words: what it means; symbols in it are written in ASCII, as "||g_i - d_i||^2".
        part: the part of the glossary.
        written: how else proofs, commands and papers write it.
    """

    id: str
    symbol: str
    name: str
    words: str
    part: str
    written: tuple[str, ...] = ()


def _read() -> Iterator[Term]:
    text = files("eftheory.site").joinpath("glossary.json").read_text("utf-8")
    for part in json.loads(text):
        for term in part["terms"]:
            written = tuple(term.get("written", ()))
            yield Term(term["id"], term.get("symbol", ""), term["name"], term["words"], part["part"], written)


GLOSSARY: Mapping[str, Term] = {term.id: term for term in _read()}
"""All terms by id, part by part, in the order in which a reader meets them: what ``glossary.json`` says."""
_BY_WRITING = {
    written: term
    for term in reversed(list(GLOSSARY.values()))
    for written in (term.symbol, term.id, *term.written)
    if written
}


def find_term(written: str) -> Term | None:
    """The term of a symbol or word, as proofs, commands and papers write it; None if the glossary has none.

    >>> find_term("gamma").id, find_term("d_i").name, find_term("nonsense")
    ('step_size', 'estimate', None)
    """
    return _BY_WRITING.get(written)


def glossary_pages() -> Iterator[Page]:
    """The glossary: one page, so that a browser finds every word on it."""
    parts = dict.fromkeys(term.part for term in GLOSSARY.values())
    body = "".join(map(_part, parts))
    places = " · ".join(f'<a href="#{_place(part)}">{escape(part)}</a>' for part in parts)
    yield Page("glossary.html", "Glossary", f"<p>{places}</p>\n{body}", words="symbols notation terms")


def _place(part: str) -> str:
    return f"part-{part.lower().replace(' ', '-')}"


def _part(part: str) -> str:
    from eftheory.site.words import in_print

    rows = "".join(
        f'<dt id="{term.id}">{f"{in_print(term.symbol)}, " if term.symbol else ""}{escape(term.name)}</dt>\n'
        f"<dd>{in_print(term.words)}</dd>\n"
        for term in GLOSSARY.values()
        if term.part == part
    )
    return f'<h2 id="{_place(part)}">{escape(part)}</h2>\n<dl>\n{rows}</dl>\n'
