"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

import numpy as np


def write_whole(path: Path, write: Callable[[IO[bytes]], Any]) -> None:
    """Write a file beside the path, and put it there when all of it is on the disk: a killed program leaves the old.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(file.name, 0o666 & ~_mask())
        os.replace(file.name, path)
    except BaseException as error:
        if "file" in locals():
            Path(file.name).unlink(missing_ok=True)
        if isinstance(error, OSError) and (error.filename is None or error.filename != str(path)):
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays as one npz file, whole or not at all; OSError as ``write_whole``."""
    whole: dict[str, Any] = {name: np.asarray(array) for name, array in arrays.items()}
    write_whole(path, lambda file: np.savez_compressed(file, **whole))


def read_arrays(path: Path) -> dict[str, Any]:
    """The arrays of an npz file; nothing in it is run.

    Raises:
        ValueError: it is not such a file.
        OSError: it cannot be read.
    """
    from zipfile import BadZipFile

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}
    except (BadZipFile, ValueError, EOFError, KeyError, AttributeError) as error:
        raise ValueError(f"{path.name}: not an npz file, or a damaged one: {error}") from error


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
