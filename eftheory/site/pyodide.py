"""Python for the reader's browser: fetched by npm when a site is built with it, and never committed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from eftheory.site.page import Asset

PACKAGE = "pyodide@314.0.7"
SHA512 = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
"""Of the package, as npm writes it: what runs in the page is the same for everybody."""
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
FOLDER = "assets/pyodide"
PATIENCE = 600
"""Seconds that npm may take."""


def fetched_pyodide() -> Iterator[Asset]:
    """Its files, from the package of this version.

    Raises:
        ValueError: there is no npm, it fails, or the package is another one.
    """
    with TemporaryDirectory() as folder:
        packed = pack(Path(folder))
        if b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() != SHA512:
            raise ValueError(f"{PACKAGE}: npm fetched another package than the one of this name; ask its registry why")
        with tarfile.open(packed) as archive:
            for name in FILES:
                member = archive.extractfile(f"package/{name}")
                if member is None:
                    raise ValueError(f"{PACKAGE}: {name} is not a file in it")
                yield Asset(f"{FOLDER}/{name}", member.read())


def pack(folder: Path) -> Path:
    """The package, fetched into a folder.

    Raises:
        ValueError: there is no npm, or it fails; the message is its last line.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise ValueError("--with-kernel: there is no npm on the path, which fetches pyodide; install it (Debian: npm)")
    command = [npm, "pack", "--silent", PACKAGE]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise ValueError(f"--with-kernel: npm did not fetch {PACKAGE} in {PATIENCE} seconds; try again") from None
    packed = next(folder.glob("*.tgz"), None)
    if done.returncode or packed is None:
        said = (done.stderr.strip() or "it says nothing").splitlines()[0][:200]
        raise ValueError(f"--with-kernel: npm cannot fetch {PACKAGE}: {said}")
    return packed


def kept_pyodide(out: Path) -> Iterator[Asset]:
    """Its files as they are in a built site; none if it has none."""
    for name in FILES:
        if (out / FOLDER / name).is_file():
            yield Asset(f"{FOLDER}/{name}", (out / FOLDER / name).read_bytes())
