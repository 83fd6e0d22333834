"""Vectors read as matrices, row after row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class MatrixShape:
    """A number of rows, and of the rank to which matrices with so many are reduced.

    Args:
        rank: an int >= 1.
        rows: an int >= rank.

    Raises:
        ValueError: one is no such number.
    """

    rank: int
    rows: int

    def __post_init__(self) -> None:
        for name in ("rank", "rows"):
            value = getattr(self, name)
            if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < 1:
                raise ValueError(f"{name}={value!r}: expected a whole number, at least 1")
            object.__setattr__(self, name, int(value))
        if self.rank > self.rows:
            raise ValueError(f"rank={self.rank}: a matrix with rows={self.rows} has no greater rank; use rank <= rows")

    def columns(self, dimension: int) -> int:
        """How many columns a vector of this dimension fills.

        Raises:
            ValueError: it does not fill the rows, or fewer columns than the rank.
        """
        if dimension < 1 or dimension % self.rows:
            raise ValueError(
                f"rows={self.rows}: a vector of {dimension} entries does not fill that many rows; pass a multiple"
            )
        if self.rank * self.rows > dimension:
            raise ValueError(f"rank={self.rank}: a matrix of {dimension // self.rows} columns has no such rank")
        return dimension // self.rows

    def identity(self, dimension: int) -> tuple[int, ...]:
        """The matrix with ones on the diagonal, as a vector: all its singular values are equal."""
        columns = self.columns(dimension)
        return tuple(int(j // columns == j % columns) for j in range(dimension))
