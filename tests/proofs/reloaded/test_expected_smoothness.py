"""EF21 with minibatches whose noise grows with values and gradients: every line, and T rounds against their bound."""

import math

import numpy as np
import pytest

from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import quadratics, rand_k, square, top_k
from tests.proofs.reloaded.values import check_round, over_draws


class Minibatches(Method):
    """Samples err by one of two opposite vectors, as far as expected smoothness allows; the second agent takes two."""

    slug = "ef21_sgd_expected_smoothness"
    kind = EF21SGD
    scale = 0.3

    def constants(self):
        problem, q = self.problem, math.sqrt(self.s)
        self.sizes = 1 + np.arange(self.n) % 2
        self.least = np.array([-b @ np.linalg.solve(A, b) / 2 for A, b in zip(problem.A, problem.b)])
        noise, theta, v = q**3 + 1 / (1 - q), 1 - q**2, 1 / self.sizes
        each = self._scale(theta / noise, v) * np.ones(self.n)
        quadratic = math.sqrt((problem.L_i**2).mean())
        env = {"q": q, "L": problem.L, "T": 1.0, "L_i": problem.L_i, "Ltilde": quadratic, "v_i": v}
        env |= {"A_i": each, "B_i": 1 + each, "C_i": np.arange(1.0, self.n + 1)}
        env |= {"Atilde": (2 * v * each * (1 + problem.L_i)).max(), "Ctilde": (v * env["C_i"]).mean()}
        self.noise = env
        return env | {"D": problem.least - self.least.mean(), "z": quadratic * math.sqrt(q**3 / (1 - q) / theta)}

    def _scale(self, room, v):
        return self.scale

    @property
    def growth(self):
        q = self.env["q"]
        return self.step * (q**3 + 1 / (1 - q)) * self.env["Atilde"] / (2 * (1 - q**2))

    def start(self):
        return super().start() | {"S": 0.0}

    def following(self, state, rng):
        self.problem.noisy_gradients = self._noisy
        after, names = super().following(state, rng)
        return after | {"S": (1 + self.growth) * state["S"] + self.quantity(state)}, names

    def _above(self, x):
        """The values of the f_i, from their infima."""
        return np.array([x @ A @ x / 2 - b @ x for A, b in zip(self.problem.A, self.problem.b)]) - self.least

    def _noisy(self, x, rng):
        h, of = self.problem.gradients(x), self.noise
        length = np.sqrt(2 * of["A_i"] * self._above(x) + (of["B_i"] - 1) * square(h) + of["C_i"])
        signs = [np.mean([2 * int(rng.integers(2)) - 1 for _ in range(size)]) for size in self.sizes]
        return h + (length * signs / math.sqrt(self.d))[:, None]

    def names(self, state):
        return super().names(state) | {"F+_i": self._above(self.moved(state))}

    def measures(self, state):
        return super().measures(state) | {"S": state["S"]}

    def _run(self, times, rng):
        return super()._run(times, rng) | {"power": (1 + self.growth) ** times}


class MinibatchesPL(Minibatches):
    """Noise that grows so little that it leaves half of the rate."""

    slug = "ef21_sgd_expected_smoothness_pl"

    def constants(self):
        env = super().constants()
        mu, theta, z = self.problem.mu, 1 - env["q"] ** 2, math.sqrt(2) * env["z"]
        return env | {"mu": mu, "z": z, "gamma": min(1 / (env["L"] + z), theta / (2 * mu))}

    def _scale(self, room, v):
        return room * self.problem.mu / (4 * v * (1 + self.problem.L_i)).max()

    def _run(self, times, rng):
        return super()._run(times, rng) | {"(1 - gamma mu/2)^T": (1 - self.step * self.env["mu"] / 2) ** times}


every_method = pytest.mark.parametrize("method", [Minibatches, MinibatchesPL])


@every_method
@pytest.mark.parametrize("seed", range(3))
def test_every_round_with_top_k(method, seed):
    method(quadratics(np.random.default_rng(seed)), top_k, math.sqrt(2 / 3), seed).check_rounds(4, seed)


@every_method
def test_every_round_with_rand_k(method):
    method(quadratics(np.random.default_rng(9), n=2), rand_k, math.sqrt(2 / 3), 9).check_rounds(3)


@every_method
def test_all_rounds_together(method):
    run = method(quadratics(np.random.default_rng(4), n=2, d=2), top_k, math.sqrt(1 / 2), 4)
    run.check_total(3)
    assert run.env["D"] > 0


@every_method
def test_noise_beyond_the_model_is_noticed(method):
    run = method(quadratics(np.random.default_rng(1)), top_k, math.sqrt(2 / 3), 1)
    run.noise = run.noise | {"C_i": 2 * run.noise["C_i"]}
    with pytest.raises(AssertionError, match="variance"):
        run.check_rounds(1)


def test_the_contraction_lemma():
    """The lines of the lemma in one round of the method."""
    run = Minibatches(quadratics(np.random.default_rng(2)), top_k, math.sqrt(2 / 3), 2)
    run.theorem = packaged_theorem("expected_smoothness")
    state = run.start()
    names = over_draws(lambda rng: run.following(state, rng)[1])
    move = run.moved(state) - state["x"]
    check_round(run.theorem, {**run.env, **run.names(state), **names, "p": move})
