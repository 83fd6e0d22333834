"""Error feedback on agents with similar gradients: every line in every round, and T rounds against their bound."""

import math

import numpy as np
import pytest

from eftheory.methods import EF
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import Quadratics, logistic, quadratics, rand_k, square, top_k


class ErrorFeedback(Method):
    """The problem says how similar gradients are, as ``a`` and ``zeta``."""

    slug = "ef_nonconvex"
    kind = EF

    def constants(self):
        a, zeta = self.problem.a, self.problem.zeta
        return super().constants() | {"a": a, "b": abs(a), "zeta": zeta}

    def start(self):
        return {"x": self.x, "e": np.where(np.arange(self.n)[:, None] == 0, 0, 0.1 * self.x)}

    def _gradient(self, x):
        return self.problem.gradients(x).mean(0)

    def names(self, state):
        x, e = state["x"], state["e"]
        return {"x": x, "e_i": e, "h_i": self.problem.gradients(x), "hy": self._gradient(x - e.mean(0))}

    def measures(self, state):
        e = state["e"]
        return {"fy": self.problem.value(state["x"] - e.mean(0)), "E": square(e).mean()}

    def _outcome(self, state, rng):
        """The value at y+ is the same for all draws, up to rounding."""
        y_next = state["x"] - state["e"].mean(0) - self.step * self._gradient(state["x"])
        outcome = super()._outcome(state, rng)
        assert outcome["fy+"] == pytest.approx(self.problem.value(y_next))
        return outcome | {"fy+": self.problem.value(y_next)}


def bounded(rng, n=3, d=3):
    """Gradients are bounded: those of the loss by the lengths of the examples, those of the regulariser by 1/15."""
    problem = logistic(rng, n, d)
    longest = np.linalg.norm(problem.a, axis=-1).mean(1) + math.sqrt(d) / 15
    problem.zeta = math.sqrt((longest**2).mean())
    return _Renamed(problem)


class _Renamed:
    """A problem whose examples are called a: here a is a constant, 0."""

    a = 0.0

    def __init__(self, problem):
        self.n, self.d, self.n_agents, self.L, self.zeta = problem.n, problem.d, problem.n, problem.L, problem.zeta
        self.value, self.gradients = problem.value, problem.gradients


def proportional(rng, n=3, d=3):
    """Multiples of one function, with mean 1."""
    shares = rng.uniform(0.5, 2, size=n)
    shares /= shares.mean()
    one = quadratics(rng, 1, d)
    problem = Quadratics(shares[:, None, None] * one.A, shares[:, None] * one.b)
    problem.a, problem.zeta = math.sqrt((shares**2).mean()), 0.0
    return problem


every_problem = pytest.mark.parametrize("problem", [bounded, proportional])


@every_problem
@pytest.mark.parametrize("seed", range(3))
def test_every_round_with_top_k(problem, seed):
    ErrorFeedback(problem(np.random.default_rng(seed)), top_k, math.sqrt(2 / 3), seed).check_rounds(10, seed)


@every_problem
def test_every_round_with_rand_k(problem):
    ErrorFeedback(problem(np.random.default_rng(9), n=2), rand_k, math.sqrt(2 / 3), 9).check_rounds(3)


@every_problem
def test_all_rounds_together(problem):
    for compress, times in ((rand_k, 3), (top_k, 60)):
        ErrorFeedback(problem(np.random.default_rng(4), n=2, d=2), compress, math.sqrt(1 / 2), 4).check_total(times)


def test_gradients_that_are_not_similar_are_noticed():
    problem = bounded(np.random.default_rng(1))
    problem.zeta = 0.0
    with pytest.raises(AssertionError, match="similar gradients"):
        ErrorFeedback(problem, top_k, math.sqrt(2 / 3), 1).check_rounds(1)


def test_a_step_that_is_too_long_is_noticed():
    run = ErrorFeedback(proportional(np.random.default_rng(1)), top_k, math.sqrt(2 / 3), 1)
    run.env["gamma"] *= 2
    run.step = run.stepsize()
    with pytest.raises(AssertionError, match="short step"):
        run.check_rounds(1)
