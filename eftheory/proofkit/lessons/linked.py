"""Sentences with links: theorems and sources that they name, and claims that they count."""

from __future__ import annotations

import re

from eftheory.pages.fragments import Link

_NAMED = re.compile(
    r"`(?P<theorem>[a-z][a-z0-9_]*)`"
    r"|\[(?P<source>[A-Z][A-Za-z]+\d{4}[a-z]?)\]"
    r"|\b[Cc]laims? (?P<claim>\d+)\b"
    r"|\b[Tt]he (?P<place>first|last) claims?\b"
    r"|(?<![\w/.)^-])(?P<point>\d{1,2})\.(?=,? )"
)


def linked(text: str, claims: int) -> list[str | Link]:
    """The sentence in words and links; ``claims``: how many the theorem has.

    >>> [part if isinstance(part, str) else (part.kind, part.to) for part in linked("By `top_k`, claim 2.", 3)]
    ['By ', ('theorem', 'top_k'), ', ', ('claim', 'claim 2'), '.']
    >>> linked("1. The rate.", 1)
    ['1. The rate.']
    """
    parts: list[str | Link] = []
    end = 0
    for found in _NAMED.finditer(text):
        link = _link(found, claims)
        if link is not None:
            parts += [text[end : found.start()], link]
            end = found.end()
    return [part for part in (*parts, text[end:]) if part]


def _link(found: re.Match[str], claims: int) -> Link | None:
    kind = str(found.lastgroup)
    to = found[kind]
    if kind in ("theorem", "source"):
        return Link(found[0], kind, to)
    number = {"first": 1, "last": claims}.get(to) or int(to)
    return Link(found[0], "claim", f"claim {number}") if claims > 1 and 0 < number <= claims else None
