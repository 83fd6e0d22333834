"""Sums over rows: sparse and in full, one point and many, constants that hold."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from scipy.sparse import csr_array, random_array

from eftheory.compressors import TopK
from eftheory.methods import EF
from eftheory.simulate import run_columns, simulate
from eftheory.simulate.problems import FiniteSum, LogisticRegression
from eftheory.simulate.problems.loss import Logistic, Loss, Squares
from eftheory.simulate.problems.newton import NoMinimiserError
from eftheory.simulate.problems.regulariser import L2, Nonconvex, Regulariser
from eftheory.simulate.smoothness import _gram_above, _integers, _perron, prove_smoothness, prove_smoothness_of_mean
from tests.kit.teams import seeds

SIZES, D = (3, 5, 4), 6
REGULARISERS = [None, L2(Fraction(1, 10)), Nonconvex(Fraction(1, 10))]


def make(
    seed: int, loss: Loss, regulariser: Regulariser | None, *, dense: bool = False, batch: int | None = None
) -> FiniteSum:
    rng = np.random.default_rng(seed)
    rows = random_array((sum(SIZES), D), density=0.9 if dense else 0.2, rng=rng, format="csr")
    targets = np.where(rng.random(sum(SIZES)) < 0.5, -1.0, 1.0)
    return FiniteSum(rows, targets, SIZES, loss, regulariser, batch)


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("regulariser", REGULARISERS, ids=repr)
@pytest.mark.parametrize("loss", [Logistic(), Squares()], ids=lambda loss: type(loss).__name__)
def test_gradients_are_those_of_the_values(loss: Loss, regulariser: Regulariser | None, dense: bool) -> None:
    f, rng, h = make(0, loss, regulariser, dense=dense), np.random.default_rng(1), 1e-6
    x = rng.standard_normal((2, D))
    assert isinstance(f.rows, np.ndarray) is dense
    slopes = [[(f.value(one + h * e) - f.value(one - h * e)) / (2 * h) for e in np.eye(D)] for one in x]
    np.testing.assert_allclose(f.gradients_at(x).mean(axis=0), slopes, atol=1e-8)
    np.testing.assert_allclose(f.gradients(x[1]), f.gradients_at(x)[:, 1], atol=1e-14)
    np.testing.assert_allclose(f.values_at(x)[1], f.value(x[1]), atol=1e-14)
    w = rng.standard_normal((3, 2, D))
    each = [[f.gradients(one)[i] for one in own] for i, own in enumerate(w)]
    np.testing.assert_allclose(f.local_gradients_at(w), each, atol=1e-14)


@given(seeds)
def test_it_is_logistic_regression(seed: int) -> None:
    f = make(seed, Logistic(), L2(Fraction(1, 10)))
    cuts = np.cumsum(SIZES)[:-1]
    shards = list(zip(np.split(f.rows.toarray(), cuts), np.split(f.targets, cuts)))
    g, x = LogisticRegression(shards, Fraction(1, 10)), np.random.default_rng(seed).standard_normal(D)
    np.testing.assert_allclose(f.gradients(x), g.gradients(x), atol=1e-13)
    np.testing.assert_allclose(f.value(x), g.value(x), atol=1e-13)
    np.testing.assert_allclose(f.minimiser, g.minimiser, atol=1e-8)
    assert f.agents == g.agents


@pytest.mark.parametrize("regulariser", REGULARISERS, ids=repr)
@pytest.mark.parametrize("loss", [Logistic(), Squares()], ids=lambda loss: type(loss).__name__)
@given(seed=seeds)
def test_constants_hold(loss: Loss, regulariser: Regulariser | None, seed: int) -> None:
    f, rng = make(seed, loss, regulariser), np.random.default_rng(seed)
    x, y = rng.standard_normal((2, D)) * rng.choice([0.1, 1, 10])
    moved = f.gradients(x) - f.gradients(y)
    assert (np.linalg.norm(moved, axis=1) <= [float(a.L) * np.linalg.norm(x - y) + 1e-9 for a in f.agents]).all()
    assert np.linalg.norm(moved.mean(axis=0)) <= float(f.L) * np.linalg.norm(x - y) + 1e-9
    assert (moved @ (x - y) >= [float(a.mu) * ((x - y) ** 2).sum() - 1e-9 for a in f.agents]).all()
    assert float(f.L) <= float(sum(a.L for a in f.agents)) / len(f.agents) * 1.001


@given(seeds)
def test_a_bound_in_floats_is_above_and_close(seed: int) -> None:
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((9, 4)) * 10.0 ** rng.integers(-5, 5)
    integers, halvings = _integers(A)
    gram, scale = _gram_above(integers, len(A), halvings)
    true = np.linalg.eigvalsh(A.T @ A / len(A))[-1]
    assert true <= float(np.linalg.eigvalsh((gram / scale).astype(float))[-1]) <= true * (1 + 1e-9)
    assert float(_perron(A)) >= true
    assert float(_perron(abs(A))) <= np.linalg.eigvalsh(abs(A).T @ abs(A) / len(A))[-1] * (1 + 1e-4)


def test_sparse_rows_prove_what_full_ones_do() -> None:
    A = random_array((40, 8), density=0.3, rng=np.random.default_rng(0), format="csr")
    assert prove_smoothness(A, regulariser=1) == prove_smoothness(A.toarray(), regulariser=1)
    assert prove_smoothness_of_mean([A], regulariser=1) == prove_smoothness(A, regulariser=1)


def test_minibatches_are_right_on_average() -> None:
    for dense in (False, True):
        f, rng, x = make(2, Logistic(), L2(Fraction(1)), dense=dense, batch=2), np.random.default_rng(0), np.ones(D)
        drawn = np.stack([f.noisy_gradients(x, rng) for _ in range(4000)])
        error = drawn.std(axis=0) / np.sqrt(len(drawn))
        assert (np.abs(drawn.mean(axis=0) - f.gradients(x)) <= 5 * error + 1e-12).all()
    with pytest.raises(ValueError, match="say how many rows"):
        make(2, Logistic(), None).noisy_gradients(x, rng)


def test_what_does_not_fit_is_refused() -> None:
    rows, labels = np.eye(3), np.array([1.0, -1, 1])
    with pytest.raises(ValueError, match="every agent needs a row"):
        FiniteSum(rows, labels, (3, 0), Logistic())
    with pytest.raises(ValueError, match="every agent needs a row"):
        FiniteSum(rows, labels, (1, 1), Logistic())
    with pytest.raises(ValueError, match="not finite"):
        FiniteSum(rows * np.nan, labels, (3,), Logistic())
    with pytest.raises(ValueError, match="labels must be 1 and -1"):
        FiniteSum(rows, 2 * labels, (3,), Logistic())
    with pytest.raises(ValueError, match="batch=0"):
        FiniteSum(rows, labels, (3,), Logistic(), batch=0)


def test_no_minimiser_is_known_of_what_is_not_convex() -> None:
    with pytest.raises(NoMinimiserError, match="not convex"):
        _ = make(0, Logistic(), Nonconvex(Fraction(1))).minimiser


def test_what_needs_a_minimiser_runs_without_one() -> None:
    f = make(0, Logistic(), Nonconvex(Fraction(1)))
    run = simulate(EF(Fraction(1, 8)), f, TopK(1), steps=300, start=np.ones(D))
    np.testing.assert_allclose(run.measures[0], (f.gradients(np.ones(D)).mean(axis=0) ** 2).sum())
    assert run.measures[-1] < 0.1 * run.measures[0]
    runs = run_columns([EF(Fraction(1, 8))], f, TopK(1), rounds=300, start=np.ones(D))
    np.testing.assert_allclose(runs["grad2"][:, 0], run.measures, rtol=1e-9)
    assert np.isnan(runs["measure"]).all()


def test_large_margins_do_not_overflow() -> None:
    f = FiniteSum(csr_array(np.array([[1e4], [1e4]])), np.array([1.0, -1]), (2,), Logistic())
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_allclose(f.value(np.ones(1)), 5000)
        np.testing.assert_allclose(f.gradients(np.ones(1)), [[5000]])
