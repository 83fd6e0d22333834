"""The same subspace every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from eftheory.compressors.arrays import Array, factor, like, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.norm import square
from eftheory.compressors.vectors import as_real


@dataclass(frozen=True)
class FixedProjection(Compressor):
    """The orthogonal projection onto the span of the given vectors: linear.

    C(v) = 0 where v is orthogonal to all of them, so no alpha > 0 holds unless they span the whole space. Error
    feedback with it equals EF21 iterate by iterate.

    Args:
        rows: vectors of ints or Fractions, of one length, not all zero.

    Raises:
        TypeError: an entry is no int or Fraction.
        ValueError: there is no vector that is not zero, or the lengths differ, or v has another one.

    References:
        [RichtarikSokolovFatkhullin2021], Theorem 1.

    >>> FixedProjection([(1, 1, 0)])(np.array([5.0, 6.0, 7.0]))
    array([5.5, 5.5, 0. ])
    """

    rows: Sequence[Sequence[Fraction]]

    additive = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(map(tuple, self.rows)))
        for entry in (entry for row in self.rows for entry in row):
            if isinstance(entry, bool) or not isinstance(entry, (int, Fraction)):
                raise TypeError(f"rows: {entry!r} is no int or Fraction; the projection is computed exactly")
        if len({len(row) for row in self.rows}) != 1 or not self.basis:
            raise ValueError("rows: give vectors of one length, at least one of them not zero")

    @cached_property
    def basis(self) -> tuple[tuple[Fraction, ...], ...]:
        """Orthogonal vectors with the same span, exact: what the steps of Gram and Schmidt leave."""
        basis: list[tuple[Fraction, ...]] = []
        for row in self.rows:
            rest = [Fraction(entry) for entry in row]
            for vector in basis:
                share = dot(vector, rest) / square(vector)
                rest = [a - share * b for a, b in zip(rest, vector)]
            if any(rest):
                basis.append(tuple(rest))
        return tuple(basis)

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        self._check(v.shape[-1])
        xp = namespace(v)
        basis = like(v, [[factor(v, entry) for entry in row] for row in self.basis])
        dual = like(v, [[factor(v, entry / square(row)) for entry in row] for row in self.basis])
        return xp.matmul(xp.matmul(v, xp.matrix_transpose(dual)), basis)

    def naive(self, v: Exact) -> list[Any]:
        """The projections onto the vectors of the orthogonal basis, added up.

        >>> FixedProjection([(1, 1)]).naive([5, 6])
        [Fraction(11, 2), Fraction(11, 2)]
        """
        self._check(len(v))
        shares = [dot(vector, v) / square(vector) for vector in self.basis]
        return [sum((s * b[j] for s, b in zip(shares, self.basis)), Fraction(0)) for j in range(len(v))]

    def contraction(self, dimension: int) -> Constant | None:
        self._check(dimension)
        return Constant(Fraction(1), extremal=(1,) * dimension) if len(self.basis) == dimension else None

    def bits(self, dimension: int) -> int:
        """The products with the vectors of the basis."""
        self._check(dimension)
        return NUMBER_BITS * len(self.basis)

    def _check(self, dimension: int) -> None:
        if dimension != len(self.rows[0]):
            raise ValueError(f"the projection is of vectors of {len(self.rows[0])} entries, not of {dimension}")


def dot(a: Exact, b: Exact) -> Fraction:
    """<a, b>."""
    return sum((Fraction(x) * y for x, y in zip(a, b)), Fraction(0))
