"""What this package's own proof files said last, as plain data beside them, as Python keeps compiled modules.

To run a proof file takes longer than to check most proofs. What is kept counts only while not one byte has changed of
what makes it: all proof files of the folder, and the rooms of this package that they are written with. No verdict is
kept: the kernel reads the data as it reads those of a file that was run just now, and checks them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import eftheory
from eftheory.proofkit.contents import library_of, packaged

PACKAGE = Path(eftheory.__file__).parent
WRITTEN_WITH = ("proofkit", "methods", "assumptions", "exact", "algebra", "numbers.py", "loading.py")
"""What proof files import of this package."""


def keep(path: Path, ask: Callable[[Path], bytes]) -> bytes:
    """What a proof file says: kept, if it is one of this package's and nothing has changed, else asked for, and kept.

    Args:
        path: of the file. Those of other people are always asked.
        ask: runs it.
    """
    path = path.resolve()
    library = library_of(path)
    if library not in map(Path.resolve, packaged()):
        return ask(path)
    kept = Path(cache_from_source(path)).with_suffix(".theorem")
    sources = _digest(library)
    with suppress(OSError):
        seal, _, said = kept.read_bytes().partition(b"\n")
        if seal == _seal(sources, said):
            return said
    said = ask(path)
    if not sys.dont_write_bytecode and said.startswith(b'{"theorem"'):
        with suppress(OSError):  # nobody may write there
            kept.parent.mkdir(parents=True, exist_ok=True)
            new = kept.with_suffix(f".{os.getpid()}")
            new.write_bytes(_seal(sources, said) + b"\n" + said)
            new.replace(kept)
    return said


def _seal(sources: bytes, said: bytes) -> bytes:
    return sha256(sources + said).hexdigest().encode()


@cache
def _digest(folder: Path) -> bytes:
    """The digest of all that the proof files of a folder are made of."""
    digest = sha256()
    for place in (folder, *(PACKAGE / name for name in WRITTEN_WITH)):
        for path in sorted(_files(place)) if place.is_dir() else (str(place),):
            with open(path, "rb", buffering=0) as file:
                source = file.read()
            digest.update(f"{path}\0{len(source)}\0".encode() + source)
    return digest.digest()


def _files(folder: Path) -> Iterator[str]:
    """Paths as text, in a third of the time that it takes to make objects of them."""
    for place, _, names in os.walk(folder):
        yield from (os.path.join(place, name) for name in names if name.endswith(".py"))
