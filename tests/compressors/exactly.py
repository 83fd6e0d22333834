"""Exact vectors, and the law of a compressor on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from eftheory.compressors import Compressor
from eftheory.compressors.compressor import IrrationalError
from eftheory.compressors.norm import error, square
from eftheory.testing.branching import enumerate_runs

Vector = list[Fraction]
Law = dict[tuple[Any, ...], Fraction]

numbers = st.fractions(min_value=-9, max_value=9, max_denominator=12) | st.sampled_from([0, 1, -1]).map(Fraction)


@st.composite
def vectors_of_rational_length(draw: st.DrawFn, dimension: int) -> Vector:
    """A point of the unit sphere, the other end of a chord with a rational direction, times a number."""
    t = draw(st.lists(numbers, min_size=dimension - 1, max_size=dimension - 1))
    scale, place = draw(numbers), draw(st.integers(0, dimension - 1))
    point = [2 * entry / (square(t) + 1) for entry in t]
    point.insert(place, (square(t) - 1) / (square(t) + 1))
    return [scale * entry for entry in point]


@st.composite
def vectors(draw: st.DrawFn, dimension: int) -> list[Vector]:
    """Three vectors: an arbitrary one, one of rational length, and one with its ends only."""
    ends = [Fraction(0)] * dimension
    ends[0], ends[-1] = draw(numbers), draw(numbers)
    one = [Fraction(0)] * dimension
    one[draw(st.integers(0, dimension - 1))] = draw(numbers)
    arbitrary = draw(st.lists(numbers, min_size=dimension, max_size=dimension))
    return [arbitrary, draw(vectors_of_rational_length(dimension)), ends, one]


def samples(dimension: int) -> Iterator[Vector]:
    """Vectors on which some things are seen: of rational length, of equal entries, of a single one."""
    yield [Fraction(1)] * dimension
    yield [Fraction(2, 3)] + [Fraction(0)] * (dimension - 1)
    yield list(map(Fraction, {1: [1], 2: [3, 4], 3: [2, 3, 6], 4: [1, 2, 4, 10]}[dimension]))
    if dimension > 1:
        yield [Fraction(12), *[Fraction(0)] * (dimension - 2), Fraction(-5)]
        yield [Fraction(35), Fraction(12), *[Fraction(0)] * (dimension - 2)]


def exact_array(v: Sequence[Any]) -> np.ndarray:
    """An array that numpy computes with exactly."""
    result = np.empty(len(v), dtype=object)
    result[:] = v
    return result


def collect(outcomes: Any) -> Law:
    """The probability of each message."""
    law: Law = {}
    for probability, message in outcomes:
        if probability:
            law[tuple(message)] = law.get(tuple(message), Fraction(0)) + probability
    return law


def law_of(compressor: Compressor, v: Sequence[Any]) -> Law:
    """The law of C(v) by its definition."""
    return collect(compressor.outcomes(list(v)))


def laws_of(compressor: Compressor, tried: Sequence[Vector]) -> Iterator[tuple[Vector, Law]]:
    """The vectors that the definition can be computed on, with the law; there must be one."""
    found = 0
    for v in tried:
        try:
            law = law_of(compressor, v)
        except IrrationalError:
            continue
        found += 1
        yield v, law
    assert found


def law_of_fast(compressor: Compressor, v: Sequence[Any]) -> Law:
    """The law of C(v) as it runs, every way its draws can fall."""
    return collect(enumerate_runs(lambda rng: compressor(exact_array(v), rng).tolist()))


def mean(law: Law) -> Vector:
    """E C(v)."""
    return [sum((p * m[j] for m, p in law.items()), Fraction(0)) for j in range(len(next(iter(law))))]


def mean_error(v: Sequence[Any], law: Law) -> Fraction:
    """E ||C(v) - v||^2."""
    return sum((p * error(v, message) for message, p in law.items()), Fraction(0))


def mean_square(law: Law) -> Fraction:
    """E ||C(v)||^2."""
    return sum((p * square(message) for message, p in law.items()), Fraction(0))
