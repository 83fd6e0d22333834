"""Arrays of torch, jax and a strict reading of the standard give the same numbers as those of numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from eftheory.compressors import FixedProjection, GaussianSketch, LowRank, PermK, PowerSGD
from tests.compressors.case import Case
from tests.kit.compressor_cases import CASES, name

BY_MATRICES = [Case(GaussianSketch(3), (4,)), Case(PowerSGD(1, rows=2), (4,)), Case(PermK(3), (3,))]
LINEAR_ALGEBRA = (FixedProjection, GaussianSketch, LowRank, PowerSGD)


def strict() -> tuple[Callable[[np.ndarray], Any], Callable[[Any], np.ndarray]]:
    library = pytest.importorskip("array_api_strict")
    return library.asarray, np.from_dlpack


def torch() -> tuple[Callable[[np.ndarray], Any], Callable[[Any], np.ndarray]]:
    library = pytest.importorskip("torch")
    return lambda v: library.asarray(v.copy()), lambda array: array.numpy()


def jax() -> tuple[Callable[[np.ndarray], Any], Callable[[Any], np.ndarray]]:
    library = pytest.importorskip("jax")
    library.config.update("jax_enable_x64", True)
    return library.numpy.asarray, np.asarray


@pytest.mark.parametrize("case", [*CASES, *BY_MATRICES], ids=name)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("library", [strict, torch, jax])
def test_the_same_numbers_in_the_same_library(case: Case, dtype: str, library: Callable[[], Any]) -> None:
    there, back = library()
    dimension = case.dimensions[-1]
    v = np.random.default_rng(5).normal(size=(2, 3, dimension)).astype(dtype)
    v[0, 1] = 0
    given = there(v)
    expected = case.compressor(v, np.random.default_rng(6))
    found = case.compressor(given, np.random.default_rng(6))
    assert type(found) is type(given)
    assert found.dtype == given.dtype
    assert np.array_equal(back(given), v)
    np.testing.assert_allclose(back(found), expected, rtol=1e-13 if dtype == "float64" else 1e-5, atol=1e-6)


@pytest.mark.parametrize("case", [*CASES, *BY_MATRICES], ids=name)
def test_whole_numbers_are_numbers(case: Case) -> None:
    v = np.arange(2, 2 + 3 * case.dimensions[-1]).reshape(3, -1)
    whole = case.compressor(v, np.random.default_rng(6))
    floats = case.compressor(v.astype(float), np.random.default_rng(6))
    np.testing.assert_allclose(np.asarray(whole, dtype=float), floats, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("case", [*CASES, *BY_MATRICES], ids=name)
def test_half_precision_stays(case: Case) -> None:
    if isinstance(case.compressor, LINEAR_ALGEBRA):
        return
    v = np.random.default_rng(5).normal(size=(3, case.dimensions[-1])).astype(np.float16)
    assert case.compressor(v, np.random.default_rng(6)).dtype == np.float16
