"""Read data in LibSVM's text format."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from eftheory.simulate.problems.problem import Array

MAX_COLUMNS = 100_000
"""Rows are stored in full, so an index far out is taken for an error."""

MANY_COLUMNS = 10_000_000
"""Of rows that are kept sparse."""

NEWLINE, END = b"\n", "If it is whole, end its last line."

OPENERS: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"BZh", bz2.open),
    (b"\x1f\x8b", gzip.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
"""How compressed files begin, and what opens them."""

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_NUM = rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_LINE = re.compile(rb"[ \t]*" + _NUM + rb"(?:[ \t]+[0-9]{1,9}:" + _NUM + rb")*[ \t]*")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


def read_libsvm(path: str | Path) -> tuple[Array, Array]:
    """The rows and labels of a file of UTF-8 text, which may be compressed: bzip2, gzip or xz, whatever its name.

    Raises:
        ValueError: as in ``parse_libsvm``, with the file's name; or it is no text.
        OSError: the file cannot be read.
    """
    path = Path(path)
    data = read_all(path)
    try:
        return parse_libsvm(_text(data.split(NEWLINE)))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None


def read_all(path: Path) -> bytes:
    """What is in a file that may be compressed.

    Raises:
        ValueError: the compressed file is damaged.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(8)
    opener: Callable[..., Any] = next((opens for magic, opens in OPENERS if start.startswith(magic)), open)
    try:
        with opener(path, "rb") as whole:
            data: bytes = whole.read()
            return data
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path.name}: the compressed file is damaged or cut short: {error}") from None
    except OSError as error:
        if opener is open or error.errno is not None:
            raise
        raise ValueError(f"{path.name}: the compressed file is damaged: {error}") from None


def _text(lines: Iterable[bytes]) -> Iterator[str]:
    """Lines as text; comments may be in any encoding."""
    for number, line in enumerate(lines, start=1):
        if number == 1:
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise ValueError("line 1: the text is UTF-16: save it as UTF-8")
            line = line.removeprefix(b"\xef\xbb\xbf")
        data = line.partition(b"#")[0]
        if not data.isascii() or b"\0" in data:
            raise ValueError(f"line {number}: {_shown(data.decode('utf-8', 'replace'))} is not ASCII text")
        yield data.decode("ascii")


def parse_libsvm(lines: Iterable[str]) -> tuple[Array, Array]:
    """Rows of shape (N, d) and labels 1 and -1, from lines ``label index:value index:value ...``.

    Indices count from 1 and increase along a line; what is not mentioned is zero; what follows
    a # is a comment. Of two different labels the smaller becomes -1, the larger 1.

    Raises:
        ValueError: a line is malformed, or there are not just two different labels.

    References:
        [ChangLin2011].

    >>> parse_libsvm(["0 1:0.5 3:2", "1 2:1 # comment"])
    (array([[0.5, 0. , 2. ],
           [0. , 1. , 0. ]]), array([-1.,  1.]))
    """
    rows, labels = _parse(lines, MAX_COLUMNS)
    return rows.toarray(), two_labels(labels)


def two_labels(labels: Array) -> Array:
    """1 for the larger of two different labels, -1 for the smaller; ValueError unless there are two.

    >>> two_labels(np.array([2.0, 1.0]))
    array([ 1., -1.])
    """
    different = np.unique(labels)
    if len(different) != 2:
        raise ValueError(f"{len(different)} different labels; two are needed")
    return np.where(labels == different[1], 1.0, -1.0)


def read_sparse(path: str | Path) -> tuple[csr_array, Array]:
    """The rows, kept sparse, and the labels as they are, of a file as in ``read_libsvm``; its last line must end.

    Raises:
        ValueError: as in ``parse_libsvm``, with the file's name; or the last line may have been cut.
        OSError: the file cannot be read.
    """
    path = Path(path)
    data = read_all(path)
    text = re.sub(rb"#[^\n]*", b"", data) if b"#" in data else data
    lines = [line for line in text.replace(b"\r\n", b"\n").split(b"\n") if line and not line.isspace()]
    found = _parse_plain(lines)
    try:
        if found is None:  # slowly, and with the place of what is wrong
            found = _parse(_text(data.split(NEWLINE)), MANY_COLUMNS)
        if not found[1].size:
            raise ValueError("there are no rows")
        if not data.endswith(b"\n") and b"#" not in data[data.rfind(b"\n") + 1 :]:
            raise ValueError(f"line {data.count(NEWLINE) + 1}: the last line has no end: was the file cut short? {END}")
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    return found


def _parse_plain(lines: list[bytes]) -> tuple[csr_array, Array] | None:
    """Rows and labels, fast, of lines that are well formed; None if one is not."""
    if not all(map(_LINE.fullmatch, lines)):
        return None
    counts = np.array([line.count(b":") for line in lines], dtype=np.int64)
    numbers = np.array([*map(float, b" ".join(lines).replace(b":", b" ").split())])
    starts = np.concatenate([[0], np.cumsum(2 * counts + 1)])[:-1]
    rest = np.ones(len(numbers), dtype=bool)
    rest[starts] = False
    indices, values = numbers[rest].reshape(-1, 2).T
    ends = np.concatenate([[0], np.cumsum(counts)])
    rising = np.diff(indices, prepend=0) > 0
    rising[ends[:-1][counts > 0]] = True  # the first of each row follows none
    if not (rising.all() and np.isfinite(numbers).all() and (indices >= 1).all() and (indices <= MANY_COLUMNS).all()):
        return None
    columns = indices.astype(np.int32) - 1
    shape = (len(lines), int(columns.max(initial=0)) + 1)
    return csr_array((np.ascontiguousarray(values), columns, ends), shape=shape), numbers[starts]


def _parse(lines: Iterable[str], most: int) -> tuple[csr_array, Array]:
    """Rows and labels, line by line; ValueError with the place of what is malformed."""
    labels: list[float] = []
    where: list[tuple[int, int]] = []
    values: list[float] = []
    for number, line in enumerate(lines, start=1):
        words = line.split("#", 1)[0].split()
        if not words:
            continue
        labels.append(_number(words[0], f"line {number}: label"))
        last = 0
        for word in words[1:]:
            index, colon, value = word.partition(":")
            column = _column(index, word if colon else "", last, f"line {number}", most)
            where.append((len(labels) - 1, column - 1))
            values.append(_number(value, f"line {number}: value of index {column}"))
            last = column
    shape = (len(labels), 1 + max((column for _, column in where), default=0))
    return csr_array((values, tuple(np.array(where, dtype=int).reshape(-1, 2).T)), shape=shape), np.array(labels)


def _column(index: str, word: str, last: int, place: str, most: int) -> int:
    """The number of a column, which is larger than the last one.

    Raises:
        ValueError: it is not, or no whole number from 1 to ``most``.
    """
    if not (word and index.isascii() and index.isdigit()):
        raise ValueError(f"{place}: {_shown(word or index)} is not index:value, with a whole number as index")
    digits = index.lstrip("0") or "0"
    if len(digits) > len(str(most)) or int(digits) > most:
        why = "rows are stored in full, of" if most == MAX_COLUMNS else "rows have at most"
        raise ValueError(f"{place}: index {_cut(digits)} is too large: {why} {most} entries")
    column = int(digits)
    if column == 0:
        raise ValueError(f"{place}: index 0: indices count from 1")
    if column <= last:
        raise ValueError(f"{place}: index {column} after {last}: indices increase along a line")
    return column


def _number(text: str, what: str) -> float:
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"{what} {_shown(text)} is not finite")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{what} {_shown(text)} is not a number")
    value = float(text)
    if not np.isfinite(value):
        raise ValueError(f"{what} {_shown(text)} is too large for a float")
    return value


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


def _shown(text: str) -> str:
    return repr(_cut(text))
