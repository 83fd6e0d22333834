"""EF-BV on random quadratics: the bound of its theorem, in expectation over all draws, biased or not."""

import numpy as np
import pytest

from eftheory.methods import EFBV
from tests.proofs.bidirectional.problems import expected_average, mean_square, rand_1, square, threshold
from tests.proofs.bidirectional.test_methods import ROUNDING, Drawn, N, problem


@pytest.mark.parametrize("kept", [1, 0.5])
@pytest.mark.parametrize(("beta", "nu"), [(1 / N, 1), (1 / N, 1 / (1 + (N - 1) / N)), (0.5, 0.5)])
@pytest.mark.parametrize("seed", range(4))
def test_ef_bv(seed, beta, nu, kept):
    """Messages are Rand-1, of which a share is kept: their bias is 1 - kept, their variance kept^2 (N - 1)."""
    rng, functions, x0 = problem(seed)
    eta, omega = 1 - kept, kept**2 * (N - 1)
    R = (1 - nu + nu * eta) ** 2 + nu**2 * omega / N
    s = np.sqrt((1 - beta + beta * eta) ** 2 + beta**2 * omega)
    assert s < 1
    gamma = threshold(R * np.mean(functions.L_i**2) / (1 - s) ** 2, functions.L)
    draws = [(weight, kept * mask) for weight, mask in rand_1(N, N)]
    method = EFBV(gamma, beta=beta, nu=nu)

    def step(state, mask):
        return method.step(Drawn(functions, mask), *state)

    def measure(state):
        return square(functions.gradient(state[0]))

    def error(state):
        return mean_square(functions.gradients(state[0]) - state[1])

    def V(state):
        return functions.value(state[0]) + gamma * R / (2 * (1 - s)) * error(state)

    for size in (0.1, 1, 10):  # one step, from any state
        state = x0, size * rng.standard_normal((N, N))
        after = sum(weight * V(step(state, mask)) for weight, mask in draws)
        assert after <= V(state) - gamma / 2 * measure(state) + 1e-9 * V(state)
    start = x0, rng.standard_normal((N, N))
    for times in (1, 2):
        bound = 2 * functions.value(x0) / (gamma * times) + R * error(start) / ((1 - s) * times)
        assert expected_average(step, measure, start, draws, times) <= bound * ROUNDING
