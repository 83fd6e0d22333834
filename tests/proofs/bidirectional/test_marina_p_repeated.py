"""One function for all agents, minibatches and repeated messages: the bound, in expectation over all draws."""

from itertools import product

import numpy as np
import pytest

from eftheory.methods.marina_p import MarinaP
from tests.proofs.bidirectional.problems import (
    Quadratics,
    coin,
    expected_average,
    mean_square,
    perm_k,
    square,
    threshold,
)
from tests.proofs.bidirectional.test_methods import ROUNDING, Drawn

N, J = 2, 2
UP = [N * np.eye(N)[list(kept)].mean(axis=0) for kept in product(range(N), repeat=J)]
SIGNS = [np.array(signs)[:, None] for signs in product((-1, 1), repeat=N)]


class Quadratic(Quadratics):
    """The same for all: gradients of copies that are right on average have no error in the mean."""

    L_A = 0

    @classmethod
    def drawn(cls, rng):
        one = Quadratics.drawn(rng, 1, N)
        return cls(np.repeat(one.A, N, axis=0), np.repeat(one.b, N, axis=0))


class AlmostDistance:
    """f(x) = sum of w_j sqrt(1 + x_j^2) - w_j, for all agents."""

    def __init__(self, w):
        self.w, self.L = w, max(w)
        self.L_A = self.L

    @classmethod
    def drawn(cls, rng):
        return cls(rng.uniform(0.5, 2, N))

    def gradients(self, points):
        points = np.broadcast_to(points, (N, N))
        return self.w * points / np.sqrt(1 + points**2)

    def gradient(self, x):
        return self.gradients(x)[0]

    def value(self, x):
        return float((self.w * (np.sqrt(1 + x**2) - 1)).sum())


class Repeated(Drawn):
    """What goes up is multiplied with the means of J masks."""

    def __init__(self, functions, mask, noise, up):
        super().__init__(functions, mask, noise=noise)
        self.up = up

    def local_gradient(self, w):
        return self.up * super().local_gradient(w)


@pytest.mark.parametrize("functions", [Quadratic, AlmostDistance])
@pytest.mark.parametrize("seed", range(3))
def test_marina_p_repeated(functions, seed):
    rng = np.random.default_rng(seed)
    f, x, noise = functions.drawn(rng), rng.standard_normal(N) * 2, rng.standard_normal(N)
    omega, variance, Q = N - 1, square(noise), N
    a = omega / (J * N)
    M_squared = (Q - 1) ** 2 * (f.L_A**2 + 2 * a * f.L**2)
    gamma = threshold(M_squared, f.L)
    chance = 1 / (len(UP) ** N * len(SIGNS))
    draws = [
        (weight * chance, (mask, sign * noise, np.array(up)))
        for weight, mask in coin(1 / Q, list(perm_k(N, N)))
        for sign in SIGNS
        for up in product(UP, repeat=N)
    ]
    assert sum(weight for weight, _ in draws) == pytest.approx(1)
    method = MarinaP(gamma, 1 / Q)

    def step(state, draw):
        after = method.step(Repeated(f, *draw), *state)
        assert np.allclose(after[1].mean(axis=0), after[0])
        return after

    def measure(state):
        return square(f.gradient(state[0]))

    def V(state):
        return f.value(state[0]) + gamma * Q / 2 * (f.L_A**2 + 2 * a * f.L**2) * mean_square(state[1] - state[0])

    floor = (M_squared * gamma**2 + f.L * gamma) * (1 + omega / J) * variance / N
    for scale in (0.1, 1, 10):  # one step, from any state
        u = scale * rng.standard_normal((N, N))
        state = x, x + u - u.mean(axis=0)
        after = sum(weight * V(step(state, draw)) for weight, draw in draws)
        assert after <= V(state) + gamma / 2 * (floor - (1 - 2 * a) * measure(state)) + 1e-9 * V(state)
    for times in (1, 2):
        bound = (2 * f.value(x) / (gamma * times) + floor) / (1 - 2 * a)
        start = x, np.tile(x, (N, 1))
        average = expected_average(step, measure, start, draws, times)
        assert average <= bound * ROUNDING
