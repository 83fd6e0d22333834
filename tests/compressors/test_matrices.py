"""Compressors by linear algebra: the truncated SVD, PowerSGD, Gaussian sketches, projections."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Matrix, Rational, diag

from eftheory.compressors import FixedProjection, GaussianSketch, LowRank, Overshoot, PowerSGD
from eftheory.compressors.compressor import IrrationalError
from eftheory.compressors.fixed_projection import dot
from eftheory.compressors.norm import error, square

SHAPES = [(1, 2, 3), (1, 3, 3), (2, 2, 5), (2, 4, 3), (3, 4, 4)]


def matrices(rows: int, columns: int) -> list[np.ndarray]:
    rng = np.random.default_rng(rows * columns)
    return [rng.normal(size=(rows, columns)) * scale for scale in (1e-9, 1.0, 1e9)]


@pytest.mark.parametrize(("rank", "rows", "columns"), SHAPES)
def test_low_rank_is_the_nearest(rank: int, rows: int, columns: int) -> None:
    compressor = LowRank(rank, rows=rows)
    for matrix in matrices(rows, columns):
        found = compressor(matrix.ravel()).reshape(rows, columns)
        values = np.linalg.svd(matrix, compute_uv=False)
        assert np.linalg.matrix_rank(found) == rank
        assert np.linalg.norm(found - matrix) ** 2 == pytest.approx((values[rank:] ** 2).sum(), rel=1e-9)
        worst = (1 - compressor.alpha(rows * columns)) * np.linalg.norm(matrix) ** 2
        assert np.linalg.norm(found - matrix) ** 2 <= worst + 1e-12 * np.linalg.norm(matrix) ** 2


@pytest.mark.parametrize(("rank", "rows", "columns"), SHAPES)
@pytest.mark.parametrize("kind", [LowRank, PowerSGD])
def test_equal_singular_values_are_the_worst(kind: type, rank: int, rows: int, columns: int) -> None:
    compressor = kind(rank, rows=rows)
    known = compressor.contraction(rows * columns)
    v = np.array(known.extremal, dtype=float)
    assert np.linalg.svd(v.reshape(rows, columns), compute_uv=False) == pytest.approx(1)
    found = ((compressor(v, np.random.default_rng(0)) - v) ** 2).sum()
    assert found == pytest.approx(float(1 - known.value) * (v**2).sum(), abs=1e-12)


def test_low_rank_on_diagonal_matrices() -> None:
    entries = np.array([0.0, 0.0, -3.0, 2.0, 0.0, 0.0, 0.0, 1.0, 0.0])
    for rank in (1, 2, 3):
        assert LowRank(rank, rows=3)(entries) == pytest.approx(LowRank(rank, rows=3).naive(entries.tolist()))
    with pytest.raises(IrrationalError, match="share a row"):
        LowRank(1, rows=2).naive([1, 1, 0, 0])


def leverage(sketch: tuple[tuple[int, ...], ...], values: list[Rational]) -> list[Rational]:
    """The diagonal of the projection onto the range of diag(values) Z, exactly."""
    m = diag(*values) * Matrix(sketch)
    independent = m[:, list(m.rref()[1])]
    projection = independent * (independent.T * independent).inv() * independent.T
    return [projection[i, i] for i in range(len(values))]


@pytest.mark.parametrize(
    "sketch",
    [((1,), (2,), (5,)), ((1, 0), (1, 3), (-2, 1)), ((1, 2), (0, 1), (3, 1), (-1, 1)), ((2,), (-1,), (1,), (3,))],
)
def test_larger_singular_values_have_larger_leverage_on_average(sketch: tuple[tuple[int, ...], ...]) -> None:
    """The proof of PowerSGD's alpha, for a law that exchanging the rows of Z does not change: all their orders."""
    values = [Rational(n, 3) for n in (7, 4, 3, 1)[: len(sketch)]]
    orders = [leverage(order, values) for order in permutations(sketch)]
    means = [sum(scores) / len(orders) for scores in zip(*orders)]
    assert means == sorted(means, reverse=True)
    assert sum(means) == len(sketch[0])
    kept = sum(s**2 * h for s, h in zip(values, means))
    assert kept * len(values) >= len(sketch[0]) * sum(s**2 for s in values)


@pytest.mark.parametrize(("rank", "rows", "columns"), SHAPES)
def test_power_sgd_projects_and_contracts_on_average(rank: int, rows: int, columns: int) -> None:
    compressor = PowerSGD(rank, rows=rows)
    for matrix in matrices(rows, columns):
        scaled = matrix * np.geomspace(1, 0.01, columns)
        draws = np.tile(scaled.ravel(), (4000, 1))
        sent = compressor(draws, np.random.default_rng(1))
        kept = (sent * draws).sum(axis=1)
        assert kept == pytest.approx((sent**2).sum(axis=1), rel=1e-7)  # it is an orthogonal projection
        assert kept.mean() / (scaled**2).sum() >= float(compressor.alpha(rows * columns)) - 1e-12
    low = np.outer(np.arange(1.0, rows + 1), np.arange(1.0, columns + 1)).ravel()
    assert compressor(low, np.random.default_rng(2)) == pytest.approx(low)


def test_the_moments_behind_the_gaussian_sketch() -> None:
    """E (a^T v)^2 a^T a = (d + 2) ||v||^2, by E a_i a_j a_k a_l = sum of pairings, on polynomials."""
    for d, v in [(1, [3]), (2, [1, -2]), (3, [2, 0, 5])]:
        pairings = Fraction(0)
        for i, j, k in product(range(d), repeat=3):
            moment = (i == j) + 2 * (i == k) * (j == k)  # of a_i a_j a_k a_k
            pairings += moment * v[i] * v[j]
        assert pairings == (d + 2) * square(v)
        assert GaussianSketch(1).omega(d) == pairings / square(v) - 1


def test_the_gaussian_sketch_at_large() -> None:
    v = np.array([1.0, -2.0, 0.5, 0.0])
    sent = GaussianSketch(3)(np.tile(v, (200_000, 1)), np.random.default_rng(0))
    assert sent.mean(axis=0) == pytest.approx(v, abs=0.02)
    lost = ((sent - v) ** 2).sum(axis=1)
    five_deviations = 5 * lost.std() / len(lost) ** 0.5
    assert abs(lost.mean() - float(GaussianSketch(3).omega(4)) * (v**2).sum()) < five_deviations
    assert GaussianSketch(10).alpha(4) == Fraction(1, 2)


@pytest.mark.parametrize("compressor", [GaussianSketch(2), PowerSGD(1, rows=2)])
def test_normal_laws_have_no_list(compressor: GaussianSketch | PowerSGD) -> None:
    with pytest.raises(TypeError, match="no finite list"):
        compressor.outcomes([1, 2, 3, 4])


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(-4, 4), min_size=3, max_size=3), min_size=1, max_size=4), st.data())
def test_fixed_projections_project(rows: list[list[int]], data: st.DataObject) -> None:
    if not any(map(any, rows)):
        with pytest.raises(ValueError, match="not zero"):
            FixedProjection(rows)
        return
    v = data.draw(st.lists(st.fractions(-5, 5, max_denominator=9), min_size=3, max_size=3))
    projection = FixedProjection(rows)
    image = projection.naive(v)
    assert projection.naive(image) == image
    assert all(projection.naive(row) == row for row in rows)
    assert all(dot([a - b for a, b in zip(v, image)], row) == 0 for row in rows)
    assert error(v, image) == square(v) - square(image)
    assert len(projection.basis) == Matrix(rows).rank()


def test_projections_that_lose_nothing_or_do_not_fit() -> None:
    everything = FixedProjection([(1, 0), (1, 1)])
    assert everything.alpha(2) == 1
    with pytest.raises(ValueError, match="no alpha"):
        FixedProjection([(1, 0)]).alpha(2)
    with pytest.raises(ValueError, match="2 entries, not of 3"):
        FixedProjection([(1, 0)])(np.ones(3))
    with pytest.raises(TypeError, match="computed exactly"):
        FixedProjection([(0.5, 1)])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="one length"):
        FixedProjection([(1, 0), (1,)])


@pytest.mark.parametrize("kind", [LowRank, PowerSGD])
def test_matrices_that_do_not_fit_are_refused(kind: type) -> None:
    for rank, rows in [(0, 2), (1, 0), (1.5, 2), (True, 2), (1, "2")]:
        with pytest.raises(ValueError, match="whole number"):
            kind(rank, rows)
    with pytest.raises(ValueError, match="rank <= rows"):
        kind(3, 2)
    with pytest.raises(ValueError, match="pass a multiple"):
        kind(1, 2).alpha(5)
    with pytest.raises(ValueError, match="no such rank"):
        kind(2, 2)(np.ones(2), np.random.default_rng(0))
    assert kind(1, 8).bits(64) == 32 * 16
    assert kind(8, 8).bits(64) == 32 * 64


def test_overshoot_is_exact_or_refused() -> None:
    with pytest.raises(TypeError, match="exact"):
        Overshoot(0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\[0, 1\)"):
        Overshoot(Fraction(1))
