"""Which theorems somebody asks for: by name, or by a file that holds a proof or a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from eftheory.pages.fragments import Block
from eftheory.proofkit.catalogue import (
    Entry,
    load_named,
    load_one,
    load_what_loads,
    load_with_lemmas,
    slugs_in,
    with_lemmas,
)
from eftheory.proofkit.contents import library_of, read_contents
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.lesson import tell
from eftheory.proofkit.lessons.script import Script

if TYPE_CHECKING:
    from eftheory.proofkit.certified.from_certificate import Told


@dataclass(frozen=True)
class Selection:
    """Theorems, and what they rest on.

    Attributes:
        theorems: by slug, with all that they use.
        wanted: the slugs asked for, in the order in which they are shown.
        scripts: what is told beside the theorems that have no file of their own.
        problems: why files of theorems do not load.
    """

    theorems: Mapping[str, Theorem]
    wanted: list[str]
    scripts: Mapping[str, Script] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def with_problems(self, checked: Iterable[Entry]) -> Iterator[Entry]:
        """The entries, one by one, those of files that do not load with the reason."""
        for entry in checked:
            problem = self.problems.get(entry.theorem.slug, entry.outcome.problem)
            yield replace(entry, outcome=replace(entry.outcome, problem=problem))

    def lesson(self, entry: Entry) -> list[Block]:
        """What is told of one of them, once it is checked."""
        return tell(entry.told, self.scripts.get(entry.theorem.slug))


def select_all(folder: Path) -> Selection:
    """All theorems of a folder, in reading order; those whose files do not load are not proved."""
    parts = read_contents(folder, slugs_in(folder))
    theorems, problems = load_what_loads(folder)
    wanted = [slug for slugs in parts.values() for slug in slugs]
    return Selection(with_lemmas(theorems, folder), wanted, problems=problems)


def select(names: Sequence[str], folder: Path) -> Selection:
    """Theorems of a folder or of this package by name, of proof files, and of certificate files.

    Raises:
        ValueError: there is no such theorem, or two have one name.
    """
    files = [Path(name) for name in names if name.endswith(".py")]
    certificates = [name for name in names if _is_certificate(name)]
    told = _from_certificates(certificates) if certificates else {}
    slugs = [name for name in names if not name.endswith(".py") and not _is_certificate(name)]
    theorems = load_named(slugs, folder)
    for file in files:
        more = load_with_lemmas(load_one(file), library_of(file))
        for slug in theorems.keys() & more.keys():
            if theorems[slug] != more[slug]:
                raise ValueError(f"{slug}: two files of this name hold different theorems; name one of them at a time")
        theorems |= more
    if twice := told.keys() & theorems.keys():
        raise ValueError(f"{min(twice)}: a theorem and a certificate file have this name; rename the file")
    theorems |= {slug: each.theorem for slug, each in told.items()}
    wanted = list(dict.fromkeys([*slugs, *(file.stem for file in files), *told]))
    return Selection(theorems, wanted, {slug: each.script for slug, each in told.items()})


def _is_certificate(name: str) -> bool:
    """Whether it is one, not the name of a theorem or its file."""
    return name.endswith(".json") or (not name.endswith(".py") and Path(name).is_file())


def _from_certificates(files: list[str]) -> dict[str, Told]:
    """The theorems of certificate files, by name."""
    from eftheory.proofkit.certified.from_certificate import read_theorem

    found: dict[str, Told] = {}
    for file in dict.fromkeys(files):
        told = read_theorem(Path(file))
        if told.theorem.slug in found:
            raise ValueError(f"{file}: another file makes a theorem of the name {told.theorem.slug}; rename one")
        found[told.theorem.slug] = told
    return found
