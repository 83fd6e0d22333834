"""All theorems of a folder: found, put in order, checked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eftheory.loading import load_module
from eftheory.proofkit.axioms import AXIOMS
from eftheory.proofkit.kernel import Outcome, check
from eftheory.proofkit.reason import Axiom, Lemma
from eftheory.proofkit.theorem import Theorem


@dataclass(frozen=True)
class Entry:
    """A theorem of the catalogue, checked.

    Attributes:
        outcome: of the kernel.
        seconds: it took.
        missing: lemmas it uses that are not proved.
    """

    outcome: Outcome
    seconds: float
    missing: tuple[str, ...] = ()

    @property
    def theorem(self) -> Theorem:
        """What was checked."""
        return self.outcome.theorem

    @property
    def problem(self) -> str | None:
        """Why it is not proved, or None."""
        if self.outcome.problem is None and self.missing:
            return f"uses {', '.join(self.missing)}, not proved"
        return self.outcome.problem

    @property
    def status(self) -> str:
        """PROVED or UNPROVED."""
        return "PROVED" if self.problem is None else "UNPROVED"


def load(folder: Path) -> dict[str, Theorem]:
    """The theorem of each file; a file defines ``theorem``, with the file's name as its slug.

    Raises:
        ValueError: a file does not.
    """
    found: dict[str, Theorem] = {}
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith("_"):
            continue
        theorem = getattr(load_module(str(path)), "theorem", None)
        if not isinstance(theorem, Theorem) or theorem.slug != path.stem:
            raise ValueError(f"{path.name}: it must define theorem = Theorem({path.stem!r}, ...)")
        found[path.stem] = theorem
    return found


def lemmas(theorem: Theorem) -> list[str]:
    """The slugs of the theorems it uses."""
    return list(dict.fromkeys(step.reason.slug for step in theorem.steps if isinstance(step.reason, Lemma)))


def axioms(theorem: Theorem) -> list[str]:
    """The names of the axioms it uses itself."""
    return list(dict.fromkeys(step.reason.name for step in theorem.steps if isinstance(step.reason, Axiom)))


def in_order(theorems: Mapping[str, Theorem]) -> list[str]:
    """The slugs, each after those it uses.

    Raises:
        ValueError: they use each other in a circle.
    """
    order: list[str] = []
    open_: list[str] = []

    def visit(slug: str) -> None:
        if slug in open_:
            raise ValueError(f"a circle: {' -> '.join([*open_[open_.index(slug) :], slug])}")
        if slug in order or slug not in theorems:
            return
        open_.append(slug)
        for lemma in lemmas(theorems[slug]):
            visit(lemma)
        open_.pop()
        order.append(slug)

    for slug in theorems:
        visit(slug)
    return order


def prove(theorems: Mapping[str, Theorem], wanted: list[str] | None = None) -> dict[str, Entry]:
    """Check the wanted theorems and all they use; a theorem with a lemma that is not proved is not proved.

    Raises:
        ValueError: they use each other in a circle, or one is unknown.
    """
    for slug in wanted or ():
        if slug not in theorems:
            raise ValueError(f"slug={slug!r}: there is no such theorem; there are: {', '.join(theorems)}")
    needed = set(theorems if wanted is None else wanted)
    for slug in reversed(in_order(theorems)):
        if slug in needed:
            needed |= set(lemmas(theorems[slug]))
    entries: dict[str, Entry] = {}
    for slug in in_order(theorems):
        if slug in needed:
            start = time.perf_counter()
            outcome = check(theorems[slug], theorems, AXIOMS)
            missing = [
                lemma for lemma in lemmas(theorems[slug]) if lemma not in entries or entries[lemma].problem is not None
            ]
            entries[slug] = Entry(outcome, time.perf_counter() - start, tuple(missing))
    return entries
