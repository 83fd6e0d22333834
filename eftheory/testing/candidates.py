"""Vectors on which compressors are likely to do badly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

MAGNITUDES = (1.0, 1.5, 1.25, 1.75, 4 / 3, math.sqrt(2), 1.0625, 1.9375)

GRID = 32
"""Points of a grid of sizes."""


def structured(dimension: int) -> Iterator[np.ndarray]:
    """Equal magnitudes, few non-zeros, one that stands out, ramps and geometric decay.

    >>> next(structured(3))
    array([1., 1., 1.])
    """
    d = dimension
    places = np.arange(d)
    for magnitude in MAGNITUDES:
        yield np.full(d, magnitude)
    yield np.where(places % 2 == 0, 1.0, -1.0)
    yield -np.ones(d)
    for count in sorted({*(2**j for j in range(d.bit_length())), d // 2, d - 1} - {0, d}):
        yield np.where(places < count, 1.0, 0.0)
        yield np.where(places >= d - count, 1.5, 0.0)
        yield np.where(places < count, 1.0, 0.5)
    for small in (1 / (math.sqrt(d) + 1), 1 / (2 * math.sqrt(d)), 1 / d, 1 / 1024):
        yield np.where(places == 0, 1.0, small)
        yield np.where(places == d - 1, -1.0, small)
    for size in (2.0, 1 + 2.0**-10, math.sqrt(d), float(d)):
        yield np.where(places == 0, size, 1.0)
    for base in (2.0, 1.5, 1.1):
        yield base ** -np.minimum(places, 60.0)
    yield 1.0 / (1 + places)
    yield 1.0 + places
    yield 1.0 + 2.0**-20 * places
    for rows in range(2, d):  # matrices with equal singular values
        if d % rows == 0 and rows <= d // rows:
            yield np.eye(rows, d // rows).ravel()
    yield np.where(places % 2 == 0, 1.0, 0.0)
    for j in range(GRID):  # the worst size for a rounding, the worst ratio for a threshold
        yield np.full(d, 10.0 ** (j / GRID))
        yield np.where(places == 0, 1.0, (j + 1) / (GRID + 1))
        yield np.where(places == 0, 1.0, 2 * (j + 1) / ((GRID + 1) * math.sqrt(d)))


def random_vectors(dimension: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """An endless stream: normal, heavy-tailed, sparse, on few levels, nearly equal, nearly powers of two."""
    d = dimension
    while True:
        normal = rng.standard_normal(d)
        yield normal
        yield normal * np.exp(2 * rng.standard_normal(d))
        yield normal * (rng.random(d) < rng.random())
        yield rng.integers(-2, 3, d).astype(float)
        yield rng.choice([-1.0, 1.0], d) * (1 + 0.01 * rng.random(d))
        yield 2.0 ** rng.integers(-8, 9, d) * rng.choice([1.0, 1.5, 1.25, 0.999], d)


def climb(start: np.ndarray, score, rng: np.random.Generator, steps: Iterable[int]) -> tuple[np.ndarray, float]:  # type: ignore[no-untyped-def]
    """A vector of higher score, by random local steps that are kept when they do not lower it."""
    best, height = start, score(start)
    width = 0.5
    for _ in steps:
        trial = best.copy()
        chosen = rng.random(trial.size) < max(1 / trial.size, rng.random() ** 2)
        kind = rng.integers(4)
        if kind == 0:
            trial[chosen] *= np.exp(width * rng.standard_normal(int(chosen.sum())))
        elif kind == 1:
            trial[chosen] = trial[rng.integers(trial.size)]
        elif kind == 2:
            trial[chosen] = 0.0
        else:
            trial += width * rng.standard_normal(trial.size) * np.abs(trial).max()
        found = score(trial) if trial.any() else -math.inf
        if found >= height:
            best, height = trial, found
        else:
            width = max(width * 0.98, 1e-4)
    return best, height
