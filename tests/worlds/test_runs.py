"""Whatever the exact world records holds on real runs: random functions, real compressors, many agents."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.theory import closed_form, law_step_size
from tests.kit.concrete import ConcreteWorld
from tests.kit.problems import random_problem, scaled_sign, top_k, worst_error
from tests.kit.steps import take_step

DIMENSION, RUNS, STEPS = 4, 130, 3
AGENTS = {
    "one": (AgentType(2, Fraction(1, 5)),),
    "one, mu = 0": (AgentType(1, 0),),
    "one, mu = L": (AgentType(1, 1),),
    "three alike": (AgentType(1, Fraction(1, 10), 3),),
    "two types": (AgentType(1, Fraction(1, 10), 3), AgentType(5, 0, 2)),
    "three types": (AgentType(3, 3), AgentType(1, Fraction(1, 2), 4), AgentType(Fraction(1, 2), 0)),
}
COMPRESSORS = {
    "top-1": (Fraction(1, DIMENSION), top_k(1)),
    "top-3": (Fraction(3, DIMENSION), top_k(3)),
    "scaled sign": (Fraction(1, DIMENSION), scaled_sign),
    "worst error": (Fraction(1, 3), worst_error(1 / 3)),
    "none": (Fraction(1), None),
}
CASES = [
    (method, agents, compressor)
    for method, agents, compressor in product(METHODS, AGENTS, COMPRESSORS)
    if (METHODS[method].compresses or compressor == "none") and (method != "cgd" or agents.startswith("one"))
]


def make_setting(method: str, agents: str, alpha: Fraction) -> Setting:
    return Setting(AGENTS[agents], Contractive(alpha), METHODS[method](law_step_size(method, AGENTS[agents], alpha)))


def runs_of(setting: Setting, compress, *, seed: int, runs: int = RUNS, steps: int = STEPS):
    """A concrete world for every step of a batch of runs, with what was observed in it."""
    rng = np.random.default_rng(seed)
    problem = random_problem(setting, rng, runs, DIMENSION, compress)
    x = rng.normal(size=(runs, 1, DIMENSION))
    agent_vectors = rng.normal(size=(runs, setting.n_agents, DIMENSION)) if setting.method.agent_state else None
    for _ in range(steps):
        world = ConcreteWorld(setting, problem)
        before, after, measure, state = world.run(x, agent_vectors)
        yield world, before, after, measure
        x, agent_vectors = state if setting.method.agent_state else (*state, None)


def test_there_are_ten_thousand_runs():
    assert len(CASES) * RUNS >= 10_000


@pytest.mark.parametrize(("method", "agents", "compressor"), CASES)
def test_inequalities_and_coordinates(method, agents, compressor):
    alpha, compress = COMPRESSORS[compressor]
    setting = make_setting(method, agents, alpha)
    before, after, measure, exact = take_step(setting)
    for world, seen_before, seen_after, seen_measure in runs_of(setting, compress, seed=len(method + agents)):
        for name, forms in exact.inequalities.items():
            for form in forms:
                value, size = world.evaluate(form)
                assert np.all(value >= -1e-10 * (size + 1e-10)), name
        value, size = world.evaluate(measure)
        np.testing.assert_allclose(value, seen_measure, rtol=1e-9, atol=1e-12)
        assert np.all(seen_measure >= 0)
        for coordinates, seen in ((before, seen_before), (after, seen_after)):
            assert_same_coordinates(world, coordinates, seen)


def assert_same_coordinates(world: ConcreteWorld, exact, seen) -> None:
    for vector, array in zip(exact.agents, seen.agents, strict=True):
        parts = world.parts("seen", array)
        for t, (mean, deviation) in enumerate(zip(vector.means, vector.deviations, strict=True)):
            np.testing.assert_allclose(world.place(mean), parts[f"seen[{t}]"], atol=1e-10)
            if world.counts[t] > 1:
                np.testing.assert_allclose(world.place(deviation), parts[f"seen[{t}]'"], atol=1e-10)
    for vector, array in zip(exact.server, seen.server, strict=True):
        np.testing.assert_allclose(world.place(vector), array[:, 0], atol=1e-10)
    for form, array in zip(exact.values, seen.values, strict=True):
        np.testing.assert_allclose(world.evaluate(form)[0], array, atol=1e-10)


@pytest.mark.parametrize("method", METHODS)
def test_every_inequality_is_attained(method):
    """In some run of one agent each inequality is nearly an equality: none could be sharper by a factor.

    Errors of the largest size, and quadratics of curvature mu or L along each axis.
    """
    alpha = Fraction(1, 3) if METHODS[method].compresses else Fraction(1)
    setting = make_setting(method, "one", alpha)
    _, _, _, exact = take_step(setting)
    least = dict.fromkeys(exact.inequalities, 1.0)
    for world, *_ in runs_of(setting, worst_error(1 / 3), seed=7, runs=400, steps=2):
        for name, (form,) in exact.inequalities.items():
            value, size = world.evaluate(form)
            least[name] = min(least[name], np.min(value / size))
    assert {name: share for name, share in least.items() if share > 1e-6} == {}


@pytest.mark.parametrize(("method", "agents", "compressor"), [case for case in CASES if case[1] != "one, mu = L"][::3])
def test_a_sharpened_inequality_fails_on_some_run(method, agents, compressor):
    """The runs are hard enough to notice: with the claimed constants improved, some inequality breaks."""
    alpha, compress = COMPRESSORS[compressor]
    setting = make_setting(method, agents, alpha)
    tight = tuple(AgentType(a.L * Fraction(9, 10), a.mu * Fraction(9, 10), a.count) for a in setting.agents)
    sharper = Setting(tight, setting.compressor, setting.method)
    _, _, _, exact = take_step(sharper)
    worst = 0.0
    for world, *_ in runs_of(setting, compress, seed=3, steps=1):
        rescaled = ConcreteWorld(sharper, world.problem)
        rescaled.run(world.symbols["x"][:, None], _agent_state(world))
        for form in (form for forms in exact.inequalities.values() for form in forms):
            value, size = rescaled.evaluate(form)
            worst = min(worst, np.min(value / (size + 1e-300)))
    assert worst < -1e-6


def _agent_state(world: ConcreteWorld):
    for name in world.setting.method.agent_state:
        parts = [
            world.symbols[f"{name}[{t}]"][:, None] + world.symbols[f"{name}[{t}]'"] for t in range(len(world.counts))
        ]
        return np.concatenate(parts, axis=1)
    return None


@pytest.mark.parametrize(("method", "agents", "compressor"), CASES)
def test_certified_lyapunov_functions_shrink_on_real_runs(method, agents, compressor):
    alpha, compress = COMPRESSORS[compressor]
    setting = make_setting(method, agents, alpha)
    evidence = closed_form(setting)
    if evidence is None:
        assert all(agent.mu == 0 for agent in setting.agents)
        return
    for world, before, after, measure in runs_of(setting, compress, seed=11):
        now, then = (lyapunov(world, evidence, seen) for seen in (before, after))
        assert np.all(then <= float(evidence.rate) * now * (1 + 1e-9) + 1e-12)
        assert np.all(now >= float(evidence.c) * measure * (1 - 1e-9) - 1e-12)
        assert np.all(now <= float(evidence.C) * measure * (1 + 1e-9) + 1e-12)


def lyapunov(world: ConcreteWorld, evidence, seen) -> np.ndarray:
    """V from the blocks of the certificate and the numbers of the run."""
    names = world.setting.method.coordinates
    values: dict[str, np.ndarray] = {}
    for name, array in zip(names.agents, seen.agents):
        values |= world.parts(name, array)
    values |= {name: array[:, 0] for name, array in zip(names.server, seen.server)}
    total = sum((float(c) * array for c, array in zip(evidence.values, seen.values)), np.array(0.0))
    for block in evidence.lyapunov:
        for (a, b), value in block.entries().items():
            term = (values[a] * values[b]).sum(axis=-1)
            term = term.sum(axis=-1) / world.n if a.endswith("'") else term
            total = total + float(value) * (1 if a == b else 2) * term
    return total
