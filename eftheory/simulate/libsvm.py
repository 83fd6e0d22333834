"""Read data in LibSVM's text format."""

from __future__ import annotations

import bz2
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

import numpy as np

from eftheory.simulate.problems.problem import Array


def read_libsvm(path: str | Path) -> tuple[Array, Array]:
    """The rows and labels of a file, which may be compressed with bzip2 (name ending in .bz2).

    Raises:
        ValueError: as in ``parse_libsvm``, with the file's name.
        OSError: the file cannot be read.
    """
    path = Path(path)
    opener: Callable[..., TextIO] = bz2.open if path.suffix == ".bz2" else open
    try:
        with opener(path, "rt", encoding="ascii") as lines:
            return parse_libsvm(lines)
    except (ValueError, EOFError) as error:
        raise ValueError(f"{path.name}: {error}") from None


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
            if not colon or not (index.isascii() and index.isdigit()):
                raise ValueError(f"line {number}: {word[:40]!r} is not index:value, with a whole number as index")
            column = int(index[:10])
            if not last < column <= MAX_COLUMNS:
                raise ValueError(
                    f"line {number}: index {index[:10]} after {last}; indices increase, 1 to {MAX_COLUMNS}"
                )
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


MAX_COLUMNS = 100_000
"""Rows are stored in full, so an index far out is taken for an error."""


def _number(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{what} {text[:40]!r} is not a number") from None
    if not np.isfinite(value):
        raise ValueError(f"{what} {text[:40]!r} is not finite")
    return value
