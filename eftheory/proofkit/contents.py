"""The parts and the order in which theorems are read, and the files in which they lie."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

import eftheory

FILE = "contents.json"
REST = "More"
BESIDE = ("course", "exercises")
"""Folders beside the parts, which hold lessons and exercises, not theorems."""


def files_in(folder: Path) -> dict[str, Path]:
    """The files that should hold theorems, by name; where there is a ``contents.json``, also those of its folders.

    Raises:
        ValueError: two have one name.
    """
    inside = folder.glob("[!_.]*/[!_]*.py") if (folder / FILE).is_file() else ()
    parts = (path for path in inside if path.parent.name not in BESIDE)
    found: dict[str, Path] = {}
    for path in (*folder.glob("[!_]*.py"), *parts):
        if (other := found.setdefault(path.stem, path)) != path:
            raise ValueError(f"{path} and {other}: two theorems have one name; rename a file and its theorem")
    return dict(sorted(found.items()))


def packaged() -> list[Path]:
    """Where this package's proofs may be: beside it in a checkout, in it once it is installed."""
    package = Path(eftheory.__file__).parent
    return [package.parent / "proofs", package / "proofs"]


def packaged_files() -> dict[str, Path]:
    """The files of this package's theorems, by name."""
    return {slug: path for folder in reversed(packaged()) for slug, path in files_in(folder).items()}


def library_of(file: Path) -> Path:
    """The folder in which lemmas and the example of a proof file are looked for.

    It is that of the file, or the one above if the contents are there.
    """
    folder = Path(os.path.abspath(file)).parent
    return next((each for each in (folder, folder.parent) if (each / FILE).is_file()), folder)


def folder_of(title: str) -> str:
    """The name of the folder of a part.

    >>> folder_of("Tight theory, equal agents")
    'tight_theory_equal_agents'
    """
    return "_".join(re.findall("[a-z0-9]+", title.lower()))


def read_contents(folder: Path, slugs: Iterable[str]) -> dict[str, list[str]]:
    """The theorems of each part, in reading order, as ``contents.json`` of the folder lists them; others follow.

    Args:
        folder: of proofs.
        slugs: the theorems that are asked for.

    Raises:
        ValueError: the file does not map titles to lists of names, or lists one twice.
    """
    wanted = list(slugs)
    path = folder / FILE
    listed = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    names = [name for part in listed.values() for name in part] if isinstance(listed, dict) else [None]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise ValueError(f"{path}: it must map the titles of parts to lists of theorems, each listed once")
    parts = {title: [slug for slug in part if slug in wanted] for title, part in listed.items()}
    parts[REST] = [slug for slug in wanted if slug not in names]
    return {title: part for title, part in parts.items() if part}
