"""Regularisers: what is added to each f_i, a sum over the entries of x."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np

from eftheory.assumptions.validation import exact, require
from eftheory.simulate.arithmetic import Array


class Regulariser(Protocol):
    """A sum of one function of each entry, with curvature between ``least`` and ``greatest``."""

    @property
    def greatest(self) -> Fraction:
        """Its greatest curvature."""

    @property
    def least(self) -> Fraction:
        """Its least curvature."""

    def gradient(self, x: Array) -> Array:
        """Entry by entry."""

    def value(self, x: Array) -> Array:
        """The sum along the last axis."""

    def bend(self, x: Array) -> Array:
        """The second derivatives, entry by entry."""


@dataclass(frozen=True)
class _Weighted:
    weight: Fraction

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", exact("regulariser", self.weight))
        require(self.weight >= 0, f"regulariser={self.weight}: the weight is at least 0")


class L2(_Weighted):
    """weight/2 ||x||^2.

    >>> L2(Fraction(1, 10)).least
    Fraction(1, 10)
    """

    @property
    def greatest(self) -> Fraction:
        """The weight."""
        return self.weight

    @property
    def least(self) -> Fraction:
        """The weight."""
        return self.weight

    def gradient(self, x: Array) -> Array:
        """Weight x."""
        return float(self.weight) * x

    def value(self, x: Array) -> Array:
        """weight/2 ||x||^2."""
        value: Array = float(self.weight) / 2 * (x * x).sum(axis=-1)
        return value

    def bend(self, x: Array) -> Array:
        """The weight."""
        return np.full_like(x, float(self.weight))


class Nonconvex(_Weighted):
    """weight sum_j x_j^2 / (1 + x_j^2): the second derivative 2 (1 - 3 t^2) / (1 + t^2)^3 lies in [-1/2, 2].

    References:
        [RichtarikSokolovFatkhullin2021], Section 5.

    >>> float(Nonconvex(Fraction(1, 10)).value(np.array([1.0, 0.0])))
    0.05
    """

    @property
    def greatest(self) -> Fraction:
        """2 weight, at 0."""
        return 2 * self.weight

    @property
    def least(self) -> Fraction:
        """-weight/2, at 1 and -1."""
        return -self.weight / 2

    def gradient(self, x: Array) -> Array:
        """2 weight x_j / (1 + x_j^2)^2."""
        gradient: Array = 2 * float(self.weight) * x / (1 + x * x) ** 2
        return gradient

    def value(self, x: Array) -> Array:
        """Weight sum_j x_j^2 / (1 + x_j^2); 1 - 1/(1 + x_j^2), so that nothing overflows."""
        value: Array = float(self.weight) * (1 - 1 / (1 + x * x)).sum(axis=-1)
        return value

    def bend(self, x: Array) -> Array:
        """2 weight (1 - 3 x_j^2) / (1 + x_j^2)^3."""
        bend: Array = 2 * float(self.weight) * (1 - 3 * x * x) / (1 + x * x) ** 3
        return bend
