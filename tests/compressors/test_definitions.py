"""The fast version of every compressor is its definition."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.compressors import LowRank
from eftheory.compressors.compressor import IrrationalError
from tests.compressors.case import Case
from tests.compressors.exactly import exact_array, law_of_fast, laws_of, samples, vectors
from tests.kit.compressor_cases import CASES, name

EXACT = [case for case in CASES if not isinstance(case.compressor, LowRank)]
DETERMINISTIC = [case for case in EXACT if not case.compressor.random]
few = settings(max_examples=8)


@pytest.mark.parametrize("case", EXACT, ids=name)
@few
@given(st.data())
def test_the_law_of_what_runs_is_the_definition(case: Case, data: st.DataObject) -> None:
    dimension = data.draw(st.sampled_from(case.dimensions))
    for v, law in laws_of(case.compressor, data.draw(vectors(dimension))):
        assert law_of_fast(case.compressor, v) == law
        assert sum(law.values()) == 1


@pytest.mark.parametrize("case", DETERMINISTIC, ids=name)
@few
@given(st.data())
def test_floats_agree_up_to_rounding(case: Case, data: st.DataObject) -> None:
    """On eighths, so that ties are ties and zeros are zeros in floats too, and on vectors of rational length."""
    dimension = data.draw(st.sampled_from(case.dimensions))
    eighths = st.integers(-40, 40).map(lambda n: Fraction(n, 8))
    drawn = data.draw(st.lists(eighths, min_size=dimension, max_size=dimension))
    for v, law in laws_of(case.compressor, [drawn, *samples(dimension)]):
        ((message, _),) = law.items()
        found = case.compressor(np.array(v, dtype=float))
        np.testing.assert_allclose(found, np.array(message, dtype=float), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("case", CASES, ids=name)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_shape_and_kind_are_kept_and_the_input_is(case: Case, dtype: type) -> None:
    rng = np.random.default_rng(7)
    for dimension in case.dimensions:
        for shape in [(dimension,), (3, dimension), (2, 3, dimension), (0, dimension)]:
            v = rng.normal(size=shape).astype(dtype)
            before = v.copy()
            message = case.compressor(v, np.random.default_rng(0))
            assert message.shape == shape
            assert message.dtype == dtype
            assert np.array_equal(v, before)
            if v.size:
                assert not np.shares_memory(v, message)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_rows_are_compressed_one_by_one(case: Case) -> None:
    for dimension in case.dimensions:
        rows = np.random.default_rng(1).integers(-3, 4, size=(40, dimension)).astype(float)
        together = case.compressor(rows, np.random.default_rng(2))
        if case.compressor.random:
            ones = case.compressor(np.tile(1.0 + np.arange(dimension), (60, 1)), np.random.default_rng(3))
            repeats = case.compressor(np.tile(1.0 + np.arange(dimension), (60, 1)), np.random.default_rng(3))
            assert np.array_equal(ones, repeats)
            try:
                several = len(law_of_fast(case.compressor, list(range(1, dimension + 1)))) > 1
            except IrrationalError:
                several = False
            assert not several or len(np.unique(ones, axis=0)) > 1
        else:
            apart = np.stack([case.compressor(row) for row in rows])
            np.testing.assert_allclose(together, apart, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_zero_stays_zero(case: Case) -> None:
    for dimension in case.dimensions:
        assert not case.compressor(np.zeros((2, dimension)), np.random.default_rng(0)).any()
        if not isinstance(case.compressor, LowRank):
            assert not case.compressor(exact_array([0] * dimension), np.random.default_rng(0)).any()


@pytest.mark.parametrize("case", [case for case in CASES if case.compressor.random], ids=name)
def test_a_random_one_needs_a_generator(case: Case) -> None:
    with pytest.raises(ValueError, match="pass rng="):
        case.compressor(np.ones(case.dimensions[-1]))
    with pytest.raises(TypeError, match="outcomes"):
        case.compressor.naive([1] * case.dimensions[-1])
