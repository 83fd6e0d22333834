"""M3 with beta = 1, a team of all agents and sampled changes: the bound, in expectation over all draws."""

from itertools import product

import numpy as np
import pytest

from eftheory.methods.m3_variance_reduced import M3VarianceReduced
from tests.proofs.bidirectional.problems import (
    Quadratics,
    coin,
    expected_average,
    mean_square,
    perm_k,
    rand_1,
    square,
    threshold,
)
from tests.proofs.bidirectional.test_methods import ROUNDING, Drawn

N = 2
SIGNS = [np.array(signs)[:, None] for signs in product((-1, 1), repeat=N)]


class Sampled(Drawn):
    """The quadratic of a sample has curvatures of its own; in full there is noise that is the same everywhere."""

    def __init__(self, functions, masks, signs, curved, noise):
        super().__init__(functions, *masks)
        self.signs, self.curved, self.of_all = signs, curved, noise

    def noisy_change(self, after, before):
        moved = after - before
        exact = self.problem.gradients(after) - self.problem.gradients(before)
        return exact + self.signs * np.einsum("ijk,ik->ij", self.curved, moved)

    def noisy_local_gradient(self, w):
        return self.problem.gradients(w) + self.signs * self.of_all


@pytest.mark.parametrize("seed", range(4))
def test_m3_variance_reduced(seed):
    rng = np.random.default_rng(seed)
    f, x = Quadratics.drawn(rng, N, N, spread=0.3), rng.standard_normal(N)
    noise, curved = rng.standard_normal((N, N)), rng.standard_normal((N, N, N))
    L_s = max(np.linalg.norm(R, 2) for R in curved)
    Q, r, L_A, L_max, variance = N, 1 / N, f.D, max(f.L_i), mean_square(noise)
    U = (1 - r) * ((1 - r) * L_max**2 + L_s**2) / (r**2 * N)
    M_squared = 2 * U * (2 * Q - 3 + 2 / Q) + 2 * (Q - 1) ** 2 * L_A**2
    gamma = threshold(M_squared, f.L)
    method = M3VarianceReduced(gamma, full_down=1 / Q, full_up=r)
    draws = [
        (down * up / len(SIGNS), ((mask, mask_up), signs))
        for down, mask in coin(1 / Q, list(perm_k(N, N)))
        for up, mask_up in coin(r, list(rand_1(N, N)))
        for signs in SIGNS
    ]
    assert sum(weight for weight, _ in draws) == pytest.approx(1)

    def step(state, draw):
        masks, signs = draw
        after = method.step(Sampled(f, masks, signs, curved, noise), *state)
        assert np.allclose(after[2].mean(axis=0), after[0])
        return after

    def measure(state):
        return square(f.gradient(state[0]))

    def V(state):
        x, g, w = state
        errors = square(g - f.gradients(w).mean(axis=0)) / r + (U + Q * L_A**2) * mean_square(w - x)
        return f.value(x) + gamma * errors

    floor = 2 * variance / N
    for scale in (0.1, 1, 10):  # one step, from any state
        a = scale * rng.standard_normal((N, N))
        state = x, scale * rng.standard_normal(N), x + a - a.mean(axis=0)
        after = sum(weight * V(step(state, draw)) for weight, draw in draws)
        assert after <= V(state) + gamma / 2 * (floor - measure(state)) + 1e-9 * V(state)
    start = x, f.gradient(x), np.tile(x, (N, 1))
    for times in (1, 2, 3):
        bound = 2 * f.value(x) / (gamma * times) + floor
        assert expected_average(step, measure, start, draws, times) <= bound * ROUNDING
