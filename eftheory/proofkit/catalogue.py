"""The theorems of a folder: found, and loaded with all that they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from eftheory.loading import LoadingError
from eftheory.proofkit.contents import files_in, library_of
from eftheory.proofkit.contents import packaged as packaged
from eftheory.proofkit.kernel.outcome import Outcome
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.kernel.verdict import Entry as Entry
from eftheory.proofkit.kernel.verdict import in_order as in_order
from eftheory.proofkit.kernel.verdict import lemmas as lemmas
from eftheory.proofkit.kernel.verdict import prove as prove
from eftheory.proofkit.kernel.verdict import prove_each as prove_each
from eftheory.proofkit.kernel.verdict import unknown as unknown
from eftheory.proofkit.lessons.script import module_of
from eftheory.proofkit.loader import load_one as load_one


def load(folder: Path) -> dict[str, Theorem]:
    """The theorem of each file; a file defines ``theorem``, with the file's name as its slug.

    Raises:
        ValueError: a file does not.
    """
    return _on_a_shelf({slug: load_one(path) for slug, path in files_in(folder).items()})


def load_what_loads(folder: Path) -> tuple[dict[str, Theorem], dict[str, str]]:
    """The same, and why some files do not load; in the place of each is a theorem that claims and proves nothing."""
    found: dict[str, Theorem] = {}
    problems: dict[str, str] = {}
    for slug, path in files_in(folder).items():
        try:
            found[slug] = load_one(path)
        except (LoadingError, ValueError) as error:
            found[slug], problems[slug] = Theorem(slug, slug), f"does not load: {' '.join(str(error).split())}"
    return _on_a_shelf(found), problems


def slugs_in(folder: Path) -> list[str]:
    """The names of the files that should hold theorems."""
    return list(files_in(folder))


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


def load_with_lemmas(theorem: Theorem, folder: Path) -> dict[str, Theorem]:
    """The theorem and all it rests on, from its folder or this package; what is not there is left out."""
    return with_lemmas({theorem.slug: theorem}, folder)


def with_lemmas(theorems: Mapping[str, Theorem], folder: Path) -> dict[str, Theorem]:
    """Several theorems and all that they rest on; what is not there is left out."""
    found, waiting = dict(theorems), [slug for theorem in theorems.values() for slug in lemmas(theorem)]
    while waiting:
        slug = waiting.pop()
        path = None if slug in found else find_proof(slug, folder)
        if path is not None:
            found[slug] = load_one(path)
            waiting += lemmas(found[slug])
    return _on_a_shelf(found)


def _on_a_shelf(theorems: dict[str, Theorem]) -> dict[str, Theorem]:
    """Let each theorem find the others."""
    for theorem in theorems.values():
        theorem.shelf = theorems
    return theorems


def find_proof(slug: str, folder: Path) -> Path | None:
    """The file of a theorem, in the folder or else in this package; a name that leads elsewhere names none."""
    return next((found[slug] for place in (folder, *packaged()) if slug in (found := files_in(place))), None)


def examine(theorem: Theorem) -> Outcome:
    """Check a theorem and what it uses from the folder of its file, or of this package's proofs."""
    file = getattr(module_of(theorem), "__file__", None)
    library = load_with_lemmas(theorem, library_of(Path(file)) if file else proofs_folder())
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
