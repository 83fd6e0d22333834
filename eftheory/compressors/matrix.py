"""Compressors that read a vector as a matrix, row after row, and send one of low rank."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, is_whole
from eftheory.compressors.constant import Constant


@dataclass(frozen=True)
class MatrixCompressor(Compressor):
    """What reduces matrices of m = min(rows, columns) singular values to a rank, with alpha = rank/m.

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
            if not is_whole(value) or value < 1:
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

    def matrix(self, v: Array) -> Array:
        """The vectors along the last axis as matrices."""
        return namespace(v).reshape(v, (*v.shape[:-1], self.rows, self.columns(v.shape[-1])))

    def contraction(self, dimension: int) -> Constant:
        """rank/m, attained by the matrix with ones on the diagonal: all its singular values are equal."""
        columns = self.columns(dimension)
        identity = tuple(int(j // columns == j % columns) for j in range(dimension))
        return Constant(Fraction(self.rank, min(self.rows, columns)), extremal=identity)

    def bits(self, dimension: int) -> int:
        """The two factors, or the matrix if that is less."""
        return NUMBER_BITS * min(dimension, self.rank * (self.rows + self.columns(dimension)))
