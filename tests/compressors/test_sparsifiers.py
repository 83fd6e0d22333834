"""Sparsifiers: ties, what is not a number, how many entries are sent, and what that costs."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.compressors import (
    AdaptiveSparsification,
    Bernoulli,
    Compressor,
    FixedMask,
    FixedProjection,
    HardThreshold,
    L1Sampling,
    Lazy,
    NormSign,
    RandK,
    RelativeThreshold,
    ScaledSign,
    TopK,
)
from eftheory.compressors.compressor import NUMBER_BITS
from tests.compressors.exactly import law_of

NAN, INF = float("nan"), float("inf")
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("v", "k", "kept"),
    [
        ([1, NAN, 2], 1, [1]),
        ([1, NAN, 2], 2, [1, 2]),
        ([NAN, 3, NAN, NAN], 2, [0, 2]),
        ([NAN, INF, NAN], 2, [0, 1]),
        ([-INF, NAN, INF], 1, [0]),
        ([0.0, 0.0, 0.0], 2, [0, 1]),
        ([2, -2, 2, 3], 2, [0, 3]),
        ([5e-324, 0.0, -5e-324], 1, [0]),
        ([1e308, -1.7e308, 1], 1, [1]),
    ],
)
@pytest.mark.parametrize("dtype", [np.float64, object])
def test_top_k_keeps_just_k(v: list[float], k: int, kept: list[int], dtype: type) -> None:
    if dtype is object and NAN in v:
        return
    sent = TopK(k)(np.array(v, dtype=dtype))
    marked = TopK(k)(np.array([v, v], dtype=dtype))
    for j, entry in enumerate(v):
        expected = entry if j in kept else 0.0
        for row in (sent, *marked):
            assert row[j] == expected or (np.isnan(expected) and np.isnan(row[j]))


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=12), st.data())
def test_top_k_among_many_ties(v: list[int], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(v)))
    for dtype in (np.int64, np.float32, np.float64, object):
        assert TopK(k)(np.array([v, v], dtype=dtype)).tolist() == [TopK(k).naive(v)] * 2


def test_top_k_on_whole_numbers_is_exact() -> None:
    v = np.array([2**62, 2**62 + 1, -(2**62) - 1])
    assert TopK(1)(v).tolist() == [0, 2**62 + 1, 0]


@pytest.mark.parametrize(
    "compressor",
    [AdaptiveSparsification(), L1Sampling(), NormSign(), ScaledSign(), RelativeThreshold(HALF), HardThreshold(2)],
)
def test_what_is_not_a_number_is_not_hidden(compressor: Compressor) -> None:
    rows = np.array([[1.0, NAN, 3.0], [1.0, -INF, 3.0], [1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
    sent = compressor(rows, np.random.default_rng(0))
    assert np.isnan(sent[0]).any()
    assert not np.isfinite(sent[1]).all()
    assert np.isfinite(sent[2:]).all()


@pytest.mark.parametrize("scale", [1e-320, 1e-300, 1e-160, 1.0, 1e160, 1e300])
@pytest.mark.parametrize(
    "compressor", [AdaptiveSparsification(), L1Sampling(), NormSign(), RelativeThreshold(HALF), Lazy(HALF)]
)
def test_the_scale_does_not_matter(compressor: Compressor, scale: float) -> None:
    v = np.array([[1.0, -2.0, 4.0, 0.0, 8.0]] * 20)
    sent, expected = (compressor(v * s, np.random.default_rng(0)) * (scale / s) for s in (scale, 1.0))
    np.testing.assert_allclose(sent, expected, rtol=1e-3 if scale < 1e-310 else 1e-14)


def test_rand_k_chooses_every_set_equally_often() -> None:
    kept = RandK(2)(np.ones((6000, 4)), np.random.default_rng(0))
    _, counts = np.unique(kept, axis=0, return_counts=True)
    assert len(counts) == 6
    assert abs(counts - 1000).max() < 150


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_positions_are_drawn_by_size(dtype: type) -> None:
    v = np.tile(np.array([1, 0, -2, 5, 0], dtype=dtype), (8000, 1))
    sent = AdaptiveSparsification()(v, np.random.default_rng(0))
    assert (np.count_nonzero(sent, axis=1) == 1).all()
    assert np.count_nonzero(sent, axis=0) == pytest.approx([1000, 0, 2000, 5000, 0], abs=200)
    assert (np.abs(L1Sampling()(v, np.random.default_rng(0))).sum(axis=1) == 8).all()


class LargestDraw(np.random.Generator):
    """A generator whose uniform numbers are the largest below one."""

    def __init__(self) -> None:
        super().__init__(np.random.PCG64(0))

    def random(self, *args: object, **kwargs: object) -> np.ndarray:  # type: ignore[override]
        return np.full(args[0], 1 - 2.0**-53)  # type: ignore[call-overload]


def test_a_draw_that_rounds_to_one_still_draws() -> None:
    v = np.array([1.0, 1.0, 0.0], dtype=np.float32)
    assert AdaptiveSparsification()(v, LargestDraw()).tolist() == [0, 1, 0]
    assert Bernoulli(1)(v, LargestDraw()).tolist() == [1, 1, 0]


SPARSE = [
    TopK(2), RandK(2), RandK(2, scaled=True), Bernoulli(HALF), Bernoulli((HALF, 1, Fraction(1, 3), HALF)),
    Lazy(Fraction(1, 3)), FixedMask((1, 3)), AdaptiveSparsification(), L1Sampling(),
]  # fmt: skip


@pytest.mark.parametrize("compressor", SPARSE, ids=repr)
def test_each_number_sent_is_paid_for(compressor: Compressor) -> None:
    law = law_of(compressor, [3, -1, 5, 2])
    sent = sum((p * sum(entry != 0 for entry in message) for message, p in law.items()), Fraction(0))
    overhead = compressor.bits(4) - NUMBER_BITS * sent
    assert 0 <= overhead <= 4


@pytest.mark.parametrize("compressor", [HardThreshold(1), RelativeThreshold(HALF), ScaledSign(), NormSign()])
def test_bits_grow_with_the_dimension(compressor: Compressor) -> None:
    assert [compressor.bits(d + 1) > compressor.bits(d) > 0 for d in (1, 5, 90)] == [True] * 3


@pytest.mark.parametrize("kind", [TopK, RandK])
def test_k_is_a_number_of_entries(kind: type) -> None:
    for k in (0, -1, 1.5, True, "2"):
        with pytest.raises(ValueError, match="k="):
            kind(k)
    with pytest.raises(ValueError, match="use k <= 2"):
        kind(3)(np.ones(2), np.random.default_rng(0))
    with pytest.raises(ValueError, match="use k <= 2"):
        kind(3).alpha(2)


@pytest.mark.parametrize("kind", [Bernoulli, Lazy])
def test_probabilities_are_exact_and_above_zero(kind: type) -> None:
    with pytest.raises(TypeError, match=r"p=0\.3"):
        kind(0.3)
    for p in (0, Fraction(-1, 2), 2):
        with pytest.raises(ValueError, match=f"p={p}"):
            kind(p)


def test_probabilities_are_for_all_entries_or_for_each() -> None:
    with pytest.raises(ValueError, match="2 probabilities for 3 entries"):
        Bernoulli((HALF, HALF)).alpha(3)
    with pytest.raises(ValueError, match="no alpha"):
        Bernoulli(HALF, scaled=True).alpha(3)
    assert Bernoulli(Fraction(3, 4), scaled=True).alpha(3) == Fraction(2, 3)
    assert Bernoulli([HALF, 1]) == Bernoulli((HALF, Fraction(1)))


def test_positions_are_counted_from_zero() -> None:
    for kept in [(), (1, 1), (-1,), (0.0,), (True,)]:
        with pytest.raises(ValueError, match="kept="):
            FixedMask(kept)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="positions 0 to 1"):
        FixedMask((2,))(np.ones(2))
    with pytest.raises(ValueError, match="no alpha"):
        FixedMask((0, 1)).alpha(3)
    assert FixedMask((1, 0)).alpha(2) == 1


def test_thresholds_are_exact_and_in_range() -> None:
    for kind, wrong in [(HardThreshold, 0), (HardThreshold, -1), (RelativeThreshold, 0), (RelativeThreshold, 2)]:
        with pytest.raises(ValueError, match=f"={wrong}"):
            kind(wrong)
        with pytest.raises(TypeError, match="exact"):
            kind(0.5)
    assert HardThreshold(3).contraction(4) is None
    assert HardThreshold(3).absolute(4).value == 36
    assert TopK(1).absolute(4) is None


@pytest.mark.parametrize("compressor", [TopK(1), Bernoulli(HALF), *SPARSE[5:], NormSign(), HardThreshold(1)])
def test_a_vector_has_entries(compressor: Compressor) -> None:
    for empty in (np.empty(0), np.empty((3, 0)), np.float64(3.0), np.array(3.0)):
        with pytest.raises(ValueError):
            compressor(empty, np.random.default_rng(0))


def test_lists_are_vectors_too() -> None:
    assert TopK(1)([1.0, 2.0]).tolist() == [0, 2]
    assert FixedProjection([(1, 1)])([[1, 2]]).tolist() == [[1.5, 1.5]]
