"""All theorems of a folder: found, put in order, checked."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType

import eftheory
from eftheory.loading import load_module
from eftheory.proofkit.axioms import AXIOMS
from eftheory.proofkit.kernel import check
from eftheory.proofkit.outcome import Outcome
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

    @property
    def told(self) -> Outcome:
        """The outcome, lemmas that are not proved included."""
        return replace(self.outcome, problem=self.problem)


def load(folder: Path) -> dict[str, Theorem]:
    """The theorem of each file; a file defines ``theorem``, with the file's name as its slug.

    Raises:
        ValueError: a file does not.
    """
    return {slug: load_one(folder / f"{slug}.py") for slug in slugs_in(folder)}


def slugs_in(folder: Path) -> list[str]:
    """The names of the files that should hold theorems."""
    return sorted(path.stem for path in folder.glob("[!_]*.py"))


def load_one(path: Path) -> Theorem:
    """The theorem of a file.

    Raises:
        ValueError: it defines none of its name.
    """
    theorem = getattr(load_module(str(path)), "theorem", None)
    if not isinstance(theorem, Theorem) or theorem.slug != path.stem:
        raise ValueError(f"{path.name}: it must define theorem = Theorem({path.stem!r}, ...)")
    return theorem


def load_named(slugs: Iterable[str], folder: Path) -> dict[str, Theorem]:
    """Theorems by name, of the folder or else of this package, with those that they use; no other file is read.

    Raises:
        ValueError: one is not there.
    """
    found: dict[str, Theorem] = {}
    for slug in slugs:
        path = find_proof(slug, folder)
        if path is None:
            raise unknown(slug, [name for place in (folder, *packaged()) for name in slugs_in(place)])
        found[slug] = load_one(path)
    return with_lemmas(found, folder)


def unknown(slug: str, there: Iterable[str]) -> ValueError:
    """The error that says that there is no such theorem, and which names are like it."""
    alike = get_close_matches(slug, dict.fromkeys(there), n=3, cutoff=0.4)
    near = f"near it are {', '.join(alike)}; " if alike else ""
    return ValueError(f"slug={slug!r}: there is no such theorem; {near}eftheory prove --list lists them")


def load_with_lemmas(theorem: Theorem, folder: Path) -> dict[str, Theorem]:
    """The theorem and all it rests on, from its folder or this package; what is not there is left out."""
    return with_lemmas({theorem.slug: theorem}, folder)


def with_lemmas(theorems: Mapping[str, Theorem], folder: Path) -> dict[str, Theorem]:
    """The same of several theorems."""
    found, waiting = dict(theorems), [slug for theorem in theorems.values() for slug in lemmas(theorem)]
    while waiting:
        slug = waiting.pop()
        path = None if slug in found else find_proof(slug, folder)
        if path is not None:
            found[slug] = load_one(path)
            waiting += lemmas(found[slug])
    return found


def find_proof(slug: str, folder: Path) -> Path | None:
    """The file of a theorem, in the folder or else in this package."""
    paths = (place / f"{slug}.py" for place in (folder, *packaged()))
    return next((path for path in paths if path.is_file()), None)


def packaged() -> list[Path]:
    """Where this package's proofs may be: beside it in a checkout, in it once it is installed."""
    package = Path(eftheory.__file__).parent
    return [package.parent / "proofs", package / "proofs"]


def examine(theorem: Theorem) -> Outcome:
    """Check a theorem and what it uses from the folder of its file, or of this package's proofs."""
    file = getattr(module_of(theorem), "__file__", None)
    library = load_with_lemmas(theorem, Path(file).parent if file else proofs_folder())
    return prove(library, [theorem.slug])[theorem.slug].told


def proofs_folder() -> Path:
    """Where the proofs are: ``proofs`` in the current folder, else beside the package, else in it.

    Raises:
        ValueError: in neither.
    """
    for folder in (Path("proofs"), *packaged()):
        if folder.is_dir():
            return folder
    raise ValueError("there is no folder named proofs here, nor beside the package")


def module_of(theorem: Theorem) -> ModuleType | None:
    """The module in which the theorem is called ``theorem``."""
    for name in ("__main__", f"eftheory_loaded_{theorem.slug}"):
        module = sys.modules.get(name)
        if getattr(module, "theorem", None) is theorem:
            return module
    return None


def lemmas(theorem: Theorem) -> list[str]:
    """The slugs of the theorems it uses."""
    return list(dict.fromkeys(step.reason.slug for step in theorem.steps if isinstance(step.reason, Lemma)))


def axioms(theorem: Theorem) -> list[str]:
    """The names of the axioms it uses itself."""
    return list(dict.fromkeys(step.reason.name for step in theorem.steps if isinstance(step.reason, Axiom)))


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
        outcome = check(theorems[slug], theorems, AXIOMS)
        missing = tuple(lemma for lemma in lemmas(theorems[slug]) if lemma not in proved)
        entry = Entry(outcome, time.perf_counter() - start, missing)
        if entry.problem is None:
            proved.add(slug)
        yield entry
