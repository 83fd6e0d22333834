"""PEPit, an independent implementation of performance estimation, computes the same worst cases in floats.

It has no class of compressors; an error e with ||e||^2 <= (1 - alpha) ||v||^2 is a free point.
Worst V after one step over V before, with the V of the certificate: the certified rate is
neither too small nor, for the V of Theorem A, larger than need be.
"""

from fractions import Fraction

import pytest
from PEPit import PEP
from PEPit.expression import null_expression
from PEPit.functions import SmoothStronglyConvexFunction
from PEPit.point import null_point

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.theory import closed_form, law_step_size

TOO_SMALL = TOO_LARGE = 1e-6
ONE = {
    "well conditioned": ((2, 1),),
    "kappa 10": ((1, Fraction(1, 10)),),
    "kappa 100": ((1, Fraction(1, 100)),),
}
TWO = {
    "alike": ((1, Fraction(1, 10)), (1, Fraction(1, 10))),
    "unlike": ((1, Fraction(9, 10)), (3, Fraction(1, 5))),
}
MORE = {
    "three": ((1, Fraction(9, 10)), (3, Fraction(1, 5)), (3, Fraction(1, 5))),
    "four": ((1, Fraction(1, 2)), (2, Fraction(1, 5)), (2, Fraction(1, 5)), (1, Fraction(1, 10))),
}


def make(name: str, constants, alpha: Fraction, factor: Fraction = Fraction(1)) -> Setting:
    agents = tuple(AgentType(L, mu) for L, mu in constants)
    return Setting(agents, Contractive(alpha), METHODS[name](factor * law_step_size(name, agents, alpha)))


class Problem:
    """A PEPit problem with one function for each agent, and what the setting says as floats."""

    def __init__(self, setting: Setting) -> None:
        self.pep = PEP()
        self.setting = setting
        self.agents = [agent for agent in setting.agents for _ in range(agent.count)]
        self.types = [t for t, agent in enumerate(setting.agents) for _ in range(agent.count)]
        self.n = len(self.agents)
        self.eta, self.eps = float(setting.method.step_size), float(1 - setting.alpha)
        self.functions = [
            self.pep.declare_function(SmoothStronglyConvexFunction, L=float(agent.L), mu=float(agent.mu))
            for agent in self.agents
        ]

    def mean(self, points):
        return sum(points[1:], start=points[0]) * (1 / self.n)

    def error(self, v):
        """A point that may be the error of a compressor on v; none if nothing is compressed."""
        if not self.eps:
            return 0 * v
        e = self.pep.set_initial_point()
        self.pep.set_initial_condition(e**2 <= self.eps * v**2)
        return e

    def minimise_at_the_origin(self):
        """Every function has its least value, zero, at zero."""
        for function in self.functions:
            function.add_point((null_point, null_point, null_expression))

    def worst(self, before, after) -> float:
        """The largest ``after`` where ``before`` <= 1."""
        self.pep.set_initial_condition(before <= 1)
        self.pep.set_performance_metric(after)
        return self.pep.solve(wrapper="cvxpy", solver="CLARABEL", verbose=0)


def ef21(setting: Setting, weights: list[float], server: float) -> float:
    problem = Problem(setting)
    x, d = problem.pep.set_initial_point(), [problem.pep.set_initial_point() for _ in problem.agents]
    x_next = x - problem.eta * problem.mean(d)
    g = [function.gradient(x) for function in problem.functions]
    g_next = [function.gradient(x_next) for function in problem.functions]
    errors = [problem.error(new - old) for new, old in zip(g_next, d)]  # d+ = d + (g+ - d) - e

    def V(gaps, gradients):
        squares = [weights[t] * gap**2 for t, gap in zip(problem.types, gaps)]
        return problem.mean(squares) + server * problem.mean(gradients) ** 2

    return problem.worst(V([a - b for a, b in zip(g, d)], g), V(errors, g_next))


def ef(setting: Setting, weights: list[float], server: float) -> float:
    problem = Problem(setting)
    problem.minimise_at_the_origin()
    x, e = problem.pep.set_initial_point(), [problem.pep.set_initial_point() for _ in problem.agents]
    v = [memory + problem.eta * function.gradient(x) for memory, function in zip(e, problem.functions)]
    e_next = [problem.error(each) for each in v]
    x_next = x - problem.mean([a - b for a, b in zip(v, e_next)])

    def V(x, memories):
        squares = [weights[t] * memory**2 for t, memory in zip(problem.types, memories)]
        return problem.mean(squares) + server * (x - problem.mean(memories)) ** 2

    return problem.worst(V(x, e), V(x_next, e_next))


def weights_of(evidence) -> tuple[list[float], float]:
    """The weights of V from the certificate: mean weight_t ||u||^2 + server ||gbar||^2."""
    weights = [float(weight) for weight in evidence.multipliers["compression 0"]]
    last = max(evidence.lyapunov, key=lambda block: ("mean g" in block.symbols) + ("x - x*" in block.symbols))
    return weights, float(last.rows[-1][-1])


@pytest.mark.parametrize("run", [ef21, ef])
@pytest.mark.parametrize("constants", ONE)
@pytest.mark.parametrize("alpha", [Fraction(1, 10), Fraction(3, 4)])
def test_error_feedback_with_one_agent(run, constants, alpha):
    setting = make(run.__name__, ONE[constants], alpha)
    assert_certified(setting, run(setting, *weights_of(closed_form(setting))))


@pytest.mark.parametrize("run", [ef21, ef])
@pytest.mark.parametrize("constants", [*TWO, *MORE])
def test_error_feedback_with_several_agents(run, constants):
    setting = make(run.__name__, (TWO | MORE)[constants], Fraction(1, 2))
    assert_certified(setting, run(setting, *weights_of(closed_form(setting))))


@pytest.mark.parametrize("run", [ef21, ef])
@pytest.mark.parametrize("factor", [Fraction(1, 3), Fraction(4, 5), Fraction(17, 16)])
def test_a_step_off_the_law(run, factor):
    """There V is that of wider classes, so its rate may be more than this class needs."""
    setting = make(run.__name__, ONE["kappa 10"], Fraction(1, 2), factor)
    evidence = closed_form(setting)
    worst = run(setting, *weights_of(evidence))
    assert worst <= float(evidence.rate) + TOO_SMALL


@pytest.mark.parametrize("constants", ONE)
@pytest.mark.parametrize("factor", [Fraction(1), Fraction(1, 2), Fraction(9, 8)])
def test_cgd(constants, factor):
    setting = make("cgd", ONE[constants], Fraction(3, 4), factor)
    problem = Problem(setting)
    (f,) = problem.functions
    problem.minimise_at_the_origin()
    x = problem.pep.set_initial_point()
    g, value = f.oracle(x)
    x_next = x - problem.eta * (g - problem.error(g))
    worst = problem.worst(value, f.value(x_next))
    assert_certified(setting, worst)


@pytest.mark.parametrize("constants", [*ONE, *TWO])
@pytest.mark.parametrize("factor", [Fraction(1), Fraction(1, 2), Fraction(9, 8)])
def test_gd(constants, factor):
    setting = make("gd", (ONE | TWO)[constants], Fraction(1), factor)
    problem = Problem(setting)
    x = problem.pep.set_initial_point()
    G = problem.mean([f.gradient(x) for f in problem.functions])
    x_next = x - problem.eta * G
    G_next = problem.mean([f.gradient(x_next) for f in problem.functions])
    worst = problem.worst(G**2, G_next**2)
    assert_certified(setting, worst)


def assert_certified(setting: Setting, worst: float) -> None:
    evidence = closed_form(setting)
    if evidence is None:  # too long a step: there is nothing to certify
        assert worst >= 1 - TOO_SMALL
    else:
        assert float(evidence.rate) - TOO_LARGE <= worst <= float(evidence.rate) + TOO_SMALL
