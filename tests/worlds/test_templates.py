"""On real runs: what is recorded with memory holds, and a V that uses it shrinks from the start on."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from eftheory.assumptions import COMMON_MINIMISER
from eftheory.check.coordinates import take_step
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods import Template
from eftheory.theory import closed_form
from tests.kit.concrete import ConcreteWorld
from tests.kit.problems import random_problem, worst_error
from tests.kit.remembering import remembering
from tests.worlds.test_runs import CASES as PLAIN_CASES
from tests.worlds.test_runs import COMPRESSORS, DIMENSION, make_setting

RUNS, STEPS = 60, 4
TEXTS = ("values", "memory", "memory, values")
CASES = [
    (*case, text)
    for case in PLAIN_CASES
    for text in TEXTS
    if text != "values" or COMMON_MINIMISER in make_setting(case[0], case[1], Fraction(1)).method.hypotheses
]
cases = pytest.mark.parametrize(("method", "agents", "compressor", "text"), CASES)


def runs_of(setting: Setting, compress, template: Template, *, seed: int, from_start: bool, steps: int = STEPS):
    """A concrete world for every step of a batch of runs; at first x- is anything, or where the method starts."""
    rng = np.random.default_rng(seed)
    problem = random_problem(setting, rng, RUNS, DIMENSION, compress)
    x, previous = rng.normal(size=(2, RUNS, 1, DIMENSION))
    agent_vectors = rng.normal(size=(RUNS, setting.n_agents, DIMENSION)) if setting.method.agent_state else None
    if from_start:
        previous = problem.minimiser if COMMON_MINIMISER in setting.method.hypotheses else x
    for _ in range(steps):
        world = ConcreteWorld(setting, problem)
        before, after, measure, state = world.run(x, agent_vectors, template, previous)
        yield world, before, after, measure
        previous, (x, *rest) = (state[0], state[1:]) if template.memory else (previous, state)
        agent_vectors = rest[0] if rest else None


@cases
def test_inequalities_and_coordinates(method, agents, compressor, text):
    alpha, compress = COMPRESSORS[compressor]
    setting, template = make_setting(method, agents, alpha), Template.parse(text)
    step, names = take_step(setting, template), template.names(setting.method)
    for world, *seen, measure in runs_of(setting, compress, template, seed=len(method + agents), from_start=False):
        for name, forms in step.inequalities.items():
            for form in forms:
                value, size = world.evaluate(form)
                assert np.all(value >= -1e-10 * size - 1e-13), name
        np.testing.assert_allclose(world.evaluate(step.measure)[0], measure, rtol=1e-9, atol=1e-12)
        for coordinates, observed in zip((step.before, step.after), seen, strict=True):
            arrays, numbers = named(world, names, observed)
            for name, vector in coordinates.vectors.items():
                np.testing.assert_allclose(world.place(vector) + 0 * arrays[name], arrays[name], atol=1e-9)
            assert list(numbers) == list(coordinates.value_names)
            for name, form in zip(coordinates.value_names, coordinates.values, strict=True):
                value, size = world.evaluate(form)
                assert np.all(abs(value - numbers[name]) <= 1e-9 * (size + 1e-2)), name


def named(world: ConcreteWorld, names, seen) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Vectors and function values of a run under the names of the certificate."""
    vectors: dict[str, np.ndarray] = {}
    for name, array in zip(names.agents, seen.agents, strict=True):
        vectors |= world.parts(name, array)
    vectors |= {name: array[:, 0] for name, array in zip(names.server, seen.server, strict=True)}
    numbers = dict(zip(names.values, seen.values, strict=True))
    for name, parts in zip(names.slacks, seen.slacks, strict=True):
        numbers |= {f"{name}[{t}]": part for t, part in enumerate(parts)}
    return vectors, numbers


@cache
def evidence_of(method: str, agents: str, alpha: Fraction, text: str):
    setting = make_setting(method, agents, alpha)
    plain = closed_form(setting)
    return plain and remembering(setting, plain, Template.parse(text))


@cases
def test_lyapunov_functions_that_remember_shrink_on_real_runs(method, agents, compressor, text):
    alpha, compress = COMPRESSORS[compressor]
    setting, template = make_setting(method, agents, alpha), Template.parse(text)
    evidence = evidence_of(method, agents, alpha, text)
    if evidence is None:
        assert all(agent.mu == 0 for agent in setting.agents)
        return
    assert check_upper(setting, evidence).proved
    names, rate, c, C = template.names(setting.method), *map(float, (evidence.rate, evidence.c, evidence.C))
    for from_start in (True, False):
        first = None
        runs = runs_of(setting, compress, template, seed=17, from_start=from_start)
        for t, (world, before, after, measure) in enumerate(runs):
            now, then = (lyapunov(world, evidence, *named(world, names, seen)) for seen in (before, after))
            assert np.all(then <= rate * now * (1 + 1e-9) + 1e-12)
            assert np.all(now >= c * measure * (1 - 1e-9) - 1e-12)
            first = measure if first is None else first
            if from_start and not t:
                assert np.all(now <= C * measure * (1 + 1e-9) + 1e-12)
            if from_start:
                assert np.all(measure <= C / c * rate**t * first * (1 + 1e-9) + 1e-12)


def lyapunov(world: ConcreteWorld, evidence, vectors, numbers) -> np.ndarray:
    """V from the blocks of the certificate and the numbers of the run."""
    total = sum((float(c) * number for c, number in zip(evidence.values, numbers.values(), strict=True)), np.array(0.0))
    for block in evidence.lyapunov:
        for (a, b), value in block.entries().items():
            term = (vectors[a] * vectors[b]).sum(axis=-1)
            term = term.sum(axis=-1) / world.n if a.endswith("'") else term
            total = total + float(value) * (1 if a == b else 2) * term
    return total


@pytest.mark.parametrize(("method", "text"), sorted({(case[0], case[3]) for case in CASES}))
def test_every_inequality_is_attained(method, text):
    """None that a template adds could be sharper by a factor: quadratics of curvature mu or L attain each."""
    setting = make_setting(method, "one", Fraction(1, 3) if method != "gd" else Fraction(1))
    template = Template.parse(text)
    step = take_step(setting, template)
    least = dict.fromkeys(step.inequalities, 1.0)
    for seed in range(8):
        for world, *_ in runs_of(setting, worst_error(1 / 3), template, seed=seed, from_start=False, steps=2):
            for name, (form,) in step.inequalities.items():
                value, size = world.evaluate(form)
                least[name] = min(least[name], np.min(value / size))
    assert {name: share for name, share in least.items() if share > 1e-6} == {}
