"""Losses of a row: what a linear prediction <a, x> costs."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Protocol

import numpy as np

from eftheory.simulate.arithmetic import Array

LARGE = 700.0
"""exp of more than this is no float."""


class Loss(Protocol):
    """A convex function of the prediction, with curvature between 0 and ``curvature``."""

    curvature: ClassVar[Fraction]

    def check(self, targets: Array) -> None:
        """Refuse targets that it is not made for; ValueError."""

    def slopes(self, predictions: Array, targets: Array) -> Array:
        """The derivative in the prediction, entry by entry; targets are a column."""

    def values(self, predictions: Array, targets: Array) -> Array:
        """The loss, entry by entry."""

    def bends(self, predictions: Array, targets: Array) -> Array:
        """The second derivative, entry by entry."""


class Logistic:
    """log(1 + exp(-y t)) for a label y, 1 or -1; curvature at most 1/4.

    >>> Logistic().slopes(np.zeros((1, 1)), np.ones((1, 1)))
    array([[-0.5]])
    """

    curvature: ClassVar[Fraction] = Fraction(1, 4)

    def check(self, targets: Array) -> None:
        """Refuse labels other than 1 and -1; ValueError."""
        if not np.isin(targets, (-1, 1)).all():
            raise ValueError("labels must be 1 and -1")

    def slopes(self, predictions: Array, targets: Array) -> Array:
        """-y / (1 + exp(y t))."""
        slopes: Array = targets * predictions
        np.minimum(slopes, LARGE, out=slopes)
        np.exp(slopes, out=slopes)
        slopes += 1
        np.divide(-targets, slopes, out=slopes)
        return slopes

    def values(self, predictions: Array, targets: Array) -> Array:
        """Log(1 + exp(-y t)), without overflow."""
        margins: Array = targets * predictions
        values = np.abs(margins)
        np.exp(np.negative(values, out=values), out=values)
        np.log(np.add(values, 1, out=values), out=values)  # faster than log1p, and as exact beside the other rows
        values -= np.minimum(margins, 0, out=margins)
        return values

    def bends(self, predictions: Array, targets: Array) -> Array:
        """The product p (1 - p) with p = 1 / (1 + exp(-t))."""
        slopes = self.slopes(predictions, targets)
        bends: Array = -slopes * (targets + slopes)
        return bends


class Squares:
    """(t - b)^2 / 2 for a target b; curvature 1.

    >>> Squares().values(np.array([[3.0]]), np.array([[1.0]]))
    array([[2.]])
    """

    curvature: ClassVar[Fraction] = Fraction(1)

    def check(self, targets: Array) -> None:
        """Any targets will do."""

    def slopes(self, predictions: Array, targets: Array) -> Array:
        """The difference t - b."""
        slopes: Array = predictions - targets
        return slopes

    def values(self, predictions: Array, targets: Array) -> Array:
        """(t - b)^2 / 2."""
        values: Array = (predictions - targets) ** 2 / 2
        return values

    def bends(self, predictions: Array, targets: Array) -> Array:
        """1."""
        return np.ones_like(predictions)
