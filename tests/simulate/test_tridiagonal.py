"""The tridiagonal family: its gradients, constants and minimisers are those of the matrices it does not have."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from eftheory.compressors import TopK
from eftheory.methods import EF21
from eftheory.simulate import run_columns
from eftheory.simulate.problems import Tridiagonal
from eftheory.simulate.problems.newton import NoMinimiserError
from tests.kit.teams import seeds


def matrices(f: Tridiagonal) -> np.ndarray:
    T = 2 * np.eye(f.size) - np.eye(f.size, k=1) - np.eye(f.size, k=-1)
    return np.stack([scale / 4 * T + f.shift * np.eye(f.size) for scale in f.scales])


@given(seeds)
def test_it_is_what_its_matrices_say(seed: int) -> None:
    rng = np.random.default_rng(seed)
    f = Tridiagonal.random(3, 5, spread=0.8, mu=0.01, rng=rng)
    H, x, w = matrices(f), rng.standard_normal((2, 5)), rng.standard_normal((3, 2, 5))
    b = np.zeros((3, 5))
    b[:, 0] = np.asarray(f.scales) * f.firsts / 4
    np.testing.assert_allclose(f.gradients_at(x), np.einsum("nij,rj->nri", H, x) - b[:, None], atol=1e-12)
    np.testing.assert_allclose(f.local_gradients_at(w), np.einsum("nij,nrj->nri", H, w) - b[:, None], atol=1e-12)
    mean = H.mean(axis=0)
    values = np.einsum("ri,ij,rj->r", x, mean, x) / 2 - x @ b.mean(axis=0)
    np.testing.assert_allclose(f.values_at(x), values, atol=1e-12)
    np.testing.assert_allclose(f.gradients(f.minimiser).mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(np.linalg.eigvalsh(mean)[0], 0.01, atol=1e-12)
    for agent, matrix in zip(f.agents, H):
        spectrum = np.linalg.eigvalsh(matrix)
        assert float(agent.mu) <= spectrum[0] + 1e-12
        assert max(abs(spectrum)) <= float(agent.L) + 1e-12
    differ = np.linalg.eigvalsh((H - mean).transpose(1, 0, 2).reshape(5, 15) @ (H - mean).reshape(15, 5) / 3)[-1] ** 0.5
    assert differ <= f.hessian_spread + 1e-12
    assert max(abs(np.linalg.eigvalsh(mean))) <= float(f.L) + 1e-12


def test_many_agents_in_many_dimensions_need_no_matrix() -> None:
    f = Tridiagonal.random(64, 2000, spread=0.1, rng=np.random.default_rng(0))
    runs = run_columns([EF21(Fraction(1, 2))], f, TopK(100), rounds=3, start=np.eye(2000)[0])
    assert np.isfinite(runs["f"]).all()


def test_noise_is_as_large_as_it_says() -> None:
    f, rng = Tridiagonal([1.0], [1.0], 0.0, 4, noise=2.0), np.random.default_rng(0)
    drawn = np.stack([f.noisy_gradients(np.ones(4), rng) - f.gradients(np.ones(4)) for _ in range(4000)])
    assert abs((drawn**2).sum(axis=-1).mean() - 4) < 0.3
    with pytest.raises(ValueError, match="the problem has none"):
        Tridiagonal([1.0], [1.0], 0.0, 4).noisy_gradients(np.ones(4), rng)


def test_what_does_not_fit_is_refused() -> None:
    for scales, firsts, size in (([], [], 3), ([1.0], [1.0, 2.0], 3), ([1.0], [1.0], 0)):
        with pytest.raises(ValueError, match="one of each for every agent"):
            Tridiagonal(scales, firsts, 0.0, size)
    with pytest.raises(ValueError, match="finite"):
        Tridiagonal([np.nan], [1.0], 0.0, 3)
    with pytest.raises(NoMinimiserError):
        _ = Tridiagonal([-1.0], [1.0], 0.0, 3).minimiser
