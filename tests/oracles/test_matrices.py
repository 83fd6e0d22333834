"""Matrices written by hand, every agent by itself, against the exact world's forms; no code of a world is used.

A vector is the row of its coefficients over a basis, a form the symmetric matrix of its products.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.exact import inner
from eftheory.methods import METHODS
from eftheory.theory import closed_form, law_step_size
from tests.kit.expansion import expand
from tests.kit.steps import take_step

COUNTS = [(1,), (2,), (3,), (4,), (1, 1), (2, 1), (1, 3), (2, 2), (1, 2, 1), (1, 1, 1, 1)]
KAPPAS = [(10, 1), (7, 3), (2, 0), (1, Fraction(1, 9))]


def make(name: str, counts: tuple[int, ...], factor=Fraction(1)) -> Setting:
    agents = tuple(AgentType(L, mu, count) for (L, mu), count in zip(KAPPAS, counts))
    alpha = Fraction(1) if name == "gd" else Fraction(2, 3)
    return Setting(agents, Contractive(alpha), METHODS[name](factor * law_step_size(name, agents, alpha)))


class Hand:
    """The basis and the rows of all vectors of one step; filled in by one function for each method."""

    def __init__(self, setting: Setting, per_agent: list[str], server: tuple[str, ...] = ()) -> None:
        self.agents = [(t, i) for t, agent in enumerate(setting.agents) for i in range(agent.count)]
        self.n = len(self.agents)
        self.names = [*server, *(f"{name}[{t}]#{i}" for name in per_agent for t, i in self.agents)]
        rows = np.array([[Fraction(int(i == j)) for j in range(len(self.names))] for i in range(len(self.names))])
        self.server = dict(zip(server, rows))
        self.each = {
            name: [rows[len(server) + k * self.n + i] for i in range(self.n)] for k, name in enumerate(per_agent)
        }
        self.sigma = [setting.agents[t].L + setting.agents[t].mu for t, _ in self.agents]
        self.delta = [setting.agents[t].L - setting.agents[t].mu for t, _ in self.agents]
        self.eta, self.eps = setting.method.step_size, 1 - setting.alpha

    def matrix(self, form) -> np.ndarray:
        """The exact world's form, its types expanded to agents, over this basis."""
        place = {name: k for k, name in enumerate(self.names)}
        result = np.array([[Fraction(0)] * len(place) for _ in place])
        for (a, b), value in form.quadratic.items():
            result[place[a], place[b]] += value / 2
            result[place[b], place[a]] += value / 2
        return result


def product(v, w):
    return (np.outer(v, w) + np.outer(w, v)) / 2


def hand_ef21(setting):
    hand = Hand(setting, ["g", "d", "r1", "e0"])
    n, g, d, r, err = hand.n, *hand.each.values()
    move = -hand.eta * sum(d) / n  # x+ - x
    g_next = [g[i] + hand.sigma[i] / 2 * move + hand.delta[i] / 2 * r[i] for i in range(n)]
    v = [g_next[i] - d[i] for i in range(n)]  # what is compressed
    d_next = [d[i] + v[i] - err[i] for i in range(n)]
    before = {"g - d": [g[i] - d[i] for i in range(n)], "mean g": sum(g) / n}
    after = {"g - d": [g_next[i] - d_next[i] for i in range(n)], "mean g": sum(g_next) / n}
    measure = sum(product(u, u) for u in before["g - d"]) / n + product(before["mean g"], before["mean g"])
    inequalities = {
        "interpolation 0 1": [product(move, move) - product(r[i], r[i]) for i in range(n)],
        "compression 0": [hand.eps * product(v[i], v[i]) - product(err[i], err[i]) for i in range(n)],
    }
    return hand, before, after, measure, inequalities


def hand_ef(setting):
    hand = Hand(setting, ["e", "r1", "e0"], ("x", "x*"))
    n, e, r, err = hand.n, *hand.each.values()
    x = hand.server["x"] - hand.server["x*"]
    gradient = [hand.sigma[i] / 2 * x + hand.delta[i] / 2 * r[i] for i in range(n)]
    v = [e[i] + hand.eta * gradient[i] for i in range(n)]
    c = [v[i] - err[i] for i in range(n)]
    x_next, e_next = x - sum(c) / n, [v[i] - c[i] for i in range(n)]
    measure = product(x, x) + sum(product(each, each) for each in e) / n
    inequalities = {
        "interpolation 0 1": [product(x, x) - product(r[i], r[i]) for i in range(n)],
        "compression 0": [hand.eps * product(v[i], v[i]) - product(err[i], err[i]) for i in range(n)],
    }
    return hand, {"e": e, "x - x*": x}, {"e": e_next, "x - x*": x_next}, measure, inequalities


def hand_gd(setting):
    hand = Hand(setting, ["g", "r1"])
    n, g, r = hand.n, *hand.each.values()
    move = -hand.eta * sum(g) / n
    g_next = [g[i] + hand.sigma[i] / 2 * move + hand.delta[i] / 2 * r[i] for i in range(n)]
    measure = product(sum(g) / n, sum(g) / n)
    inequalities = {"interpolation 0 1": [product(move, move) - product(r[i], r[i]) for i in range(n)]}
    return hand, {"mean g": sum(g) / n}, {"mean g": sum(g_next) / n}, measure, inequalities


HANDS = {"ef21": hand_ef21, "ef": hand_ef, "gd": hand_gd}
cases = pytest.mark.parametrize(("name", "counts"), [(name, counts) for name in HANDS for counts in COUNTS])


def equal(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and bool((a == b).all())


@cases
def test_inequalities_and_measure(name, counts):
    setting = make(name, counts)
    hand, _, _, measure, inequalities = HANDS[name](setting)
    _, _, exact_measure, world = take_step(setting)
    assert equal(hand.matrix(expand(exact_measure, setting.agents)), measure)
    assert set(world.inequalities) == set(inequalities)
    for each, matrices in inequalities.items():
        for t, form in enumerate(world.inequalities[each]):
            of_type = sum(m for (kind, _), m in zip(hand.agents, matrices) if kind == t) / hand.n
            assert equal(hand.matrix(expand(form, setting.agents)), of_type)


@cases
def test_coordinates(name, counts):
    """All products of coordinates, before and after the step: means, and deviations averaged over agents."""
    setting = make(name, counts)
    hand, before, after, _, _ = HANDS[name](setting)
    exact_before, exact_after, _, world = take_step(setting)
    for seen, rows in ((exact_before, before), (exact_after, after)):
        exact, by_hand = _means(setting, hand, seen, rows)
        for a, v in zip(exact, by_hand):
            for b, w in zip(exact, by_hand):
                assert equal(hand.matrix(expand(inner(a, b), setting.agents)), product(v, w))
        for vector, agent_rows in zip(seen.agents, (rows[key] for key in setting.method.coordinates.agents)):
            total = sum(product(v, v) for v in agent_rows) / hand.n
            assert equal(hand.matrix(expand(world.mean_square(vector), setting.agents)), total)


def _means(setting, hand, seen, rows):
    exact = [mean for vector in seen.agents for mean in vector.means] + list(seen.server)
    by_hand = []
    for key in setting.method.coordinates.agents:
        for t, agent in enumerate(setting.agents):
            by_hand.append(sum(v for (kind, _), v in zip(hand.agents, rows[key]) if kind == t) / agent.count)
    return exact, by_hand + [rows[key] for key in setting.method.coordinates.server]


def hand_decrease(setting, evidence, rate):
    """rate V - V+ - sum of multipliers times inequalities, with the V of Theorem A written out by agents."""
    hand, before, after, measure, inequalities = HANDS[setting.method.name](setting)
    weight = evidence.multipliers.get("compression 0")
    blocks = {block.symbols: block.rows for block in evidence.lyapunov}

    def V(at):
        if setting.method.name == "gd":
            return product(at["mean g"], at["mean g"])
        if setting.method.name == "ef21":
            ((server,),) = blocks[("mean g",)]
            vectors, gbar = at["g - d"], at["mean g"]
        else:
            server = next(rows for symbols, rows in blocks.items() if "x - x*" in symbols)[-1][-1]
            vectors, gbar = at["e"], at["x - x*"] - sum(at["e"]) / hand.n
        squares = [weight[t] * product(u, u) for (t, _), u in zip(hand.agents, vectors)]
        return sum(squares) / hand.n + server * product(gbar, gbar)

    weighted = sum(
        evidence.multipliers[each][t] * matrix
        for each, matrices in inequalities.items()
        for (t, _), matrix in zip(hand.agents, matrices)
    )
    return rate * V(before) - V(after) - weighted / hand.n, V(before), measure


def least_eigenvalue(matrix: np.ndarray) -> float:
    return float(np.linalg.eigvalsh(matrix.astype(float))[0])


@cases
def test_certified_decrease(name, counts):
    """The by-hand matrix is semidefinite at the certified rate, and not at a rate below the worst case."""
    setting = make(name, counts)
    evidence = closed_form(setting)
    assert check_upper(setting, evidence).proved
    decrease, V, measure = hand_decrease(setting, evidence, evidence.rate)
    assert least_eigenvalue(decrease) > -1e-12
    assert least_eigenvalue(V - evidence.c * measure) > -1e-12
    assert least_eigenvalue(evidence.C * measure - V) > -1e-12
    below, _, _ = hand_decrease(setting, evidence, evidence.rate - Fraction(1, 1000))
    assert least_eigenvalue(below) < -1e-7
    with_every_rate = [
        check_upper(setting, replace(evidence, rate=r)).proved for r in (evidence.rate, Fraction(1, 1000))
    ]
    assert with_every_rate == [True, False]


@pytest.mark.parametrize("factor", [Fraction(1), Fraction(4, 5), Fraction(9, 8)])
def test_cgd_with_function_values(factor):
    """One agent: points x*, x, x+; the textbook inequality of each ordered pair."""
    setting = make("cgd", (1,), factor)
    (agent,) = setting.agents
    hand = Hand(setting, ["r1", "e0", "r2"], ("x", "x*"))
    x, star = hand.server["x"], hand.server["x*"]
    (r1,), (err,), (r2,) = hand.each.values()
    sigma, delta = agent.L + agent.mu, agent.L - agent.mu
    g1 = sigma / 2 * (x - star) + delta / 2 * r1
    x2 = x - hand.eta * (g1 - err)
    g2 = sigma / 2 * (x2 - star) + delta / 2 * r2
    points = [(star, 0 * star), (x, g1), (x2, g2)]
    before, after, measure, world = take_step(setting)
    names = {f"interpolation {a} above {b}" for a in range(3) for b in range(3) if a != b}
    assert set(world.inequalities) == names | {"compression 0"}
    for a, (xa, ga) in enumerate(points):
        for b, (xb, gb) in enumerate(points):
            if a == b:
                continue
            dx, dg = xa - xb, ga - gb
            bound = product(dg, dg) / agent.L + agent.mu * product(dx, dx) - 2 * agent.mu / agent.L * product(dg, dx)
            matrix = -product(gb, dx) - bound / (2 * (1 - agent.mu / agent.L))
            form = expand(world.inequalities[f"interpolation {a} above {b}"][0], setting.agents)
            assert equal(hand.matrix(form), matrix)
            expected = {f"f{a}[0]#0": Fraction(1)} if a else {}
            assert dict(form.values) == expected | ({f"f{b}[0]#0": Fraction(-1)} if b else {})
    compression = expand(world.inequalities["compression 0"][0], setting.agents)
    assert equal(hand.matrix(compression), hand.eps * product(g1, g1) - product(err, err))
    assert dict(before.values[0].values) == dict(measure.values) == {"f1[0]": Fraction(1)}
    assert dict(after.values[0].values) == {"f2[0]": Fraction(1)}
    assert not measure.quadratic
