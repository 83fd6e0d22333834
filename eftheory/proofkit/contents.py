"""The parts and the order in which theorems are read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

REST = "More"


def read_contents(folder: Path, slugs: Iterable[str]) -> dict[str, list[str]]:
    """The theorems of each part, in reading order, as ``contents.json`` of the folder lists them; others follow.

    Args:
        folder: of proofs.
        slugs: the theorems that are asked for.

    Raises:
        ValueError: the file does not map titles to lists of names, or lists one twice.
    """
    wanted = list(slugs)
    path = folder / "contents.json"
    listed = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    names = [name for part in listed.values() for name in part] if isinstance(listed, dict) else [None]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise ValueError(f"{path}: it must map the titles of parts to lists of theorems, each listed once")
    parts = {title: [slug for slug in part if slug in wanted] for title, part in listed.items()}
    parts[REST] = [slug for slug in wanted if slug not in names]
    return {title: part for title, part in parts.items() if part}
