"""The proofs as pages that teach, and the page that lists them by parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from eftheory.methods.catalogue import CATALOGUE
from eftheory.pages.folded import Way
from eftheory.pages.fragments import Link
from eftheory.pages.html import sentence
from eftheory.proofkit.lessons.html import Library, body, listing
from eftheory.site.glossary import GLOSSARY
from eftheory.site.library import library
from eftheory.site.page import Page
from eftheory.site.pictures import picture
from eftheory.site.words import in_letters, in_print
from eftheory.theory import look_up
from eftheory.theory.named import name_of

MADE_BY = "eftheory prove"
PATH = (
    "dcgd_diverges",
    "top_k",
    "theta_beta",
    "ef_is_ef21",
    "ef21_nonconvex",
    "ef21_pl",
    "gd",
    "tight_rate",
    "tight_lower_bound",
    "heterogeneous_law",
    "law_step_is_not_best",
)
"""Where to begin, in this order."""


def proof_pages() -> Iterator[Page]:
    """The list of all theorems, and a page for each, checked now."""
    shelf = library()
    theorems = Library({slug: entry.theorem for slug, entry in shelf.entries.items()}, shelf.parts)
    way = way_from_root(theorems)
    begin = "".join(
        f'<li><a href="/proofs/{slug}.html">{sentence(shelf.title(slug))}</a></li>\n'
        for slug in PATH
        if slug in shelf.entries
    )
    listed = listing(shelf.entries, theorems, way)
    told = f"<h2>Where to begin</h2>\n<ol>\n{begin}</ol>\n{listed}"
    yield Page("proofs/index.html", "Proofs", told, f"{MADE_BY} --all")
    for slug in theorems.order():
        entry = shelf.entries[slug]
        lesson = shelf.selection.lesson(entry)[1:]
        yield Page(
            f"proofs/{slug}.html",
            in_letters(entry.theorem.title),
            _about(slug) + body(lesson, slug, theorems, way),
            f"{MADE_BY} {slug}",
            part=theorems.part(slug),
            words=f"{slug} {entry.theorem.source}",
            heading=in_print(entry.theorem.title),
        )


def way_from_root(theorems: Library) -> Way:
    """Where what a proof page names is, from the root of the site."""
    pages = set(theorems.order())

    def href(link: Link) -> str:
        if link.kind == "theorem":
            return f"/proofs/{link.to}.html" if link.to in pages else ""
        if link.kind == "source":
            return f"/bibliography.html#{link.to}"
        return f"/glossary.html#{link.to}" if link.kind == "symbol" and link.to in GLOSSARY else ""

    return Way(href, picture)


@cache
def _methods() -> Mapping[str, tuple[str, ...]]:
    """The methods that theorems are about, by slug."""
    about: dict[str, tuple[str, ...]] = {}
    for kind in CATALOGUE:
        for slug in look_up(kind).theorems:
            about[slug] = (*about.get(slug, ()), name_of(kind))
    return about


def _about(slug: str) -> str:
    names = [f'<a href="/methods/{name}.html"><code>{name}</code></a>' for name in _methods().get(slug, ())]
    return f'<p class="quiet">About the method{"s" * (len(names) > 1)} {", ".join(names)}.</p>\n' if names else ""
