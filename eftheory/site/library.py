"""The proofs, read and checked once for all pages that speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from eftheory.proofkit.catalogue import Entry, proofs_folder, prove_each
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.models.vouch import vouch
from eftheory.proofkit.selection import Selection, select_all


@dataclass(frozen=True)
class Library:
    """All theorems.

    Attributes:
        selection: the theorems, and what is told of each.
        entries: what the kernel says of them, by slug.
        parts: the slugs of each part, in reading order.
    """

    selection: Selection
    entries: Mapping[str, Entry]
    parts: Mapping[str, list[str]]

    def title(self, slug: str) -> str:
        """The title of a theorem, in words that ``sentence`` of ``eftheory.pages.html`` writes."""
        return self.entries[slug].theorem.title


@cache
def library() -> Library:
    """The theorems of the folder of proofs, checked in this process."""
    asked = select_all(proofs_folder())
    entries = {entry.theorem.slug: entry for entry in vouch(prove_each(asked.theorems, asked.wanted), asked.wanted)}
    return Library(asked, entries, read_contents(proofs_folder(), entries))
