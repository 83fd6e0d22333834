"""Products with random vectors that both sides know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from eftheory.compressors.arrays import Array, like, namespace
from eftheory.compressors.compressor import NUMBER_BITS, Compressor, Exact, Outcome, generator, is_whole
from eftheory.compressors.constant import Constant
from eftheory.compressors.vectors import as_real, check_dimension


@dataclass(frozen=True)
class GaussianSketch(Compressor):
    """C(v) = (1/m) sum_j <a_j, v> a_j over m Gaussian vectors a_j, drawn anew; the m products are sent.

    E <a, v> a = v. By rotation let v = ||v|| e_1: then ||<a, v> a||^2 = ||v||^2 a_1^2 (a_1^2 + ... + a_d^2) has mean
    (3 + d - 1) ||v||^2. A mean of m terms has an m-th of the variance: E ||C(v) - v||^2 = (d + 1)/m ||v||^2 on every
    vector, and omega = (d + 1)/m is exact.

    Args:
        m: how many products are sent, an int >= 1.

    Raises:
        ValueError: m is no such number, or no generator is given.

    References:
        [YueEtAl2023].

    >>> GaussianSketch(20).omega(9)
    Fraction(1, 2)
    """

    m: int

    random = unbiased = additive = True

    def __post_init__(self) -> None:
        if not is_whole(self.m) or self.m < 1:
            raise ValueError(f"m={self.m!r}: the number of products sent is a whole number, at least 1")

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp = namespace(v)
        drawn = generator(rng, "Gaussian sketch").standard_normal((*v.shape[:-1], int(self.m), v.shape[-1]))
        sketch = like(v, drawn)
        products = xp.matmul(sketch, v[..., :, None]) / int(self.m)
        return xp.matmul(xp.matrix_transpose(sketch), products)[..., 0]

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        raise TypeError(f"{self!r} draws from the normal law: its messages have no finite list")

    def variance(self, dimension: int) -> Constant:
        check_dimension(dimension)
        return Constant(Fraction(dimension + 1, int(self.m)), extremal=(1,) * dimension)

    def bits(self, dimension: int) -> int:
        """The products; the vectors come from shared randomness."""
        return NUMBER_BITS * int(self.m)
