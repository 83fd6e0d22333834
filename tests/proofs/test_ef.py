"""EF on convex functions with a common minimiser: hypotheses, lines and claims hold in every round."""

import numpy as np
import pytest

from eftheory.methods import EF
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import Quadratics, quadratics, rand_k, square, top_k


class AlmostDistances:
    """f_i(x) = mean sqrt(1 + <a, x>^2) - 1 over the rows a of agent i; least at 0, and flat at infinity."""

    def __init__(self, rng, n=3, d=3):
        self.a = rng.normal(size=(n, 2, d)) * 10 ** rng.uniform(-0.5, 0.5, size=(n, 1, 1))
        self.n, self.m, self.d = self.a.shape
        self.n_agents = self.n
        self.L_i = np.array([np.linalg.eigvalsh(a.T @ a / self.m)[-1] for a in self.a])
        self.L = np.linalg.eigvalsh(np.mean([a.T @ a / self.m for a in self.a], 0))[-1]

    def values(self, x):
        return (np.sqrt(1 + (self.a @ x) ** 2) - 1).mean(1)

    def gradients(self, x):
        inner = self.a @ x
        return ((inner / np.sqrt(1 + inner**2))[..., None] * self.a).mean(1)


class CommonQuadratics(Quadratics):
    """Least at 0; each has a direction in which it is flat."""

    def __init__(self, rng, n=3, d=3):
        A = quadratics(rng, n, d).A.copy()
        A[:, 0], A[:, :, 0] = 0, 0
        A[0, 0, 0] = 1
        super().__init__(A, np.zeros((n, d)))

    def values(self, x):
        return np.einsum("j,ijk,k->i", x, self.A, x) / 2


class Convex(Method):
    """At the longest step."""

    slug = "ef_convex"
    kind = EF
    longest = ""

    totals = 1

    def constants(self):
        L_A = self.problem.L_i.mean()
        longest = (1 - self.s) / (1 + self.s) / L_A * (1 - 1e-12)
        return {"s": self.s, "L_A": L_A, "L_i": self.problem.L_i, "gamma": longest, "T": 1.0}

    def start(self):
        return {"x": self.x, "e": np.zeros((self.n, self.d))}

    def following(self, state, rng):
        after, names = super().following(state, rng)
        return after, {"b_i": names["c_i"] / self.problem.L_i[:, None]}

    def names(self, state):
        L, x = self.problem.L_i[:, None], state["x"]
        scaled = {"u_i": state["e"] / L, "h_i": self.problem.gradients(x) / L}
        return {"y": x, "F_i": self.problem.values(x), **scaled}

    def measures(self, state):
        own = (square(state["e"]) / self.problem.L_i).mean()
        return {"V": square(state["x"] - state["e"].mean(0)) + self.env["L_A"] / self.s * own}

    def quantity(self, state):
        return self.problem.values(state["x"]).mean()


every_problem = pytest.mark.parametrize("problem", [AlmostDistances, CommonQuadratics])


@every_problem
@pytest.mark.parametrize("compress", [top_k, rand_k])
@pytest.mark.parametrize("seed", range(3))
def test_every_round(problem, compress, seed):
    Convex(problem(np.random.default_rng(seed)), compress, np.sqrt(2 / 3), seed).check_rounds(5, seed)


@every_problem
def test_all_rounds_together(problem):
    draw = np.random.default_rng(4)
    Convex(problem(draw, n=2, d=2), rand_k, np.sqrt(1 / 2), 4).check_total(3)
    run = Convex(problem(draw, n=2, d=2), top_k, np.sqrt(1 / 2), 4)
    assert run.measures(run.start())["V"] == pytest.approx(square(run.x))
    run.check_total(60)
