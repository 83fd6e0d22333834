"""Real data: the set that scikit-learn bundles, standardising, and splitting over agents."""

from __future__ import annotations

import numpy as np

from eftheory.simulate.problems.problem import Array

GRID = 2**10
"""Standardised data are rounded to multiples of 1/GRID."""


def breast_cancer() -> tuple[Array, Array]:
    """The rows (569, 30) and labels 1 (benign), -1 (malignant) of the Wisconsin breast cancer data.

    Raises:
        ImportError: scikit-learn is not installed.

    References:
        [StreetWolbergMangasarian1993].
    """
    from sklearn.datasets import load_breast_cancer

    rows, labels = load_breast_cancer(return_X_y=True)
    return rows, 2.0 * labels - 1


def standardise(rows: Array) -> Array:
    """Columns with mean 0 and variance 1, rounded to multiples of 1/1024; constant columns become 0.

    The rounded numbers are the data set from here on. They are short rationals, so constants
    are proved from them fast and exactly, and nothing is lost: no measurement has more digits.

    >>> standardise(np.array([[1.0, 5.0], [3.0, 5.0]]))
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    centred = rows - rows.mean(axis=0)
    deviation = rows.std(axis=0)
    scaled = np.divide(centred, deviation, out=np.zeros_like(centred), where=deviation > 0)
    rounded: Array = np.rint(scaled * GRID) / GRID
    return rounded


def split(rows: Array, labels: Array, n_agents: int) -> list[tuple[Array, Array]]:
    """Contiguous shards of unequal size: the last is about twice as long as the first.

    Raises:
        ValueError: there are too few rows.

    >>> [len(shard) for shard, _ in split(np.zeros((12, 1)), np.ones(12), 3)]
    [3, 4, 5]
    """
    if not 1 <= n_agents <= len(rows) // 2:
        raise ValueError(f"{n_agents} agents for {len(rows)} rows: there must be at least one, with two rows each")
    weights = np.linspace(1, 2, n_agents)
    cuts = np.rint(np.cumsum(weights)[:-1] / weights.sum() * len(rows)).astype(int)
    return list(zip(np.split(rows, cuts), np.split(labels, cuts)))
