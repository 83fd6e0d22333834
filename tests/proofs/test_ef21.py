"""EF21 on random problems: hypotheses, lines and claims of its theorems hold in every round."""

import numpy as np
import pytest

from eftheory.recording.record import complete
from tests.proofs.reloaded.drawing import NotingWorld
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import logistic, quadratics, rand_k, top_k

COMPRESSORS = [top_k, rand_k]


class EF21Method(Method):
    """With the constants of the published theorems."""

    def constants(self):
        L_i = self.problem.L_i
        return super().constants() | {"L_i": L_i, "Ltilde": np.sqrt((L_i**2).mean())}


class DecreasingSteps(EF21Method):
    """Steps fall by a factor that differs from time to time; one is kept."""

    slug = "ef21_decreasing_steps"
    longest = ""
    totals = 1
    factors = 1, 0.5, 0.9

    def stepsize(self):
        s = self.s
        return 1 / (self.problem.L + self.env["Ltilde"] * s / (1 - s))

    def start(self):
        return super().start() | {"time": 0}

    def _gamma(self, time):
        return self.step * np.prod([self.factors[t % len(self.factors)] for t in range(time)])

    def following(self, state, rng):
        world = NotingWorld(self.problem, self.compress, rng=rng)
        method = complete(self.kind)(self._gamma(state["time"]))
        x, d = method.step(world, state["x"], state["d"])
        return {"x": x, "d": d, "time": state["time"] + 1}, world.names

    def names(self, state):
        time = state["time"]
        return super().names(state) | {"gamma": self._gamma(time), "gamma+": self._gamma(time + 1)}

    def measures(self, state):
        measures = super().measures(state)
        return {"f": measures["f"], "H": self._gamma(state["time"]) * measures["G"]}

    def quantity(self, state):
        return self._gamma(state["time"]) * super().quantity(state)


CASES = [(DecreasingSteps, logistic), (DecreasingSteps, quadratics)]
every_case = pytest.mark.parametrize(("method", "problem"), CASES, ids=lambda case: case.__name__)


@every_case
@pytest.mark.parametrize("seed", range(3))
def test_every_round_with_top_k(method, problem, seed):
    method(problem(np.random.default_rng(seed)), top_k, np.sqrt(2 / 3), seed).check_rounds(5, seed)


@every_case
def test_every_round_with_rand_k(method, problem):
    method(problem(np.random.default_rng(9), n=2), rand_k, np.sqrt(2 / 3), 9).check_rounds(3)


@every_case
def test_all_rounds_together(method, problem):
    draw = np.random.default_rng(4)
    method(problem(draw, n=2, d=2), rand_k, np.sqrt(1 / 2), 4).check_total(3)
    method(problem(draw, n=2, d=2), top_k, np.sqrt(1 / 2), 4).check_total(60)
