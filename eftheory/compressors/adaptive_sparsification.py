"""One entry, drawn by its size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eftheory.compressors.arrays import Array, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, generator
from eftheory.compressors.constant import Constant
from eftheory.compressors.deferred import np
from eftheory.compressors.sampling import draw_position, positions
from eftheory.compressors.vectors import as_vectors, check_dimension


@dataclass(frozen=True)
class AdaptiveSparsification(Compressor):
    """Keep one entry, drawn with probability |v_i| / ||v||_1.

    E ||C(v) - v||^2 = ||v||^2 - sum |v_i|^3 / ||v||_1, and by Chebyshev's sum inequality d sum |v_i|^3 >=
    ||v||_1 ||v||^2, with equality where all entries are equal in absolute value: alpha = 1/d is exact.

    Raises:
        ValueError: no generator is given.

    References:
        [BeznosikovEtAl2020], Section 2.

    >>> AdaptiveSparsification()(np.array([0.0, -7.0]), np.random.default_rng(0))
    array([ 0., -7.])
    """

    random = True

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_vectors(v)
        xp = namespace(v)
        drawn, largest, _ = draw_position(v, generator(rng, "Adaptive sparsification"))
        return xp.where(drawn, v, xp.where(largest > 0, xp.zeros_like(v), largest))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        if not any(v):
            yield Fraction(1), list(v)
        for probability, j in positions(v):
            yield probability, [entry if i == j else 0 for i, entry in enumerate(v)]

    def contraction(self, dimension: int) -> Constant:
        check_dimension(dimension)
        return Constant(Fraction(1, dimension), extremal=(1,) * dimension)

    def bits(self, dimension: int) -> int:
        """The number and its position."""
        return NUMBER_BITS + (dimension - 1).bit_length()
