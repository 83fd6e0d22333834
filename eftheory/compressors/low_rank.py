"""The best approximation of low rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.compressor import Exact, IrrationalError
from eftheory.compressors.deferred import np
from eftheory.compressors.matrix import MatrixCompressor
from eftheory.compressors.vectors import as_real


@dataclass(frozen=True)
class LowRank(MatrixCompressor):
    """The nearest matrix of the given rank, the vector being read as a matrix row by row: a truncated SVD.

    ||C(v) - v||^2 is the sum of the squares of all but the ``rank`` largest singular values, of which there are
    m = min(rows, columns), and ||v||^2 that of all: alpha = rank/m is exact, for they may be equal.

    Args:
        rank: an int >= 1.
        rows: of the matrix, an int >= rank.

    Raises:
        ValueError: one is no such number, or the vector does not fill a matrix with so many rows.

    References:
        [SafaryanEtAl2022].

    >>> LowRank(1, rows=2)(np.array([3.0, 0.0, 0.0, 2.0])).round(12).tolist()
    [3.0, 0.0, 0.0, 0.0]
    """

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp = namespace(v)
        left, values, right = xp.linalg.svd(self.matrix(v), full_matrices=False)
        scaled = left[..., :, : self.rank] * values[..., None, : self.rank]
        return xp.reshape(xp.matmul(scaled, right[..., : self.rank, :]), tuple(v.shape))

    def naive(self, v: Exact) -> list[Any]:
        """The ``rank`` largest entries, where no row and no column has two that are not zero.

        They are the singular values. Those of other matrices are in general irrational.

        >>> LowRank(1, rows=2).naive([3, 0, 0, 2])
        [3, 0, 0, 0]
        """
        columns = self.columns(len(v))
        places = [j for j, entry in enumerate(v) if entry]
        if len({j // columns for j in places}) < len(places) or len({j % columns for j in places}) < len(places):
            raise IrrationalError(
                "two entries share a row or a column: singular vectors are then in general irrational"
            )
        kept = sorted(places, key=lambda j: (-abs(v[j]), j))[: self.rank]
        return [entry if j in kept else 0 for j, entry in enumerate(v)]
