"""One entry, drawn by its size and scaled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.sampling import draw_position, positions
from eftheory.compressors.vectors import as_real, check_dimension


@dataclass(frozen=True)
class L1Sampling(Compressor):
    """Send ||v||_1 sign(v_i) at one position i, drawn with probability |v_i| / ||v||_1.

    C is unbiased, and E ||C(v) - v||^2 = ||v||_1^2 - ||v||^2 <= (d - 1) ||v||^2, with equality where
    all entries are equal in absolute value: omega = d - 1 is exact.

    Raises:
        ValueError: no generator is given.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> L1Sampling()(np.array([0.0, -7.0]), np.random.default_rng(0))
    array([ 0., -7.])
    """

    random = unbiased = True

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp = namespace(v)
        drawn, largest, share = draw_position(v, generator(rng, "L1 sampling"))
        total = largest * share
        return xp.where(drawn, xp.where(v < 0, -total, total), xp.where(largest > 0, xp.zeros_like(v), largest))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        if not any(v):
            yield Fraction(1), list(v)
        total = sum((Fraction(abs(entry)) for entry in v), Fraction(0))
        for probability, j in positions(v):
            yield probability, [(total if v[j] > 0 else -total) if i == j else 0 for i in range(len(v))]

    def variance(self, dimension: int) -> Constant:
        check_dimension(dimension)
        return Constant(Fraction(dimension - 1), extremal=(1,) * dimension)

    def bits(self, dimension: int) -> int:
        """The norm, the sign and the position."""
        return NUMBER_BITS + 1 + (dimension - 1).bit_length()
