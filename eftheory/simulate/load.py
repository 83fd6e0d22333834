"""Data by path or name: LibSVM, CSV and npz files, and the sets that scikit-learn bundles."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import issparse

from eftheory.simulate.arithmetic import Array
from eftheory.simulate.files import read_arrays
from eftheory.simulate.libsvm import read_all, read_sparse
from eftheory.simulate.runs import nearest

BUNDLED = ("breast_cancer", "diabetes", "digits", "iris", "wine")
"""Sets of scikit-learn that need no network."""

_NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")


@dataclass(frozen=True, eq=False)
class Dataset:
    """Rows and targets.

    Attributes:
        name: of the file or set.
        rows: shape (N, d), an array or sparse.
        targets: as they are in the file, shape (N,).
    """

    name: str
    rows: Any
    targets: Array

    @property
    def digest(self) -> str:
        """SHA-256 of the numbers."""
        parts = [self.rows.data, self.rows.indices, self.rows.indptr] if issparse(self.rows) else [self.rows]
        told = sha256(repr(self.rows.shape).encode())
        for part in (*parts, self.targets):
            told.update(np.ascontiguousarray(part, dtype=float).tobytes())
        return told.hexdigest()


def load_data(place: str) -> Dataset:
    """The data at a path, or the bundled set of a name.

    A file that ends in .npz has arrays X and y; one in .csv (or .csv.gz, .bz2, .xz) the target in its last column, and
    perhaps a line of names; any other is read as LibSVM's format.

    Raises:
        ValueError: something is malformed; the message names file and line.
        OSError: the file cannot be read.
        ImportError: a bundled set is asked for, and scikit-learn is not installed.
    """
    path = Path(place)
    if place in BUNDLED and not path.exists():
        return _bundled(place)
    if not path.exists() and not path.suffix and "/" not in place:
        raise ValueError(f"data={place[:60]!r}: there is no such file, and no bundled set; {nearest(place, BUNDLED)}")
    kinds = {".npz": _read_npz, ".csv": _read_csv}
    suffix = next((end for end in reversed(path.suffixes) if end.lower() not in (".gz", ".bz2", ".xz")), "").lower()
    read: Callable[[Path], tuple[Any, Array]] = kinds.get(suffix, read_sparse)
    rows, targets = read(path)
    return Dataset(path.name, rows, targets)


def _bundled(name: str) -> Dataset:
    from sklearn import datasets

    rows, targets = getattr(datasets, f"load_{name}")(return_X_y=True)
    return Dataset(name, np.asarray(rows, dtype=float), np.asarray(targets, dtype=float))


def _read_npz(path: Path) -> tuple[Array, Array]:
    arrays = read_arrays(path)
    if not {"X", "y"} <= arrays.keys():
        raise ValueError(f"{path.name}: expected arrays X and y; it has {', '.join(arrays) or 'none'}")
    X, y = arrays["X"], arrays["y"]
    if X.ndim != 2 or y.shape != X.shape[:1] or not len(y):
        raise ValueError(f"{path.name}: X of shape {X.shape} and y of shape {y.shape}: expected (N, d) and (N,)")
    if X.dtype.kind not in "biuf" or y.dtype.kind not in "biuf":
        raise ValueError(f"{path.name}: X and y must hold real numbers, not {X.dtype} and {y.dtype}")
    for name, array in (("X", X), ("y", y)):
        bad = np.argwhere(~np.isfinite(array))
        if len(bad):
            raise ValueError(f"{path.name}: {name}{bad[0].tolist()} is {array[tuple(bad[0])]}: not finite")
    return X.astype(float), y.astype(float)


def _read_csv(path: Path) -> tuple[Array, Array]:
    data = read_all(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name}: line {1 + data[: error.start].count(NEWLINE)}: not UTF-8 text") from None
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=max(",;\t", key=first.count))
    rows: list[list[float]] = []
    width = 0
    for words in reader:
        place = f"{path.name}: line {reader.line_num}"
        if not words or words[0].startswith("#"):
            continue
        if not width:
            width = len(words)
            if width < 2:
                raise ValueError(f"{place}: one column only: expected features, and the target last")
            if not any(_NUMBER.fullmatch(word) for word in words):
                continue  # names
        if len(words) != width:
            raise ValueError(f"{place}: {len(words)} columns, and {width} before: a line may have been cut")
        for column, word in enumerate(words, 1):
            if not _NUMBER.fullmatch(word) or not np.isfinite(float(word)):
                raise ValueError(f"{place}: column {column}: {word[:40]!r} is not a finite number")
        rows.append([float(word) for word in words])
    if not rows:
        raise ValueError(f"{path.name}: there are no rows")
    whole = np.array(rows)
    return whole[:, :-1], whole[:, -1]


NEWLINE = b"\n"
