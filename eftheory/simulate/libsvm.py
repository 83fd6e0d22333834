"""Read data in LibSVM's text format."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from eftheory.simulate.problems.problem import Array

MAX_COLUMNS = 100_000
"""Rows are stored in full, so an index far out is taken for an error."""

OPENERS: tuple[tuple[bytes, Callable[..., Iterable[bytes]]], ...] = (
    (b"BZh", bz2.open),
    (b"\x1f\x8b", gzip.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
"""How compressed files begin, and what opens them."""

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


def read_libsvm(path: str | Path) -> tuple[Array, Array]:
    """The rows and labels of a file of UTF-8 text, which may be compressed: bzip2, gzip or xz, whatever its name.

    Raises:
        ValueError: as in ``parse_libsvm``, with the file's name; or it is no text.
        OSError: the file cannot be read.
    """
    path = Path(path)
    with path.open("rb") as file:
        start = file.read(8)
    opener: Callable[..., Iterable[bytes]] = next((opens for magic, opens in OPENERS if start.startswith(magic)), open)
    try:
        with opener(path, "rb") as lines:  # type: ignore[attr-defined]
            return parse_libsvm(_text(lines))
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path.name}: the compressed file is damaged or cut short: {error}") from None
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
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
            column = _column(index, word if colon else "", last, f"line {number}")
            where.append((len(labels) - 1, column - 1))
            values.append(_number(value, f"line {number}: value of index {column}"))
            last = column
    different = sorted(set(labels))
    if len(different) != 2:
        raise ValueError(f"{len(different)} different labels; two are needed")
    rows = np.zeros((len(labels), 1 + max((column for _, column in where), default=0)))
    if where:
        rows[tuple(np.array(where).T)] = values
    return rows, np.where(np.array(labels) == different[1], 1.0, -1.0)


def _column(index: str, word: str, last: int, place: str) -> int:
    """The number of a column, which is larger than the last one.

    Raises:
        ValueError: it is not, or no whole number from 1 to ``MAX_COLUMNS``.
    """
    if not (word and index.isascii() and index.isdigit()):
        raise ValueError(f"{place}: {_shown(word or index)} is not index:value, with a whole number as index")
    digits = index.lstrip("0") or "0"
    if len(digits) > len(str(MAX_COLUMNS)) or int(digits) > MAX_COLUMNS:
        raise ValueError(
            f"{place}: index {_cut(digits)} is too large: rows are stored in full, of {MAX_COLUMNS} entries"
        )
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
