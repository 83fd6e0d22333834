"""Rotated bases whose entries are rational."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from eftheory.simulate.rational.arrays import ExactArray, as_fractions

LARGEST = 2
"""Of the entries of a vector to reflect in: short vectors keep the entries of a basis short."""


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


def random_basis(dimension: int, rng: np.random.Generator) -> ExactArray:
    """The product of two reflections in random vectors of small whole numbers; its columns are the basis.

    >>> Q = random_basis(3, np.random.default_rng(0))
    >>> bool((Q @ Q.T == np.eye(3)).all())
    True
    """
    vectors: list[list[int]] = []
    while len(vectors) < 2:
        v = rng.integers(-LARGEST, LARGEST + 1, size=dimension).tolist()
        vectors += [v] if any(v) else []
    return reflect(*vectors)
