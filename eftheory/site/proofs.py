"""The proofs as pages, and the page that lists them by parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from eftheory.proofkit.catalogue import Entry
from eftheory.proofkit.lessons.html import as_html
from eftheory.site.library import library
from eftheory.site.page import Page
from eftheory.site.words import in_letters, in_print

MADE_BY = "eftheory prove"
_BLANK = re.compile(r' id="[^"]*[\s&][^"]*"')
"""Names of lines that are no ids: they have blanks."""


def proof_pages() -> Iterator[Page]:
    """The list of all theorems, and a page for each, checked now."""
    shelf = library()
    body = "".join(_part(part, [shelf.entries[slug] for slug in slugs]) for part, slugs in shelf.parts.items())
    yield Page("proofs/index.html", "Proofs", body, f"{MADE_BY} --all")
    for part, slugs in shelf.parts.items():
        for slug in slugs:
            theorem = shelf.entries[slug].theorem
            source = f'<p class="source">{escape(theorem.source)}</p>\n' if theorem.source else ""
            told = shelf.selection.lesson(shelf.entries[slug])
            body = as_html([block for block in told if block.kind not in ("title", "source")])
            body = source + _BLANK.sub("", body)
            yield Page(
                f"proofs/{slug}.html",
                in_letters(theorem.title),
                body,
                f"{MADE_BY} {slug}",
                part=part,
                words=f"{slug} {theorem.source}",
                heading=in_print(theorem.title),
            )


def _part(title: str, entries: list[Entry]) -> str:
    rows = "".join(
        f'<tr><td><a href="/proofs/{entry.theorem.slug}.html">{in_print(entry.theorem.title)}</a></td>'
        f'<td class="{"proved" if entry.problem is None else "open"}">{entry.status}</td>'
        f"<td>{escape(entry.theorem.source)}</td></tr>\n"
        for entry in entries
    )
    head = '<tr><th scope="col">theorem</th><th scope="col">status</th><th scope="col">source</th></tr>'
    return f"<h2>{escape(title)}</h2>\n<table>\n<thead>{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
