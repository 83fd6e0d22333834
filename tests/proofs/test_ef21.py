"""EF21 on random problems: hypotheses, lines and claims of its theorems hold in every round."""

import numpy as np
import pytest

from eftheory.recording.record import complete
from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.drawing import NotingWorld
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import logistic, quadratics, rand_k, top_k
from tests.proofs.reloaded.values import check_round

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


class Nonconvex(EF21Method):
    slug = "ef21_nonconvex"


class PL(EF21Method):
    """At the published step."""

    slug = "ef21_pl"
    longest = ""

    def constants(self):
        env = super().constants()
        return env | {"mu": self.problem.mu, "z": np.sqrt(2) * env["Ltilde"] * self.s / (1 - self.s)}

    def stepsize(self):
        env = self.env
        return min(1 / (env["L"] + env["z"]), (1 - self.s) / (2 * env["mu"]))

    def psi(self, state):
        measures = self.measures(state)
        return measures["f"] + self.step / (1 - self.s) * measures["G"]


def problem_of_two(seed):
    return quadratics(np.random.default_rng(seed), n=2, d=2)


def complexity(run, **more):
    """The values of `ef21_complexity` at the start of a run."""
    measures = run.measures(run.start())
    env = {name: run.env[name] for name in ("s", "L")} | {"C": run.env["Ltilde"], "G0": measures["G"]}
    return env | {"Delta": measures["f"], "mu": 1, "z": 1, "Psi0": 1, "H": 1e9, "eps": measures["f"] / 10} | more


@pytest.mark.parametrize("seed", range(3))
def test_the_number_of_steps_to_eps(seed):
    run = Nonconvex(problem_of_two(seed), top_k, np.sqrt(1 / 2), seed)
    env = complexity(run)
    start = 2 * env["Delta"] * (run.env["L"] + env["C"] * run.s / (1 - run.s)) + env["G0"] / (1 - run.s)
    T = np.ceil(start / env["eps"])
    simple = np.ceil(2 * (env["Delta"] * (env["L"] + 3 * env["C"]) + env["G0"] * 2) / env["eps"])
    check_round(packaged_theorem("ef21_complexity"), env | {"T": T, "T'": simple})
    assert run._run(int(T), None)["average"] <= env["eps"]


@pytest.mark.parametrize("seed", range(3))
def test_blocks_of_steps_halve(seed):
    run = PL(problem_of_two(seed), top_k, np.sqrt(1 / 2), seed)
    H = int(np.ceil((run.env["L"] + run.env["z"]) / run.env["mu"] + 2 / (1 - run.s)))
    state, blocks = run.start(), packaged_theorem("blocks")
    env = complexity(run, mu=run.env["mu"], z=run.env["z"], Psi0=run.psi(state), H=H, T=1e9)
    check_round(packaged_theorem("ef21_complexity"), env | {"T'": 1e9, "eps": env["Delta"]})
    for _ in range(3):
        V = run.psi(state)
        for _ in range(H):
            state, _ = run.following(state, None)
        after = {"V+": np.array([run.psi(state)]), "probabilities": np.ones(1)}
        check_round(blocks, {"loss": run.step * run.env["mu"], "q": 1 / 2, "H": H, "V": V, **after})
