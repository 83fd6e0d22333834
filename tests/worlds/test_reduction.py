"""n agents written out one by one agree with one mean block and one block per type's deviations."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.exact import Form, Vector, inner
from eftheory.methods import METHODS
from eftheory.theory import closed_form, law_step_size
from eftheory.worlds.agents import AgentVector, Weights
from tests.kit.expansion import Each, UnreducedWorld, average, expand
from tests.kit.steps import take_step
from tests.kit.strategies import problem_settings, rationals

COUNTS = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
SYMBOLS = ("y", "z")


def types_of(counts) -> tuple[AgentType, ...]:
    return tuple(AgentType(k + 1, 0, count) for k, count in enumerate(counts))


@st.composite
def agent_vectors(draw, counts):
    """The same vector twice: reduced, and agent by agent: v_i = sum_k a_tk y_i^k + w, w from the server."""
    coefficients = [[draw(rationals(-4, 4)) for _ in SYMBOLS] for _ in counts]
    w, back = draw(rationals(-4, 4)), draw(rationals(-4, 4))
    shares = Weights(counts).shares

    def mean_of(name):  # the server's average of y^k
        return Vector({f"{name}[{t}]": share for t, share in enumerate(shares)})

    server = w * Vector.symbol("x") + back * mean_of("y")
    means = tuple(
        Vector({f"{name}[{t}]": a for name, a in zip(SYMBOLS, row)}) + server for t, row in enumerate(coefficients)
    )
    deviations = tuple(
        Vector({f"{name}[{t}]'": a for name, a in zip(SYMBOLS, row)}) if count > 1 else Vector()
        for t, (row, count) in enumerate(zip(coefficients, counts))
    )
    keys = [(t, i) for t, count in enumerate(counts) for i in range(count)]
    everyone = Vector({f"y[{t}]#{i}": Fraction(1, len(keys)) for t, i in keys})
    explicit = {
        (t, i): Vector({f"{name}[{t}]#{i}": a for name, a in zip(SYMBOLS, coefficients[t])})
        + w * Vector.symbol("x")
        + back * everyone
        for t, i in keys
    }
    return AgentVector(means, deviations), Each(explicit)


@given(st.data())
def test_inner_products_of_agent_vectors(data):
    counts = data.draw(COUNTS)
    types, weights, n = types_of(counts), Weights(counts), sum(counts)
    (v, v_each), (w, w_each) = data.draw(agent_vectors(counts)), data.draw(agent_vectors(counts))
    total = Form()
    for t, count in enumerate(counts):
        part = Form.sum((Fraction(1, n), inner(v_each.vectors[t, i], w_each.vectors[t, i])) for i in range(count))
        assert expand(weights.inner(v, w, t), types) == part
        squares = Form.sum((Fraction(1, n), inner(v_each.vectors[t, i], v_each.vectors[t, i])) for i in range(count))
        assert expand(weights.inner(v, v, t), types) == squares
        total = total + squares
    assert expand(weights.mean_square(v), types) == total


@given(st.data(), rationals())
def test_the_algebra_of_agent_vectors(data, factor):
    counts = data.draw(COUNTS)
    types, weights = types_of(counts), Weights(counts)
    (v, v_each), (w, w_each) = data.draw(agent_vectors(counts)), data.draw(agent_vectors(counts))
    x = Vector.symbol("x")
    for reduced, explicit in (
        (v + factor * w, v_each + factor * w_each),
        (v - w, v_each - w_each),
        (x - v, x - v_each),
        (x + v - 2 * x, x + v_each - 2 * x),
    ):
        square = Form.sum((Fraction(1, sum(counts)), inner(e, e)) for e in explicit.vectors.values())
        assert expand(weights.mean_square(reduced), types) == square
        assert expand(inner(weights.mean(reduced), x), types) == inner(average(explicit), x)


def both_worlds(setting: Setting):
    """Run the method in both worlds: (before, after, measure, inequalities) twice."""
    steps = take_step(setting), take_step(setting, UnreducedWorld(setting))
    return [(step.before, step.after, step.measure, step.world.inequalities) for step in steps]


@pytest.mark.parametrize("name", ["ef21", "ef", "cgd"])
def test_methods_yet_to_come_may_ask_for_more(name):
    """Four points in a row, two compressions, memory of gradients: every pair of points is related."""
    counts = (1,) if name == "cgd" else (2, 1, 3)
    agents = tuple(AgentType(2 + t, Fraction(1, 3 + t), count) for t, count in enumerate(counts))
    setting = Setting(agents, Contractive(Fraction(1, 3)), METHODS[name](Fraction(1, 7)))
    recorded = []
    for world in (setting.world(), UnreducedWorld(setting)):
        x = world.server("x")
        for _ in range(3):
            g = world.gradient(x)
            x = x - Fraction(1, 5) * world.mean(world.compress(g) + Fraction(1, 2) * world.compress(x - g))
        world.gradient(x)
        recorded.append(world.inequalities)
    known, explicit = recorded
    pairs = 6 if name == "ef21" else 10  # of 4 points, or of 5 with the minimiser
    assert len(known) == len(explicit) == 6 + pairs * (2 if name == "cgd" else 1)
    for each, forms in known.items():
        for t, agent in enumerate(agents):
            scale = 2 / agent.functions.radius if "interpolation" in each and "above" not in each else Fraction(1)
            of_type = [form for (kind, _), form in explicit[each].items() if kind == t]
            assert expand(forms[t], agents) == Form.sum((scale / setting.n_agents, form) for form in of_type)


def strictly_convex(setting: Setting) -> bool:
    return all(agent.mu < agent.L for agent in setting.agents)


@settings(max_examples=40)
@given(problem_settings())
def test_measure_and_inequalities(setting):
    assume(strictly_convex(setting))  # the textbook inequality divides by L - mu
    (_, _, measure, known), (_, _, explicit_measure, explicit_known) = both_worlds(setting)
    assert expand(measure, setting.agents) == explicit_measure
    assert set(known) == set(explicit_known)
    for name, forms in known.items():
        for t, agent in enumerate(setting.agents):
            forms_of_agents = [form for (kind, _), form in explicit_known[name].items() if kind == t]
            scale = Fraction(1)
            if "interpolation" in name and "above" not in name:
                scale = 2 / agent.functions.radius  # recorded divided by (L - mu)/4, both sides added up
            mean = Form.sum((scale / setting.n_agents, form) for form in forms_of_agents)
            assert expand(forms[t], setting.agents) == mean


@settings(max_examples=30)
@given(problem_settings(), st.data())
def test_lyapunov_functions_and_their_decrease(setting, data):
    """V with random coefficients, before and after the step; and semidefinite here iff there."""
    assume(strictly_convex(setting))
    (before, after, measure, _), (explicit_before, explicit_after, explicit_measure, _) = both_worlds(setting)
    means = len(setting.agents) * len(before.agents) + len(before.server)
    matrix = [[data.draw(rationals(-3, 3)) for _ in range(means)] for _ in range(means)]
    scales = [data.draw(rationals(-3, 3)) for _ in setting.agents]
    V = [lyapunov(setting, seen, matrix, scales) for seen in (before, after)]
    explicit_V = [explicit_lyapunov(setting, seen, matrix, scales) for seen in (explicit_before, explicit_after)]
    for reduced, explicit in zip(V, explicit_V):
        assert expand(reduced, setting.agents) == explicit
    big = data.draw(rationals(0, 40))
    for shift in (Fraction(0), big):
        reduced, explicit = V[0] + shift * measure, explicit_V[0] + shift * explicit_measure
        assert (reduced.negative_part() is None) == (explicit.negative_part() is None)


def lyapunov(setting, seen, matrix, scales) -> Form:
    """sum_ab matrix_ab <a, b> over type means and server vectors, plus scale_t per type's deviations."""
    means = [mean for v in seen.agents for mean in v.means] + list(seen.server)
    terms = [(matrix[i][j], inner(a, b)) for i, a in enumerate(means) for j, b in enumerate(means)]
    terms += [(scales[t], inner(d, d)) for v in seen.agents for t, d in enumerate(v.deviations)]
    return Form.sum(terms)


def explicit_lyapunov(setting, seen, matrix, scales) -> Form:
    means, terms = [], []
    for v in seen.agents:
        for t, agent in enumerate(setting.agents):
            mean = Vector()
            for i in range(agent.count):
                mean = mean + Fraction(1, agent.count) * v.vectors[t, i]
            means.append(mean)
            for i in range(agent.count):
                deviation = v.vectors[t, i] - mean
                terms.append((scales[t] / setting.n_agents, inner(deviation, deviation)))
    means += list(seen.server)
    terms += [(matrix[i][j], inner(a, b)) for i, a in enumerate(means) for j, b in enumerate(means)]
    return Form.sum(terms)


@pytest.mark.parametrize("name", ["ef", "ef21"])
@pytest.mark.parametrize("counts", [(2,), (1, 3), (2, 2)])
def test_a_certified_decrease_is_semidefinite_agent_by_agent(name, counts):
    """The whole proof, unreduced: rate V - V+ - sum multiplier inequality for every agent by itself."""
    alpha = Fraction(3, 4)
    agents = tuple(AgentType(1, Fraction(1 + 2 * t, 7), count) for t, count in enumerate(counts))
    setting = Setting(agents, Contractive(alpha), METHODS[name](law_step_size(name, agents, alpha)))
    evidence = closed_form(setting)
    _, (before, after, measure, known) = both_worlds(setting)

    def V(seen) -> Form:
        named = dict(zip(setting.method.coordinates.server, seen.server))
        each = {}
        for coordinate, v in zip(setting.method.coordinates.agents, seen.agents):
            for t, agent in enumerate(agents):
                mean = Vector()
                for i in range(agent.count):
                    mean = mean + Fraction(1, agent.count) * v.vectors[t, i]
                named[f"{coordinate}[{t}]"] = mean
                each[f"{coordinate}[{t}]'"] = [v.vectors[t, i] - mean for i in range(agent.count)]
        terms = []
        for block in evidence.lyapunov:
            for (a, b), value in block.entries().items():
                factor = value if a == b else 2 * value
                if a in named:
                    terms.append((factor, inner(named[a], named[b])))
                else:
                    pairs = zip(each[a], each[b], strict=True)
                    terms += [(factor / setting.n_agents, inner(v, w)) for v, w in pairs]
        return Form.sum(terms)

    def weighted(shrink: Fraction) -> Form:
        terms = [(evidence.rate - shrink, V(before)), (-1, V(after))]
        for kind, numbers in evidence.multipliers.items():
            for (t, _), form in known[kind].items():
                scale = 2 / agents[t].functions.radius if "interpolation" in kind else Fraction(1)
                terms.append((-numbers[t] * scale / setting.n_agents, form))
        return Form.sum(terms)

    assert weighted(Fraction(0)).negative_part() is None
    assert weighted((1 - evidence.rate) / 100).negative_part() is not None
    assert (V(before) - evidence.c * measure).negative_part() is None
    assert (evidence.C * measure - V(before)).negative_part() is None
