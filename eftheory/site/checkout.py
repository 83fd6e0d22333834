"""Where the texts are that a package does not carry: documents, certificates, results."""

from __future__ import annotations

from pathlib import Path

import eftheory


def checkout() -> Path:
    """The folder with the project's files: the current one, else the one of this package.

    Raises:
        ValueError: neither is a clone of the project.
    """
    for folder in (Path.cwd(), Path(eftheory.__file__).resolve().parents[1]):
        if (folder / "docs" / "trust.md").is_file() and (folder / "CONTRIBUTING.md").is_file():
            return folder
    raise ValueError("the site is built of the files of a clone: call eftheory site in the folder of one")
