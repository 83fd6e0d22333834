"""Links of a page: from the root of the site in what is written, from the page itself in what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from html import unescape
from posixpath import dirname, relpath

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
LINKING = ("href", "src", "data", "poster", "action")
"""Attributes that lead to a file."""
_LINK = re.compile(rf"""(?<=[\s"':])({"|".join(LINKING)})=(["'])(.*?)\2""", re.DOTALL)
_ID = re.compile(r"""\sid=(["'])(.*?)\1""", re.DOTALL)
_ELSEWHERE = re.compile(r"(?:https?://|mailto:)")


def relative(path: str, page: str) -> str:
    """The way from a page to a path, both from the root of the site.

    >>> relative("glossary.html#alpha", "proofs/gd.html")
    '../glossary.html#alpha'
    >>> relative("proofs/gd.html#line-3", "proofs/gd.html")
    '#line-3'
    """
    file, mark, place = path.partition("#")
    return mark + place if file == page and mark else relpath(file, dirname(page) or ".") + mark + place


def with_relative_links(html: str, page: str) -> str:
    """The HTML of a page, whose links from the root ("/proofs/gd.html") now start at the page.

    >>> with_relative_links('<a href="/glossary.html#mu">', "proofs/gd.html")
    '<a href="../glossary.html#mu">'
    """

    def change(tag: re.Match[str]) -> str:
        return _LINK.sub(
            lambda link: f'{link[1]}="{relative(link[3][1:], page)}"' if link[3][:1] == "/" else link[0], tag[0]
        )

    return _TAG.sub(change, html)


def links(html: str) -> Iterator[str]:
    """All links of a page.

    >>> list(links('<a href="x.html">href="y.html"</a>'))
    ['x.html']
    """
    for tag in _TAG.finditer(html):
        yield from (unescape(link[3]) for link in _LINK.finditer(tag[0]))


def ids(html: str) -> list[str]:
    """All ids of a page, in order."""
    return [unescape(found[2]) for tag in _TAG.finditer(html) for found in _ID.finditer(tag[0])]


def dead_links(bodies: Mapping[str, str], files: Set[str]) -> Iterator[str]:
    """A line for each link that leads nowhere, with its page.

    Args:
        bodies: HTML by path; links start at the root ("/proofs/gd.html"), or are places on the page ("#line-3").
        files: all paths of the site.
    """
    places = {path: set(ids(html)) for path, html in bodies.items()}
    for page, html in bodies.items():
        for link in dict.fromkeys(links(html)):
            if _ELSEWHERE.match(link):
                continue
            if link[:1] not in ("/", "#"):
                yield f"{page}: {link[:200]!r} must start at the root of the site, as /{link[:40]}, or with # or https"
                continue
            file, mark, place = (f"/{page}{link}" if link[0] == "#" else link).partition("#")
            if file[1:] not in files:
                yield f"{page}: {link} leads to no page or file of the site"
            elif mark and place not in places.get(file[1:], ()):
                yield f"{page}: {link} leads to no id of {file[1:]}"
