"""Which theorems are proved: each after those that it uses, and none in a circle."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from eftheory.proofkit.kernel import check
from eftheory.proofkit.kernel.outcome import NO_EXAMPLE, PROVED, UNPROVED, Outcome
from eftheory.proofkit.kernel.reason import Lemma
from eftheory.proofkit.kernel.theorem import Theorem


@dataclass(frozen=True)
class Entry:
    """A theorem of the catalogue, checked.

    Attributes:
        outcome: of the kernel.
        seconds: it took.
        missing: lemmas it uses that are not proved.
        lacking: why nothing vouches for it, if no example was found; see ``models.vouch``.
        explained: why there is none, in the words of the file, which nothing checks.
    """

    outcome: Outcome
    seconds: float
    missing: tuple[str, ...] = ()
    lacking: str = ""
    explained: str = ""

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
        """PROVED, UNPROVED, or NO EXAMPLE: the proof is right, but its hypotheses may contradict each other."""
        return UNPROVED if self.problem is not None else NO_EXAMPLE if self.lacking else PROVED

    @property
    def told(self) -> Outcome:
        """The outcome, lemmas that are not proved included."""
        return replace(self.outcome, problem=self.problem)


def unknown(slug: str, there: Iterable[str]) -> ValueError:
    """The error that says that there is no such theorem, and which names are like it."""
    alike = get_close_matches(slug, dict.fromkeys(there), n=3, cutoff=0.4)
    near = f"near it are {', '.join(alike)}; " if alike else ""
    return ValueError(f"slug={slug!r}: there is no such theorem; {near}eftheory prove --list lists them")


def lemmas(theorem: Theorem) -> list[str]:
    """The slugs of the theorems it uses."""
    return list(dict.fromkeys(step.reason.slug for step in theorem.steps if isinstance(step.reason, Lemma)))


def in_order(theorems: Mapping[str, Theorem], wanted: Iterable[str] | None = None) -> list[str]:
    """The slugs, or those that are wanted, each after those it uses.

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

    for slug in theorems if wanted is None else wanted:
        visit(slug)
    return order


def prove(theorems: Mapping[str, Theorem], wanted: list[str] | None = None) -> dict[str, Entry]:
    """Check the wanted theorems and all they use; a theorem with a lemma that is not proved is not proved.

    Raises:
        ValueError: they use each other in a circle, or one is unknown.
    """
    return {entry.theorem.slug: entry for entry in prove_each(theorems, wanted)}


def prove_each(theorems: Mapping[str, Theorem], wanted: list[str] | None = None) -> Iterator[Entry]:
    """The same, one by one as each is checked: in the order in which they are wanted, each after those it uses.

    Raises:
        ValueError: they use each other in a circle, or one is unknown.
    """
    for slug in wanted or ():
        if slug not in theorems:
            raise unknown(slug, theorems)
    proved: set[str] = set()
    for slug in in_order(theorems, wanted):
        start = time.perf_counter()
        outcome = check(theorems[slug], theorems)
        missing = tuple(lemma for lemma in lemmas(theorems[slug]) if lemma not in proved)
        entry = Entry(outcome, time.perf_counter() - start, missing)
        if entry.problem is None:
            proved.add(slug)
        yield entry
