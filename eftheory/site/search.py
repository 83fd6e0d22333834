"""The index in which the search looks: a script that sets a global, which loads from a file, too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eftheory.site.builder import Placed

_HEADING = re.compile(r"<h[23][^>]*>(.*?)</h[23]>", re.DOTALL)
_TERM = re.compile(r'<dt id="([^"]*)">(.*?)</dt>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def search_index(pages: Iterable[Placed]) -> bytes:
    """For each page, and each term in a list of terms: title, path, section and words, as a script."""
    entries = [entry for placed in pages for entry in _entries(placed)]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"window.eftheoryPages={text};\n".encode()


def words_of(html: str) -> str:
    """The words of HTML, without its tags.

    >>> words_of("<b>two</b> &lt; <i>three</i>")
    'two < three'
    """
    return " ".join(unescape(_TAG.sub("", html)).split())


def _entries(placed: Placed) -> Iterator[tuple[str, str, str, str]]:
    page, section = placed.page, placed.section.title
    headings = (words_of(found[1]) for found in _HEADING.finditer(page.body))
    where = f"{section}: {page.part}" if page.part else section
    yield page.title, page.path, where, " ".join(dict.fromkeys([page.words, *headings])).strip()
    for term in _TERM.finditer(page.body):
        yield words_of(term[2]), f"{page.path}#{term[1]}", page.title, term[1]
