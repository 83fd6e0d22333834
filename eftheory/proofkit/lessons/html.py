"""Lessons as pages that lead to each other, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from eftheory.pages.folded import NOWHERE, Way, blocks_as_html
from eftheory.pages.fragments import Block, Link
from eftheory.pages.html import cell, page, sentence
from eftheory.proofkit.catalogue import Entry, examine, lemmas
from eftheory.proofkit.kernel.expression import Node
from eftheory.proofkit.kernel.outcome import PROVED
from eftheory.proofkit.kernel.text import write
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.lesson import tell
from eftheory.proofkit.lessons.linked import linked
from eftheory.proofkit.lessons.mathml import MATHML


@dataclass(frozen=True)
class Library:
    """Theorems whose pages lie in one folder.

    Attributes:
        theorems: by slug.
        parts: their slugs in reading order, by parts.
    """

    theorems: Mapping[str, Theorem]
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def order(self) -> list[str]:
        """All that have a page, as they are read."""
        return [slug for slugs in self.parts.values() for slug in slugs]

    def users(self, slug: str) -> list[str]:
        """Those with a page whose proofs use a theorem."""
        return [other for other in self.order() if slug in lemmas(self.theorems[other])]

    def part(self, slug: str) -> str:
        """The title of the part that a theorem belongs to."""
        return next((title for title, slugs in self.parts.items() if slug in slugs), "")


ALONE = Library({})


def as_page(blocks: list[Block], slug: str = "", library: Library = ALONE, way: Way | None = None) -> str:
    """A whole page: alone, or with the way to the pages of a library beside it."""
    title = "".join(write(part) if isinstance(part, Node) else part for part in blocks[0].parts)
    order = library.order()
    head = foot = ""
    if slug in order:
        at = order.index(slug)
        before = [("prev", "Previous", each) for each in order[:at][-1:]]
        after = [("next", "Next", each) for each in order[at + 1 :][:1]]
        turn = "".join(
            f'<a rel="{rel}" href="{each}.html"><span>{word}</span> {sentence(library.theorems[each].title)}</a>\n'
            for rel, word, each in (*before, *after)
        )
        part = escape(library.part(slug))
        head = f'<nav class="trail"><a href="index.html">All theorems</a> › {part}</nav>\n'
        foot = f'<nav class="turn">\n{turn}</nav>\n'
    return page(title, head + body(blocks, slug, library, way or beside(library)) + foot)


def body(blocks: Sequence[Block], slug: str, library: Library, way: Way) -> str:
    """What stands on a page: the lesson, and which theorems use it."""
    users = library.users(slug)
    told = blocks_as_html(blocks, MATHML, way)
    if not users:
        return told
    links = "".join(
        f'<li><a href="{escape(way.href(Link(user, "theorem", user)))}">'
        f"{sentence(library.theorems[user].title)}</a></li>\n"
        for user in users
    )
    return f"{told}<h2>Used by</h2>\n<ul>\n{links}</ul>\n"


def beside(library: Library, sources: Iterable[str] = ()) -> Way:
    """The way to other pages of the same folder; ``sources``: those that its bibliography has."""
    pages, known = set(library.order()), set(sources)

    def href(link: Link) -> str:
        if link.kind == "theorem" and link.to in pages:
            return f"{link.to}.html"
        return f"bibliography.html#{link.to}" if link.kind == "source" and link.to in known else ""

    return Way(href)


def as_html(blocks: list[Block]) -> str:
    """The lesson, without the page around it."""
    return blocks_as_html(blocks, MATHML)


def cited(lessons: Iterable[Sequence[Block]]) -> set[str]:
    """The keys of the sources that lessons name."""
    parts = (part for blocks in lessons for block in blocks for part in block.parts)
    return {part.to for part in parts if isinstance(part, Link) and part.kind == "source"}


def references(entries: Mapping[str, str]) -> str:
    """Entries of a bibliography, each at its key."""
    items = "".join(
        f'<h2 id="{escape(k, quote=True)}">{escape(k)}</h2>\n<pre>{escape(e)}</pre>\n' for k, e in entries.items()
    )
    return f'<nav class="trail"><a href="index.html">All theorems</a></nav>\n<h1>Bibliography</h1>\n{items}'


def contents(entries: Mapping[str, Entry], library: Library, way: Way) -> str:
    """The page that lists the theorems, by parts in reading order."""
    return page("Theorems", f"<h1>Theorems</h1>\n{listing(entries, library, way)}")


def listing(entries: Mapping[str, Entry], library: Library, way: Way) -> str:
    """The theorems by parts: what each says, and where it comes from."""
    order = library.order()
    proved = sum(entries[slug].status == PROVED for slug in order)
    out = [f"<p>{proved} of {len(order)} proved, each line checked by the kernel.</p>"]
    for title, slugs in library.parts.items():
        rows = "\n".join(_row(entries[slug], way) for slug in slugs)
        out.append(f'<h2>{escape(title)}</h2>\n<ol class="theorems">\n{rows}\n</ol>')
    return "\n".join(out) + "\n"


def _row(entry: Entry, way: Way) -> str:
    theorem = entry.theorem
    href = escape(way.href(Link(theorem.slug, "theorem", theorem.slug)), quote=True)
    status = "" if entry.status == PROVED else f'<span class="open">{entry.status}</span> '
    parts = linked(theorem.source.replace("own", "our own"), 0)
    source = "".join(_part(part, way) for part in parts)
    return (
        f'<li><a href="{href}">{sentence(theorem.title)}</a> {status}'
        f'<span class="quiet"><code>{theorem.slug}</code>, {source}</span></li>'
    )


def _part(part: str | Link, way: Way) -> str:
    if isinstance(part, str):
        return escape(part)
    href = way.href(part)
    return f'<a href="{escape(href, quote=True)}">{escape(part.words)}</a>' if href else escape(part.words)


def lesson_in_html(theorem: Theorem) -> str:
    """The theorem's lesson, checked now, to be shown in a notebook."""
    return cell(blocks_as_html(tell(examine(theorem)), MATHML, NOWHERE))
