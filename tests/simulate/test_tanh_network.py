"""The network: gradients are those of the values, shard by shard, and minibatches are right on average."""

from __future__ import annotations

import numpy as np
import pytest

from eftheory.simulate.problems import TanhNetwork
from eftheory.simulate.problems.newton import NoMinimiserError

RNG = np.random.default_rng(0)
ROWS, LABELS, SIZES = RNG.standard_normal((9, 3)), RNG.integers(0, 3, 9), (2, 4, 3)


def make(**options: float) -> TanhNetwork:
    return TanhNetwork(ROWS, LABELS, SIZES, **{"hidden": 4, "weight": 0.1, **options})


def test_gradients_are_those_of_the_values() -> None:
    f, h = make(), 1e-6
    x = f.draw_start(RNG)
    slopes = [(f.value(x + h * e) - f.value(x - h * e)) / (2 * h) for e in np.eye(f.dimension)]
    np.testing.assert_allclose(f.gradients(x).mean(axis=0), slopes, atol=1e-8)


def test_an_agent_sees_its_own_rows() -> None:
    f = make()
    x = f.draw_start(RNG)
    for i, (a, b) in enumerate(((0, 2), (2, 6), (6, 9))):
        labels = np.concatenate([LABELS[a:b], [2]])  # so that there are three classes
        rows = np.concatenate([ROWS[a:b], np.zeros((1, 3))])
        own = TanhNetwork(rows, labels, (b - a, 1), hidden=4, weight=0.1)
        np.testing.assert_allclose(own.gradients(x)[0], f.gradients(x)[i], atol=1e-14)


def test_minibatches_are_right_on_average() -> None:
    f, rng = make(batch=2), np.random.default_rng(1)
    x = f.draw_start(RNG)
    drawn = np.stack([f.noisy_gradients(x, rng) for _ in range(4000)])
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - f.gradients(x)) <= 5 * error + 1e-12).all()


def test_large_scores_do_not_overflow() -> None:
    f = make()
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(f.gradients(np.full(f.dimension, 1e4))).all()
        assert np.isfinite(f.value(np.arange(f.dimension) * 1e4))


def test_what_is_not_known_is_said() -> None:
    with pytest.raises(ValueError, match="give a step size"):
        _ = make().agents
    with pytest.raises(NoMinimiserError):
        _ = make().minimiser
    with pytest.raises(ValueError, match="say how many rows"):
        make().noisy_gradients(np.zeros(make().dimension), RNG)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="every agent a row"):
        TanhNetwork(ROWS, LABELS, (9, 0))
    with pytest.raises(ValueError, match="whole numbers from 0 on"):
        TanhNetwork(ROWS, LABELS - 1.5, SIZES)
    with pytest.raises(ValueError, match="hidden=0"):
        make(hidden=0)
