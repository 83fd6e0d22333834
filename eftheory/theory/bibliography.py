"""The papers that docstrings, methods and proofs cite, as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from eftheory import __version__

EFTHEORY = f"""@software{{eftheory2026,
  author  = {{{{The eftheory founders}}}},
  title   = {{eftheory: Exact Certificates for the Convergence Rates of Error-Feedback Methods}},
  version = {{{__version__}}},
  year    = {{2026}},
  license = {{MIT}},
}}"""
"""How to cite this program; CITATION.cff says the same."""
_FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*?)\},?$", re.MULTILINE)


def bibliography() -> dict[str, str]:
    """All entries by their key, this program's own first."""
    text = files("eftheory").joinpath("references.bib").read_text(encoding="utf-8")
    return {_key(item): item for item in (EFTHEORY, *_entries(text))}


def fields_of(item: str) -> dict[str, str]:
    """What a BibTeX entry says, by field, as it is written.

    >>> fields_of(EFTHEORY)["year"]
    '2026'
    """
    return {found[1].lower(): found[2] for found in _FIELD.finditer(item)}


def _entries(text: str) -> Iterator[str]:
    """The entries of a BibTeX file: from an @ at the start of a line to the brace that closes it."""
    start = depth = 0
    for position, character in enumerate(text):
        if depth == 0 and character == "@" and text[position - 1 : position] in ("", "\n"):
            start = position
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield text[start : position + 1]


def _key(item: str) -> str:
    return item[item.index("{") + 1 : item.index(",")].strip()
