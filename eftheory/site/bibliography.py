"""The papers, with their BibTeX, and what on the site cites them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from eftheory.proofkit.catalogue import proofs_folder
from eftheory.proofkit.contents import files_in
from eftheory.site.page import Page
from eftheory.site.templating import fill
from eftheory.theory.bibliography import bibliography, fields_of

_CITED = re.compile(r"\[([A-Z]\w+\d{4})\]")
_TEXT = re.compile(r"(<(?P<verbatim>a|code|pre|script|title)\b.*?</(?P=verbatim)>|<[^<>]*>)|([^<]+)", re.DOTALL)
_MARKS = {"'": "\u0301", "v": "\u030c", "c": "\u0327", '"': "\u0308", "`": "\u0300", "^": "\u0302", "~": "\u0303"}
_LETTERS = {r"\l": "ł", r"\L": "Ł", r"\o": "ø", r"\O": "Ø", r"\ss": "ß", r"\i": "ı", r"\&": "&"}


def plain_tex(text: str) -> str:
    r"""A field of BibTeX as text.

    >>> plain_tex(r"Richt{\'a}rik, Tak{\'a}{\v{c}}, Rafa{\l}, {EF21} with Bells \& Whistles, 1--9")
    'Richtárik, Takáč, Rafał, EF21 with Bells & Whistles, 1–9'
    """
    from unicodedata import normalize

    text = re.sub(r"\\(['`^~\"]|[cv](?=\{))\{?(\w)\}?", lambda found: found[2] + _MARKS[found[1]], text)
    text = re.sub(r"\\(?:&|[A-Za-z]+\s*)", lambda found: _LETTERS.get(found[0].strip(), found[0]), text)
    return normalize("NFC", text.replace("{", "").replace("}", "").replace("--", "–").replace("~", " "))


@cache
def labels() -> dict[str, str]:
    """How each paper is called in text, by its key: "Richtárik et al. 2021"."""
    return {key: _label(fields_of(item)) for key, item in bibliography().items()}


def with_citations(html: str) -> str:
    """The HTML with a link for each citation by key, but in code.

    >>> with_citations("<p>after [SeideEtAl2014], Section 2</p>")
    '<p>after <a href="/bibliography.html#SeideEtAl2014">[Seide et al. 2014]</a>, Section 2</p>'
    """

    def link(found: re.Match[str]) -> str:
        key = found[1]
        return f'<a href="/bibliography.html#{key}">[{escape(labels()[key])}]</a>' if key in labels() else found[0]

    return _TEXT.sub(lambda piece: piece[1] or _CITED.sub(link, piece[3]), html)


def bibliography_pages() -> Iterator[Page]:
    """One page with all papers, by their authors."""
    from eftheory.methods.catalogue import CATALOGUE
    from eftheory.site.methods import title_of
    from eftheory.theory import look_up
    from eftheory.theory.named import name_of

    citing: dict[str, list[tuple[str, str]]] = {key: [] for key in labels()}
    for kind in CATALOGUE:
        for key in look_up(kind).cites:
            citing[key].append((f"methods/{name_of(kind)}.html", title_of(name_of(kind))))
    for slug, path in files_in(proofs_folder()).items():
        for key in dict.fromkeys(_CITED.findall(path.read_text("utf-8"))):
            citing.get(key, []).append((f"proofs/{slug}.html", slug))
    papers: list[dict[str, Any]] = [
        {"key": key, "label": labels()[key], "bibtex": item, "citing": citing[key], **_told(fields_of(item))}
        for key, item in bibliography().items()
    ]
    papers.sort(key=lambda paper: paper["label"])
    body = fill("bibliography.html", papers=papers)
    yield Page("bibliography.html", "Bibliography", body, "eftheory cite KEY", words="papers references BibTeX")


def _names(fields: dict[str, str]) -> list[str]:
    return [plain_tex(name) for name in re.split(r"\s+and\s+", fields.get("author", ""))]


def _label(fields: dict[str, str]) -> str:
    families = [name.partition(",")[0] for name in _names(fields)]
    who = " and ".join(families) if len(families) < 3 else f"{families[0]} et al."
    return f"{who} {fields.get('year', '')}".strip()


def _told(fields: dict[str, str]) -> dict[str, str]:
    names = [" ".join(reversed(name.split(", "))) for name in _names(fields)]
    where = next((fields[name] for name in ("journal", "booktitle", "publisher", "note") if name in fields), "")
    link = f"https://doi.org/{fields['doi']}" if "doi" in fields else ""
    if not link and fields.get("eprint"):
        link = f"https://arxiv.org/abs/{fields['eprint']}"
    return {
        "authors": ", ".join(names),
        "title": plain_tex(fields.get("title", "")),
        "where": plain_tex(where or ("arXiv" if "eprint" in fields else "")),
        "year": fields.get("year", ""),
        "link": link or fields.get("url", ""),
    }
