"""Compressed gradient descent with one agent on random problems: hypotheses, lines and claims hold in every round."""

import numpy as np
import pytest

from eftheory.methods import CGD
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import logistic, quadratics, rand_k, top_k

COMPRESSORS = [top_k, rand_k]


class Nonconvex(Method):
    slug = "cgd_nonconvex"
    kind = CGD
    longest = "gamma"
    totals = 1

    def constants(self):
        return {"alpha": 1 - self.s**2, "L": self.problem.L, "T": 1.0}

    def following(self, state, rng):
        after, names = super().following(state, rng)
        return after, {"c": names["c_i"][0]}

    def names(self, state):
        return {"h": self.problem.gradients(state["x"])[0]}

    def measures(self, state):
        return {"f": self.problem.value(state["x"])}


class Descent(Nonconvex):
    slug = "cgd_descent"


class PL(Nonconvex):
    slug = "cgd_pl"
    totals = 3

    def constants(self):
        return super().constants() | {"mu": self.problem.mu}

    def powers(self, times):
        return {"(1 - gamma alpha mu)^T": (1 - self.step * self.env["alpha"] * self.env["mu"]) ** times}


class Tight(Nonconvex):
    """On strongly convex quadratics, at the best step."""

    slug = "cgd_over_time"
    longest = ""

    def constants(self):
        s, mu, L = self.s, self.problem.mu, self.problem.L
        step = 2 / ((1 + s) * L + (1 - s) * mu)
        return {"s": s, "mu": mu, "L": L, "gamma": step, "rho": 1 - step * (1 - s) * mu, "f*": 0}

    def stepsize(self):
        return self.env["gamma"]

    def names(self, state):
        return {"y": state["x"] - self.problem.best, "g": self.problem.gradients(state["x"])[0]}

    def powers(self, times):
        return {"(rho^2)^T": self.env["rho"] ** (2 * times)}

    def _outcome(self, state, rng):
        after, names = self.following(state, rng)
        return {**names, "g+": self.problem.gradients(after["x"])[0], "f+": self.problem.value(after["x"])}


CASES = [(Descent, logistic), (Nonconvex, logistic), (Nonconvex, quadratics), (PL, quadratics), (Tight, quadratics)]


@pytest.mark.parametrize("compress", COMPRESSORS)
@pytest.mark.parametrize(("method", "problem"), CASES)
@pytest.mark.parametrize("seed", range(3))
def test_every_round(method, problem, compress, seed):
    method(problem(np.random.default_rng(seed), n=1), compress, np.sqrt(2 / 3), seed).check_rounds(5, seed)


@pytest.mark.parametrize("compress", COMPRESSORS)
@pytest.mark.parametrize(("method", "problem"), CASES[1:])
def test_all_rounds_together(method, problem, compress):
    run = method(problem(np.random.default_rng(4), n=1), compress, np.sqrt(2 / 3), 4)
    run.check_total(60 if compress is top_k else 4)
