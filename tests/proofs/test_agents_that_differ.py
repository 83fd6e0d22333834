"""EF21 and EF on quadratics of different curvature: hypotheses, lines and claims of the law hold in every round."""

import numpy as np
import pytest

from eftheory.methods import EF, EF21
from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import Quadratics, quadratics, rand_k, square, top_k
from tests.proofs.reloaded.values import check_claims, check_round, over_draws


def rate(s, m, K):
    """The largest root of the law's cubic."""
    R = (1 - s) ** 2 / (1 + s)
    left = np.polymul([1, -s], [1, -(s + s**2 + R * s * K), s**3])
    return max(np.roots(np.polysub(left, R * m**2 * np.array([1, -(s**3), 0]))).real)


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
        return {"s": s, "rho": rate(s, m, K) * (1 + 1e-12), "S": S, "m": m, "sigma_i": sigma, "k_i": k}

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


def last(run, times, rng):
    """The state after the last round from right estimates and no errors, in the names of `rates_in_f_and_x`."""
    state = first(run)
    for _ in range(times):
        state, _ = run.following(state, rng)
    h = run.problem.gradients(state["x"])
    names = {"f": run.problem.value(state["x"]), "y": state["x"] - run.problem.best, "g": h.mean(0)}
    if run.kind is EF21:
        error = h - state["d"]
        names |= {"G": square(error).mean(), "U_i": error / run.sigma}
    else:
        names |= {"u_i": state["e"] / run.sigma}
    return names | {f"{name}T": value for name, value in run.measures(state).items()}


def first(run):
    own = {"d": run.problem.gradients(run.x)} if run.kind is EF21 else {"e": np.zeros((run.n, run.d))}
    return {"x": run.x, **own}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("compress", "times"), [(top_k, 50), (rand_k, 3)])
def test_rates_in_f_and_x(method, compress, times):
    run = method(quadratics(np.random.default_rng(3), n=2, d=2), compress, np.sqrt(1 / 2), 3)
    run.sigma = run.env["sigma_i"][:, None]
    x, problem = run.x, run.problem
    env = {name: run.env[name] for name in ("s", "S", "sigma_i")} | {"mu": problem.mu, "L": problem.L}
    env |= {"f0": problem.value(x), "y0": x - problem.best, "g0": problem.gradients(x).mean(0)}
    env |= {f"{name}0": value for name, value in run.measures(first(run)).items()}
    env |= {"power": run.env["rho"] ** times, "a": run.step, "power'": 1.0}
    outcomes = over_draws(lambda rng: last(run, times, rng))
    env |= {name: outcomes.pop(name) @ outcomes["probabilities"] for name in [*outcomes] if name.endswith("T")}
    if method is LawEF21:
        env["Psi0"], env["PsiT"] = env["f0"], (outcomes["f"] + run.step * outcomes["G"]) @ outcomes["probabilities"]
        env["power'"] = env["PsiT"] / env["Psi0"]
    check_round(packaged_theorem("rates_in_f_and_x"), env | outcomes)


@pytest.mark.parametrize("proportional", [True, False])
@pytest.mark.parametrize("n", [2, 3, 10])
@pytest.mark.parametrize("s", [0.1, 0.5, 0.9])
def test_mismatch_penalty(s, n, proportional):
    """Every agent is singled out once."""
    draw = np.random.default_rng(n)
    mu = 10 ** draw.uniform(-1, 1, size=n)
    L = mu * (5 if proportional else 1 + 10 ** draw.uniform(-1, 1, size=n))
    k, S = (L - mu) / (L + mu), (L + mu).mean()
    m, K = (L - mu).mean() / S, ((L - mu) * k).mean() / S
    rho, q = rate(s, m, K), ((1 - s) * m + np.sqrt((1 - s) ** 2 * m**2 + 4 * s)) / 2
    assert (rho == pytest.approx(q**2, rel=1e-9)) == proportional
    theorem = packaged_theorem("mismatch_penalty")
    fixed = {"s": s, "rho": rho, "q": q, "t": 1 / n, "K": K, "Lbar": L.mean(), "mubar": mu.mean()}
    for i in range(n):
        own = {"mu1": mu[i], "L1": L[i]}
        others = {name: np.delete(each, i) for name, each in (("mu_i", mu), ("L_i", L), ("k_i", k))}
        check_round(theorem, fixed | own | others)
        check_claims(theorem, fixed | own | others, at_least=8)
