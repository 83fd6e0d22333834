"""Write the book: ``python -m eftheory.course FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from eftheory.course.book import overfull, typeset, write_book
from eftheory.course.lesson import find_lessons
from eftheory.proofkit.catalogue import proofs_folder, prove_each
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.models.vouch import vouch
from eftheory.proofkit.selection import select_all


def main(folder: str = "book-output") -> None:
    """Check all proofs, run all lessons, write the book, and set it if there is LaTeX."""
    if folder.startswith("-"):
        sys.exit(f"{folder[:40]!r}: name the folder to write to, as in python -m eftheory.course book-output")
    asked = select_all(proofs_folder())
    entries = {}
    for entry in vouch(prove_each(asked.theorems, asked.wanted), asked.wanted):
        entries[entry.theorem.slug] = entry
        _show(f"proofs: {len(entries)} of {len(asked.theorems)}")
    parts = read_contents(proofs_folder(), asked.wanted)
    path = write_book(Path(folder), [*find_lessons().values()], parts, lambda slug: asked.lesson(entries[slug]), _show)
    _show("LaTeX, three times")
    try:
        pdf, said = typeset(path)
    except ValueError as error:
        sys.exit(str(error))
    print(f"{pdf}: {len(overfull(said))} lines are too wide, by {max(overfull(said), default=0):.1f} pt at most")


def _show(what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{what:<72.72}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
