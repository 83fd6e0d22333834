"""The extensions of EF21 under the Polyak-Lojasiewicz inequality: every line in every round, and T rounds together."""

import math

import numpy as np
import pytest

from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.methods import Bidirectional, HeavyBall, Prox
from tests.proofs.reloaded.problems import quadratics, rand_k, top_k
from tests.proofs.reloaded.values import check_round, over_draws


class ProxPL(Prox):
    """Strongly convex f and the 1-norm; both are measured from the least value of their sum."""

    slug = "ef21_prox_pl"

    def constants(self):
        env = super().constants()
        xi = self.s / (1 - self.s)
        env |= {"mu": self.problem.mu, "z": math.sqrt(2) * xi * env["Ltilde"]}
        self.least = self._least()
        return env | {"gamma": min(1 / (env["L"] + env["z"]), (1 - self.s) / (2 * env["mu"]))}

    def _least(self):
        x, step = self.x, 1 / self.problem.L
        for _ in range(20000):
            x = self._prox(x - step * self.problem.gradients(x).mean(0), step)
        return self.problem.value(x) + self._psi(x)

    def measures(self, state):
        measured = super().measures(state)
        return measured | {"f": measured["f"] - self.least}


class HeavyBallPL(HeavyBall):
    slug = "ef21_heavy_ball_pl"

    def constants(self):
        env, eta, xi = super().constants(), self.eta, self.s / (1 - self.s)
        of_L = 2 * eta * (1 + eta) * (env["L"] / (1 - eta)) ** 2
        env |= {"mu": self.problem.mu, "z'": math.sqrt(of_L + 2 * ((1 + eta) * xi * env["Ltilde"]) ** 2)}
        slow = min(1 - self.s, 1 - eta) / (2 * env["mu"])
        return env | {"lambda": min(1 / (env["L"] + env["z'"]), slow)}

    def names(self, state):
        return super().names(state) | {"fx": self.problem.value(state["x"])}

    def _run(self, times, rng):
        power = (1 - self.env["lambda"] * self.env["mu"]) ** times
        return super()._run(times, rng) | {"(1 - lambda mu)^T": power}


class BidirectionalPL(Bidirectional):
    slug = "ef21_bidirectional_pl"

    def constants(self):
        env, both = super().constants(), (1 - self.s) ** 2
        env |= {"mu": self.problem.mu, "gamma*": 1 / (env["L"] + 8 * env["Ltilde"] / both)}
        longest, moved = 1 / (env["L"] + 6 * env["Ltilde"] / both), 4 * self.s * (1 + self.s) ** 2 / both
        env |= {"A": 2 / (self.s * (1 - self.s)), "B": 2 / (1 - self.s) * (1 / (1 - self.s) + moved)}
        return env | {"gamma": min(longest, (1 - self.s) / (2 * env["mu"]))}


METHODS = [ProxPL, HeavyBallPL, BidirectionalPL]
every_method = pytest.mark.parametrize("method", METHODS)


@every_method
@pytest.mark.parametrize("seed", range(3))
def test_every_round_with_top_k(method, seed):
    method(quadratics(np.random.default_rng(seed)), top_k, math.sqrt(2 / 3), seed).check_rounds(5, seed)


@every_method
def test_every_round_with_rand_k(method):
    method(quadratics(np.random.default_rng(9), n=2), rand_k, math.sqrt(2 / 3), 9).check_rounds(3)


@every_method
def test_all_rounds_together(method):
    draw = np.random.default_rng(4)
    for compress, times in ((rand_k, 3), (top_k, 60)):
        method(quadratics(draw, n=2, d=2), compress, math.sqrt(1 / 2), 4).check_total(times)


@every_method
def test_a_step_that_is_too_long_is_noticed(method):
    run = method(quadratics(np.random.default_rng(1)), top_k, math.sqrt(2 / 3), 1)
    run.env[run.longest.rstrip("'")] *= 2
    run.step = run.stepsize()
    with pytest.raises(AssertionError, match="short step"):
        run.check_rounds(1)


@every_method
def test_a_mu_that_is_too_large_is_noticed(method):
    run = method(quadratics(np.random.default_rng(1)), top_k, math.sqrt(2 / 3), 1)
    run.env["mu"] *= 1e9
    with pytest.raises(AssertionError, match="Polyak-Lojasiewicz"):
        run.check_rounds(1)


def test_what_two_compressors_do_to_the_errors():
    """The lines of the lemma in one round of the method."""
    run = BidirectionalPL(quadratics(np.random.default_rng(2), n=2), rand_k, math.sqrt(2 / 3), 2)
    state = run.start()
    drawn = over_draws(lambda rng: run.following(state, rng)[1])
    move = run.moved(state) - state["x"]
    check_round(packaged_theorem("two_compressors_contract"), {**run.env, **run.names(state), **drawn, "p": move})
