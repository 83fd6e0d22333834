"""EF21 and EF on quadratics of different curvature: hypotheses, lines and claims of the law hold in every round."""

import numpy as np
import pytest

from eftheory.methods import EF, EF21
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import Quadratics, quadratics, rand_k, square, top_k


class Law(Method):
    """At the law's step, with its rho: the largest root of the cubic, rounded up."""

    slug = "heterogeneous_law_over_time"
    longest = ""
    totals = 1

    def constants(self):
        L, mu = self.problem.L_i, np.array([np.linalg.eigvalsh(A)[0] for A in self.problem.A])
        sigma, s = L + mu, self.s
        k, S = (L - mu) / sigma, sigma.mean()
        m, K = (sigma * k).mean() / S, (sigma * k**2).mean() / S
        R = (1 - s) ** 2 / (1 + s)
        left = np.polymul([1, -s], [1, -(s + s**2 + R * s * K), s**3])
        largest = max(np.roots(np.polysub(left, R * m**2 * np.array([1, -(s**3), 0]))).real) * (1 + 1e-12)
        return {"s": s, "rho": largest, "S": S, "m": m, "sigma_i": sigma, "k_i": k}

    def stepsize(self):
        return 2 / self.env["S"] * (1 - self.s) / (1 + self.s)

    def powers(self, times):
        return {"rho^T": self.env["rho"] ** times}

    def following(self, state, rng):
        after, names = super().following(state, rng)
        return after, {self.message: names["c_i"] / self.env["sigma_i"][:, None]}

    def residual(self, change, p):
        """r with change = (sigma/2) p + (k sigma/2) r."""
        sigma, k = self.env["sigma_i"][:, None], self.env["k_i"][:, None]
        return (change - sigma / 2 * p) / (k * sigma / 2)


class LawEF21(Law):
    kind = EF21
    message = "b_i"

    def names(self, state):
        x, x_next = state["x"], self.moved(state)
        g = self.problem.gradients(x)
        r = self.residual(self.problem.gradients(x_next) - g, x_next - x)
        return {"g_i": g, "U_i": (g - state["d"]) / self.env["sigma_i"][:, None], "r_i": r}

    def measures(self, state):
        g = self.problem.gradients(state["x"])
        own = (square(g - state["d"]) / self.env["sigma_i"]).mean()
        return {"V": own + self.s / self.env["S"] * square(g.mean(0))}


class LawEF(Law):
    """All functions have their least value at 0."""

    kind = EF
    message = "b'_i"

    def __init__(self, problem, *args):
        super().__init__(Quadratics(problem.A, 0 * problem.b), *args)

    def start(self):
        return {"x": self.x, "e": np.arange(self.n * self.d).reshape(self.n, self.d) * self.step}

    def names(self, state):
        x, sigma = state["x"], self.env["sigma_i"][:, None]
        return {"y": x, "u_i": state["e"] / sigma, "q_i": self.residual(self.problem.gradients(x), x)}

    def measures(self, state):
        own = (square(state["e"]) / self.env["sigma_i"]).mean()
        return {"W": own + self.s / self.env["S"] * square(state["x"] - state["e"].mean(0))}


METHODS = [LawEF21, LawEF]


@pytest.mark.parametrize("compress", [top_k, rand_k])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(3))
def test_every_round(method, compress, seed):
    method(quadratics(np.random.default_rng(seed)), compress, np.sqrt(2 / 3), seed).check_rounds(4, seed)


@pytest.mark.parametrize("method", METHODS)
def test_all_rounds_together(method):
    draw = np.random.default_rng(4)
    method(quadratics(draw, n=2, d=2), rand_k, np.sqrt(1 / 2), 4).check_total(3)
    method(quadratics(draw, n=2, d=2), top_k, np.sqrt(1 / 2), 4).check_total(60)
