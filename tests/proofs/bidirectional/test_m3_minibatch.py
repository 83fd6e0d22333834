"""M3 with beta = 1, a team of all agents and minibatches: the bound, in expectation over all draws."""

from itertools import product

import numpy as np
import pytest

from eftheory.methods.m3 import M3
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


class Minibatches(Drawn):
    """The gradient before the step is the minibatch that was kept; the one after it is drawn anew."""

    def __init__(self, functions, kept, masks, noise):
        super().__init__(functions, *masks, noise=noise)
        self.kept, self.asked = kept, 0

    def local_gradient(self, w):
        self.asked += 1
        if self.asked == 1:
            return self.kept
        self.kept = super().local_gradient(w)
        return self.kept


@pytest.mark.parametrize("seed", range(4))
def test_m3_minibatch(seed):
    rng = np.random.default_rng(seed)
    f, x, noise = Quadratics.drawn(rng, N, N, spread=0.3), rng.standard_normal(N), rng.standard_normal((N, N))
    Q, r, L_A, L_max, variance = N, 1 / N, f.D, max(f.L_i), mean_square(noise)
    u = (1 - r) ** 2 / (r**2 * N)
    M_squared = 6 * u * L_max**2 * (2 * Q - 3 + 2 / Q) + 3 * (Q - 1) ** 2 * L_A**2
    gamma = threshold(M_squared, f.L)
    method = M3(gamma, beta=1.0, full_down=1 / Q, full_up=r)
    draws = [
        (down * up / len(SIGNS), ((mask, mask_up), sign * noise))
        for down, mask in coin(1 / Q, list(perm_k(N, N)))
        for up, mask_up in coin(r, list(rand_1(N, N)))
        for sign in SIGNS
    ]
    assert sum(weight for weight, _ in draws) == pytest.approx(1)

    def step(state, draw):
        *state, kept = state
        world = Minibatches(f, kept, *draw)
        after = method.step(world, *state)
        assert np.allclose(after[2].mean(axis=0), after[0])
        return *after, world.kept

    def measure(state):
        return square(f.gradient(state[0]))

    def errors(state):
        x, g, w, _, kept = state
        off = kept - f.gradients(w)
        own = square(g - kept.mean(axis=0)) / r + (Q * L_A**2 + 2 * u * L_max**2) * mean_square(w - x)
        return own + 2 * u * mean_square(off) + square(off.mean(axis=0))

    def V(state):
        return f.value(state[0]) + 3 * gamma / 2 * errors(state)

    floor = (3 / N + 9 * u) * variance
    for scale in (0.1, 1, 10):  # one step, from any state
        a = scale * rng.standard_normal((N, N))
        w = x + a - a.mean(axis=0)
        state = x, scale * rng.standard_normal(N), w, w, f.gradients(w) + scale * rng.standard_normal((N, N))
        after = sum(weight * V(step(state, draw)) for weight, draw in draws)
        assert after <= V(state) + gamma / 2 * (floor - measure(state)) + 1e-9 * V(state)
    w = np.tile(x, (N, 1))
    start = x, f.gradient(x), w, w, f.gradients(w)
    assert errors(start) == pytest.approx(0)
    for times in (1, 2, 3):
        bound = 2 * f.value(x) / (gamma * times) + floor
        assert expected_average(step, measure, start, draws, times) <= bound * ROUNDING
