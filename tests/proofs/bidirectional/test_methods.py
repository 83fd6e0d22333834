"""The methods on random quadratics: the bounds of their theorems, in expectation over all draws."""

import numpy as np
import pytest

from eftheory.compressors import TopK
from eftheory.laws.time_complexity import m3_noise
from eftheory.methods import m3
from eftheory.methods.ef21_p import EF21P
from eftheory.methods.marina import Marina
from eftheory.methods.marina_p import MarinaP
from eftheory.simulate import NumericWorld
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

SEEDS = range(6)
ROUNDING = 1 + 1e-9
N = 3


class Drawn(NumericWorld):
    """A world in which all draws have fallen, as masks that messages are multiplied with; None where all is sent."""

    def __init__(self, functions, *masks, noise=0):
        super().__init__(functions, TopK(1))
        self.fallen, self.masks, self.noise = iter(masks), iter(masks), noise

    def coin(self, chance):
        return float(next(self.fallen) is not None)

    def local_gradient(self, w):
        return self.problem.gradients(w) + self.noise

    def compress(self, v):
        mask = next(self.masks)
        return 0 * v if mask is None else mask * v

    send = compress


def problem(seed, *, spread=1.0):
    rng = np.random.default_rng(seed)
    return rng, Quadratics.drawn(rng, N, N, spread=spread), rng.standard_normal(N)


@pytest.mark.parametrize("down", ["PermK", "same Rand-1", "independent Rand-1"])
@pytest.mark.parametrize("seed", SEEDS)
def test_marina_p(seed, down):
    rng, functions, x0 = problem(seed)
    L_A, L_B = functions.functional()
    masks = {
        "PermK": list(perm_k(N, N)),
        "same Rand-1": [(1 / N, np.tile(N * np.eye(N)[j], (N, 1))) for j in range(N)],
        "independent Rand-1": list(rand_1(N, N)),
    }[down]
    omega, theta = N - 1, {"PermK": 0, "same Rand-1": N - 1, "independent Rand-1": (N - 1) / N}[down]
    p = 1 / N
    M2 = (1 / p - 1) * (L_A**2 * omega + L_B**2 * theta)
    gamma = threshold(M2, functions.L)
    draws, method = list(coin(p, masks)), MarinaP(gamma, p)

    def step(state, mask):
        return method.step(Drawn(functions, mask), *state)

    def spread(u):
        return L_A**2 * mean_square(u) + L_B**2 * square(u.mean(axis=0))

    def V(state):
        return functions.value(state[0]) + gamma / (2 * p) * spread(state[1] - state[0])

    def measure(state):
        return square(functions.gradient(state[0]))

    for _ in range(20):  # one step, from any state
        state = x0, x0 + rng.standard_normal((N, N)) * rng.choice([0.1, 1, 10])
        after = sum(weight * V(step(state, mask)) for weight, mask in draws)
        assert after <= V(state) - gamma / 2 * measure(state) + 1e-9 * V(state)
    start = x0, np.tile(x0, (N, 1))
    for times in (1, 2, 3, 4) if down == "PermK" else (1, 2):
        bound = 2 * functions.value(x0) / (gamma * times)
        assert expected_average(step, measure, start, draws, times) <= bound * ROUNDING


@pytest.mark.parametrize("seed", SEEDS)
def test_perm_k_steps_of_marina_p_along_random_runs(seed):
    """A long run, averaged over 400 of them: the mean plus five of its standard errors is below the bound."""
    rng, functions, x0 = problem(seed, spread=0.1)
    L_A = functions.functional(0.01)[0]
    gamma, times, runs = 1 / (functions.L + (N - 1) * L_A), 30, 400
    averages, method = np.zeros(runs), MarinaP(gamma, 1 / N)
    for run in range(runs):
        x, w = x0, np.tile(x0, (N, 1))
        for _ in range(times):
            averages[run] += square(functions.gradient(x)) / times
            mask = None if rng.random() < 1 / N else N * np.eye(N)[rng.permutation(N)]
            x, w = method.step(Drawn(functions, mask), x, w)
    upper = averages.mean() + 5 * averages.std() / np.sqrt(runs)
    assert upper <= 2 * functions.value(x0) / (gamma * times)


@pytest.mark.parametrize("seed", SEEDS)
def test_marina_p_minibatch(seed):
    rng, functions, x0 = problem(seed)
    L_A, _ = functions.functional(0.01)
    M2, p = ((N - 1) * L_A) ** 2, 1 / N
    gamma = threshold(M2, functions.L)
    noise = rng.standard_normal(N)
    variance = square(noise)
    draws = [(weight / 2, (mask, sign * noise)) for weight, mask in coin(p, list(perm_k(N, N))) for sign in (-1, 1)]

    method = MarinaP(gamma, p)

    def step(state, draw):
        mask, xi = draw
        return method.step(Drawn(functions, mask, noise=xi), *state)

    def measure(state):
        return square(functions.gradient(state[0]))

    for times in (1, 2, 3):
        bound = 2 * functions.value(x0) / (gamma * times) + (M2 * gamma**2 + functions.L * gamma) * variance
        average = expected_average(step, measure, (x0, np.tile(x0, (N, 1))), draws, times)
        assert average <= bound * ROUNDING


@pytest.mark.parametrize("seed", SEEDS)
def test_marina(seed):
    rng, functions, x0 = problem(seed)
    p, omega = 1 / N, N - 1
    L_tilde = np.sqrt(np.mean(functions.L_i**2))
    gamma = threshold((1 - p) * omega / (p * N) * L_tilde**2, functions.L)
    draws = list(coin(p, list(rand_1(N, N))))

    method = Marina(gamma, p)

    def step(state, mask):
        return method.step(Drawn(functions, mask), *state)

    def V(state):
        return functions.value(state[0]) + gamma / (2 * p) * square(state[1] - functions.gradient(state[0]))

    def measure(state):
        return square(functions.gradient(state[0]))

    for _ in range(20):
        state = x0, rng.standard_normal(N) * rng.choice([0.1, 1, 10])
        after = sum(weight * V(step(state, mask)) for weight, mask in draws)
        assert after <= V(state) - gamma / 2 * measure(state) + 1e-9 * V(state)
    for times in (1, 2, 3):
        bound = 2 * functions.value(x0) / (gamma * times)
        assert expected_average(step, measure, (x0, functions.gradient(x0)), draws, times) <= bound * ROUNDING


@pytest.mark.parametrize("seed", SEEDS)
def test_marina_perm_k(seed):
    rng, functions, x0 = problem(seed)
    p = 1 / N
    differ = functions.A - functions.A.mean(axis=0)
    L_pm2 = np.linalg.norm(np.mean(differ @ differ, axis=0), 2)
    gamma = threshold((N - 1) * L_pm2, functions.L)
    draws = list(coin(p, list(perm_k(N, N))))

    method = Marina(gamma, p)

    def step(state, mask):
        return method.step(Drawn(functions, mask), *state)

    def V(state):
        return functions.value(state[0]) + gamma / (2 * p) * square(state[1] - functions.gradient(state[0]))

    def measure(state):
        return square(functions.gradient(state[0]))

    for _ in range(20):
        state = x0, rng.standard_normal(N) * rng.choice([0.1, 1, 10])
        after = sum(weight * V(step(state, mask)) for weight, mask in draws)
        assert after <= V(state) - gamma / 2 * measure(state) + 1e-9 * V(state)
    for times in (1, 2, 3, 4):
        bound = 2 * functions.value(x0) / (gamma * times)
        assert expected_average(step, measure, (x0, functions.gradient(x0)), draws, times) <= bound * ROUNDING


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_ef21_p_every_step(seed, k):
    """Deterministic Top-k: V decreases in every step as proved, and so the averages are bounded."""
    _, functions, x0 = problem(seed)
    s = np.sqrt(1 - k / N)
    theta, xi = 1 - s, s / (1 - s)
    gamma = threshold((xi * functions.L) ** 2, functions.L)
    x, w, total = x0, x0, 0.0
    method, world = EF21P(gamma), NumericWorld(functions, TopK(k))
    for time in range(1, 200):
        gradient, before = square(functions.gradient(x)), square(w - x)
        V = functions.value(x) + gamma * functions.L**2 / (2 * theta) * before
        total += gradient
        x, w = method.step(world, x, w)
        after = functions.value(x) + gamma * functions.L**2 / (2 * theta) * square(w - x)
        assert after <= V - gamma / 2 * gradient + 1e-12
        assert total / time <= 2 * functions.value(x0) / (gamma * time) * ROUNDING


class M3:
    """M3 with PermK down and Rand-1 up, n = d."""

    def __init__(self, functions, beta, p=1 / N, r=1 / N):
        self.functions, self.beta, self.p, self.r = functions, beta, p, r
        self.L_A, self.L_B = functions.functional()
        self.L_max = max(functions.L_i)
        constants = {"L_max": self.L_max, "L_A": self.L_A, "L_B": self.L_B}
        self.gamma = threshold(m3_noise(p, r, beta, N, N - 1, 0, N - 1, **constants), functions.L)
        self.method = m3.M3(self.gamma, beta, p, r)
        self.draws = [
            (weight * other, (down, up))
            for weight, down in coin(p, list(perm_k(N, N)))
            for other, up in coin(r, list(rand_1(N, N)))
        ]

    def step(self, state, draw):
        """The state of the method, and how z moved."""
        *own, before, _ = state
        *after, z = self.method.step(Drawn(self.functions, *draw), *own, before)
        return *after, z, z - before

    def measure(self, state):
        return square(self.functions.gradient(state[0]))

    def start(self, x0):
        w = np.tile(x0, (N, 1))
        return x0, self.functions.gradient(x0), w, w, 0 * w

    def spread(self, u):
        return self.L_A**2 * mean_square(u) + self.L_B**2 * square(u.mean(axis=0))

    def V(self, state):
        """As in the proof."""
        (x, g, w, z, y), gamma, beta, p, r = state, self.gamma, self.beta, self.p, self.r
        up = (1 - r) * (N - 1) / (r * N) * self.L_max**2
        return (
            self.functions.value(x)
            + gamma / r * square(g - self.functions.gradients(z).mean(axis=0))
            + gamma * up * (1 - beta) / beta * mean_square(y)
            + gamma * up * (2 * p + beta * (1 - p)) * mean_square(w - x)
            + 2 * gamma * (1 - p) / p * self.spread(w - x)
            + gamma / beta * self.spread(z - x)
        )


@pytest.mark.parametrize("beta", [1, 0.48, 0.1])
@pytest.mark.parametrize("seed", SEEDS)
def test_m3_one_step_from_any_state(seed, beta):
    rng, functions, x0 = problem(seed)
    method = M3(functions, beta)
    for _ in range(4):
        w, old = (x0 + rng.standard_normal((N, N)) * rng.choice([0.1, 1, 10]) for _ in range(2))
        z = beta * w + (1 - beta) * old
        state = x0, rng.standard_normal(N) * rng.choice([0.1, 1, 10]), w, z, z - old
        V = method.V(state)
        after = sum(weight * method.V(method.step(state, draw)) for weight, draw in method.draws)
        assert after <= V - method.gamma / 2 * method.measure(state) + 1e-9 * V


@pytest.mark.parametrize("beta", [1, 0.48])
@pytest.mark.parametrize("seed", SEEDS)
def test_m3(seed, beta):
    """The first two steps over all draws, and 100 runs: the mean plus five standard errors is below the bound."""
    rng, functions, x0 = problem(seed, spread=0.1)
    method = M3(functions, beta)
    start = method.start(x0)
    for times in (1, 2, 3) if seed == 0 else (1, 2):
        bound = 2 * functions.value(x0) / (method.gamma * times)
        assert expected_average(method.step, method.measure, start, method.draws, times) <= bound * ROUNDING
    weights, runs, times = [weight for weight, _ in method.draws], 100, 30
    averages = np.zeros(runs)
    for run in range(runs):
        state = start
        for j in rng.choice(len(weights), times, p=np.array(weights) / sum(weights)):
            averages[run] += method.measure(state) / times
            state = method.step(state, method.draws[j][1])
    upper = averages.mean() + 5 * averages.std() / np.sqrt(runs)
    assert upper <= 2 * functions.value(x0) / (method.gamma * times)
