"""Every compressor: the fast version is the definition, and the constant is exact."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.compressors import Compressor, Identity, Overshoot, RandK, ScaledSign, TopK

numbers = st.integers(-(2**20), 2**20) | st.sampled_from([-1, 0, 1])
vectors = st.lists(numbers, min_size=1, max_size=9)
fractions = st.fractions(min_value=-9, max_value=9, max_denominator=60)
exact_vectors = st.lists(fractions, min_size=1, max_size=9)


def square(v: list[Fraction]) -> Fraction:
    return sum((entry * entry for entry in v), Fraction(0))


def error(v: list[Fraction], c: list[Fraction]) -> Fraction:
    return square([a - b for a, b in zip(v, c)])


@st.composite
def vector_and_k(draw: st.DrawFn, entries: st.SearchStrategy = vectors) -> tuple[list, int]:
    v = draw(entries)
    return v, draw(st.integers(1, len(v)))


@given(vector_and_k())
def test_top_k_is_its_definition(case: tuple[list[int], int]) -> None:
    v, k = case
    assert TopK(k)(np.array(v)).tolist() == TopK(k).naive(v)
    assert TopK(k)(np.array(v, dtype=float)).tolist() == TopK(k).naive(v)


@given(vector_and_k(exact_vectors))
def test_top_k_contracts_exactly(case: tuple[list[Fraction], int]) -> None:
    v, k = case
    compressed = TopK(k).naive(v)
    assert error(v, compressed) <= (1 - TopK(k).alpha(len(v))) * square(v)
    assert sum(entry != 0 for entry in compressed) <= k
    assert TopK(k)(np.array(v, dtype=object)).tolist() == compressed


@given(st.integers(1, 12).flatmap(lambda d: st.tuples(st.just(d), st.integers(1, d))))
def test_top_k_reaches_its_constant_on_equal_entries(case: tuple[int, int]) -> None:
    d, k = case
    v = [(-1) ** j for j in range(d)]
    assert error(v, TopK(k).naive(v)) == (1 - TopK(k).alpha(d)) * square(v)


@given(vector_and_k(st.lists(fractions, min_size=1, max_size=6)))
def test_rand_k_loses_just_its_share_on_average(case: tuple[list[Fraction], int]) -> None:
    v, k = case
    expected = sum(p * error(v, message) for p, message in RandK(k).outcomes(v))
    assert expected == (1 - RandK(k).alpha(len(v))) * square(v)


@given(vector_and_k(), st.integers(0, 2**32 - 1))
def test_rand_k_keeps_k_entries(case: tuple[list[int], int], seed: int) -> None:
    v, k = case
    rows = np.array([v, v])
    ones = RandK(k)(np.ones_like(rows), np.random.default_rng(seed))
    assert (ones.sum(axis=1) == k).all()
    found = RandK(k)(rows, np.random.default_rng(seed))
    for row, kept in zip(found, ones):
        assert row.tolist() == [entry * one for entry, one in zip(v, kept)]


def test_rand_k_chooses_every_set_equally_often() -> None:
    kept = RandK(2)(np.ones((6000, 4)), np.random.default_rng(0))
    _, counts = np.unique(kept, axis=0, return_counts=True)
    assert len(counts) == 6
    assert abs(counts - 1000).max() < 150


def test_rand_k_draws_for_each_row_and_needs_a_generator() -> None:
    kept = RandK(1)(np.ones((40, 8)), np.random.default_rng(0))
    assert len({tuple(row) for row in kept}) > 3
    with pytest.raises(ValueError, match="pass rng="):
        RandK(1)(np.ones(3))


@given(exact_vectors)
def test_scaled_sign_contracts_exactly(v: list[Fraction]) -> None:
    compressed = ScaledSign().naive(v)
    norm = sum(map(abs, v))
    assert error(v, compressed) == square(v) - norm * norm / len(v)
    assert error(v, compressed) <= (1 - ScaledSign().alpha(len(v))) * square(v)
    assert np.allclose(ScaledSign()(np.array(v, dtype=float)), np.array(compressed, dtype=float), rtol=1e-14)


def test_scaled_sign_reaches_its_constant() -> None:
    assert error([5, 0, 0], ScaledSign().naive([5, 0, 0])) == (1 - ScaledSign().alpha(3)) * 25


@given(exact_vectors, st.fractions(min_value=0, max_value=Fraction(99, 100), max_denominator=100))
def test_overshoot_errs_by_its_constant(v: list[Fraction], s: Fraction) -> None:
    compressor = Overshoot(s)
    assert error(v, compressor.naive(v)) == (1 - compressor.alpha(len(v))) * square(v)
    assert np.allclose(compressor(np.array(v, dtype=float)), np.array(compressor.naive(v), dtype=float), rtol=1e-14)


@given(vectors)
def test_identity(v: list[int]) -> None:
    assert Identity()(np.array(v)).tolist() == Identity().naive(v) == v
    assert Identity().alpha(len(v)) == 1


@pytest.mark.parametrize("compressor", [Identity(), TopK(2), RandK(2), ScaledSign(), Overshoot(Fraction(1, 3))])
def test_rows_are_compressed_one_by_one(compressor: Compressor) -> None:
    v = np.random.default_rng(1).integers(-3, 4, size=(50, 5)).astype(float)
    together = compressor(v, np.random.default_rng(2))
    assert together.shape == v.shape
    if not compressor.random:
        assert (together == np.stack([compressor(row) for row in v])).all()


@pytest.mark.parametrize("kind", [TopK, RandK])
@pytest.mark.parametrize("k", [0, -1, 1.5, True, "2"])
def test_k_must_be_a_number_of_entries(kind: type, k: object) -> None:
    with pytest.raises(ValueError, match="k="):
        kind(k)


@pytest.mark.parametrize("kind", [TopK, RandK])
def test_k_must_not_exceed_the_dimension(kind: type) -> None:
    with pytest.raises(ValueError, match="use k <= 2"):
        kind(3)(np.ones(2), np.random.default_rng(0))
    with pytest.raises(ValueError, match="use k <= 2"):
        kind(3).alpha(2)


def test_overshoot_is_exact_or_refused() -> None:
    with pytest.raises(TypeError, match="exact"):
        Overshoot(0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\[0, 1\)"):
        Overshoot(Fraction(1))
