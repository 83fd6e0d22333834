"""Homogeneous and additive compressors are; where a compressor says that it is not, there is a counterexample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.compressors import Compressor, LowRank
from eftheory.compressors.compressor import IrrationalError
from tests.compressors.case import Case
from tests.compressors.exactly import Vector, exact_array, vectors
from tests.kit.compressor_cases import CASES, name

few = settings(max_examples=8)
SEEDS = range(12)
FACTORS = [Fraction(0), Fraction(3, 2), Fraction(3), Fraction(5, 8), Fraction(2)]


def run(compressor: Compressor, v: Vector, seed: int) -> Vector:
    """C(v) with the draw of the seed, exact where the compressor runs exactly."""
    if isinstance(compressor, LowRank):
        return compressor.naive(v)
    return compressor(exact_array(v), np.random.default_rng(seed)).tolist()


def holds(statement: Callable[[int], bool], seeds: range) -> bool | None:
    """Whether it holds for all seeds; None if there are irrational numbers about."""
    try:
        return all(map(statement, seeds))
    except IrrationalError:
        return None


def is_homogeneous(compressor: Compressor, v: Vector, t: Fraction, seeds: range) -> bool | None:
    return holds(
        lambda seed: run(compressor, [t * e for e in v], seed) == [t * e for e in run(compressor, v, seed)], seeds
    )


def is_additive(compressor: Compressor, u: Vector, v: Vector, seeds: range) -> bool | None:
    def added(seed: int) -> bool:
        apart = zip(run(compressor, u, seed), run(compressor, v, seed))
        return run(compressor, [a + b for a, b in zip(u, v)], seed) == [a + b for a, b in apart]

    return holds(added, seeds)


def pairs(dimension: int) -> Iterator[tuple[Vector, Vector]]:
    """Single entries, 3 and 4, so that the sum has rational length too; then small vectors at random."""
    for i, j in permutations(range(dimension), 2):
        yield [Fraction(3 * (i == k)) for k in range(dimension)], [Fraction(4 * (j == k)) for k in range(dimension)]
    rng = np.random.default_rng(0)
    for _ in range(60):
        u, v = rng.integers(-4, 5, size=(2, dimension)).tolist()
        yield [Fraction(e, 3) for e in u], [Fraction(e, 4) for e in v]


@pytest.mark.parametrize("case", [case for case in CASES if case.compressor.homogeneous], ids=name)
@few
@given(st.data())
def test_homogeneous_ones_are(case: Case, data: st.DataObject) -> None:
    dimension = data.draw(st.sampled_from(case.dimensions))
    t = data.draw(st.sampled_from(FACTORS) | st.fractions(min_value=0, max_value=9, max_denominator=30))
    tried = data.draw(vectors(dimension))
    found = [is_homogeneous(case.compressor, v, t, SEEDS[:4]) for v in tried]
    assert False not in found
    assert True in found


@pytest.mark.parametrize("case", [case for case in CASES if case.compressor.additive], ids=name)
@few
@given(st.data())
def test_additive_ones_are(case: Case, data: st.DataObject) -> None:
    dimension = data.draw(st.sampled_from(case.dimensions))
    u, v = data.draw(vectors(dimension))[0], data.draw(vectors(dimension))[0]
    assert is_additive(case.compressor, u, v, SEEDS[:4])


@pytest.mark.parametrize("case", [case for case in CASES if not case.compressor.homogeneous], ids=name)
def test_others_have_a_counterexample_to_homogeneity(case: Case) -> None:
    tried = ((v, t) for _, v in pairs(case.dimensions[0]) for t in FACTORS[1:])
    assert any(is_homogeneous(case.compressor, v, t, SEEDS) is False for v, t in tried)


@pytest.mark.parametrize("case", [case for case in CASES if not case.compressor.additive], ids=name)
def test_others_have_a_counterexample_to_additivity(case: Case) -> None:
    dimension = case.dimensions[-1]
    known = case.compressor.contraction(dimension)
    if known is None or known.value < 1:  # else it is the identity in all but name
        assert any(is_additive(case.compressor, u, v, SEEDS) is False for u, v in pairs(dimension))
