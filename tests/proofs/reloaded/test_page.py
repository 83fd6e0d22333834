"""EF21-PAGE, which the catalogue does not have, in its own rounds: every line, and T rounds against their bound."""

import math

import numpy as np
import pytest

from eftheory.theory.calculators.instance import packaged_theorem
from tests.proofs.reloaded.methods import Method
from tests.proofs.reloaded.problems import logistic, per_agent, quadratics, rand_k, square, top_k
from tests.proofs.reloaded.values import check_round, over_draws


class Page(Method):
    """A minibatch of one of two samples, f_i +- <x, E_i x>/2; one coin for each agent."""

    slug = "ef21_page"
    p, t = 0.4, 0.6

    def constants(self):
        s, p, t = self.s, self.p, self.t
        rng = np.random.default_rng(7)
        roots = rng.normal(size=(self.n, self.d, self.d)) * np.linspace(0.2, 1, self.n)[:, None, None]
        self.E = roots + roots.transpose(0, 2, 1)
        K_i = np.array([np.linalg.norm(E, 2) for E in self.E])
        L, K = ((constants**2).mean() for constants in (self.problem.L_i, K_i))
        B = 1 / ((1 - t) * (1 - s))
        A = 1 / (t * p) + 2 * B * s**2 / (1 - s)
        z = math.sqrt(B * s**2 * (1 + p) / (1 - s) * L + (A + B * s**2) * (1 - p) * K)
        own = {"p": p, "t": t, "A": A, "B": B, "L_i": self.problem.L_i, "K_i": K_i, "z": z}
        return super().constants() | own | {"Ltilde": math.sqrt(L), "Ktilde": math.sqrt(K)}

    def start(self):
        state = super().start()
        return state | {"v": state["d"] + 0.1}

    def moved(self, state):
        return state["x"] - self.step * state["d"].mean(0)

    def following(self, state, rng):
        x, x_next, v = state["x"], self.moved(state), state["v"]
        h, h_next = self.problem.gradients(x), self.problem.gradients(x_next)
        full = np.array([float(rng.random() < self.p) for _ in range(self.n)])
        signs = np.array([0 if one else 2 * int(rng.integers(2)) - 1 for one in full])
        m = signs[:, None] * (self.E @ (x_next - x))
        v_next = np.where(full[:, None] == 1, h_next, v + h_next - h + m)
        c = per_agent(self.compress, v_next - state["d"], rng)
        return {"x": x_next, "d": state["d"] + c, "v": v_next}, {"b_i": full, "m_i": m, "c_i": c}

    def names(self, state):
        return super().names(state) | {"v_i": state["v"]}

    def measures(self, state):
        h, v = self.problem.gradients(state["x"]), state["v"]
        lags, drifts = square(state["d"] - v).mean(), square(v - h).mean()
        return {"f": self.problem.value(state["x"]), "G": lags, "P": drifts}


class PagePL(Page):
    slug = "ef21_page_pl"

    def constants(self):
        s, p, t = self.s, self.p, self.t
        env = super().constants()
        L, K = env["Ltilde"] ** 2, env["Ktilde"] ** 2
        B = 2 / ((1 - t) * (1 - s))
        A = 2 * (1 / (t * p) + 2 * B * s**2 / (1 - s))
        z = math.sqrt(B * s**2 * (1 + p) / (1 - s) * L + (A + B * s**2) * (1 - p) * K)
        slow = min(1 - s, p) / (2 * self.problem.mu)
        return env | {"A": A, "B": B, "z": z, "mu": self.problem.mu, "gamma": min(1 / (env["L"] + z), slow)}


CASES = [(Page, quadratics), (Page, logistic), (PagePL, quadratics)]
every_case = pytest.mark.parametrize(("method", "problem"), CASES, ids=lambda case: case.__name__)


@every_case
@pytest.mark.parametrize("seed", range(2))
def test_every_round_with_top_k(method, problem, seed):
    method(problem(np.random.default_rng(seed)), top_k, math.sqrt(2 / 3), seed).check_rounds(4, seed)


@pytest.mark.parametrize("method", [Page, PagePL])
def test_every_round_with_rand_k(method):
    method(quadratics(np.random.default_rng(9), n=2), rand_k, math.sqrt(2 / 3), 9).check_rounds(2)


@every_case
def test_all_rounds_together(method, problem):
    method(problem(np.random.default_rng(4), n=2, d=2), top_k, math.sqrt(1 / 2), 4).check_total(3)


def test_samples_that_differ_more_are_noticed():
    run = Page(quadratics(np.random.default_rng(1)), top_k, math.sqrt(2 / 3), 1)
    run.E = 2 * run.E
    with pytest.raises(AssertionError, match="samples are smooth"):
        run.check_rounds(1)


def test_a_step_that_is_too_long_is_noticed():
    run = Page(quadratics(np.random.default_rng(1)), top_k, math.sqrt(2 / 3), 1)
    run.env["gamma"] *= 2
    run.step = run.stepsize()
    with pytest.raises(AssertionError, match="short step"):
        run.check_rounds(1)


def test_the_contraction_lemma():
    """Its lines in one round of the method."""
    run = Page(quadratics(np.random.default_rng(2), n=2), rand_k, math.sqrt(2 / 3), 2)
    state = run.start()
    drawn = over_draws(lambda rng: run.following(state, rng)[1])
    move = run.moved(state) - state["x"]
    check_round(packaged_theorem("page_contraction"), {**run.env, **run.names(state), **drawn, "d": move})
