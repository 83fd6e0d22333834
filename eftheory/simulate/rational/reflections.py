"""Rotated bases whose entries are rational."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from eftheory.simulate.rational.arrays import ExactArray, as_fractions


def reflect(*vectors: Sequence[Fraction | int]) -> ExactArray:
    """The product of the reflections I - 2 v v^T / <v, v>: rational and orthogonal.

    Each factor is symmetric and its own inverse. Products of d of them are all the rational
    orthogonal matrices there are (Cartan and Dieudonne).

    Args:
        vectors: at least one, none of them zero.

    Raises:
        ValueError: a vector is zero.

    >>> reflect([1, 2])
    array([[Fraction(3, 5), Fraction(-4, 5)],
           [Fraction(-4, 5), Fraction(-3, 5)]], dtype=object)
    """
    identity = as_fractions(np.eye(len(vectors[0]), dtype=int))
    product = identity
    for vector in vectors:
        v = as_fractions(vector)
        if not v.any():
            raise ValueError(f"vector={list(vector)}: there is no reflection in the zero vector; change one entry")
        product = product @ (identity - np.outer(v, v) * (2 / v.dot(v)))
    return product
