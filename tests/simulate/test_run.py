"""Runs keep what certificates promise, and the numeric world does what the other worlds do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.compressors import Compressor, Identity, Overshoot, RandK, ScaledSign, TopK
from eftheory.exact.vector import Vector
from eftheory.methods import EF, EF21, GD, METHODS
from eftheory.simulate import LyapunovFunction, NumericWorld, simulate
from eftheory.simulate.agents import one_by_one
from eftheory.simulate.problems import Huber, Quadratic
from eftheory.theory import closed_form, law_step_size
from eftheory.worlds import LinearWorld
from eftheory.worlds.agents import AgentVector
from tests.kit.examples import example
from tests.kit.teams import seeds, teams

DIMENSION = 4
deterministic = st.sampled_from([TopK(1), TopK(3), ScaledSign(), Overshoot(Fraction(1, 2)), Identity()])


def make_setting(method: str, agents: list[AgentType], alpha: Fraction, share: Fraction = Fraction(1)) -> Setting:
    step = share * law_step_size(method, tuple(agents), alpha)
    return Setting(tuple(agents), Contractive(alpha), METHODS[method](step))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["ef", "ef21"]), st.sampled_from([Quadratic, Huber]), teams, deterministic, st.booleans(), seeds)
def test_every_step_keeps_the_certified_rate(
    method: str, kind: type, team: list[AgentType], compressor: Compressor, apart: bool, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    problem = kind.random(team, DIMENSION, rng=rng, common_minimiser=method == "ef" or not apart)
    setting = make_setting(method, team, compressor.alpha(DIMENSION))
    upper = closed_form(setting)
    assert upper is not None
    V = LyapunovFunction(setting, upper, agents=problem.agents)
    run = simulate(setting.method, problem, compressor, steps=40, rng=rng, lyapunov=V)
    assert (run.ratios(floor=1e-10) <= float(upper.rate) * (1 + 1e-9)).all()
    t = np.arange(len(run.measures))
    bound = float(upper.C / upper.c) * float(upper.rate) ** t * run.measures[0]
    assert (run.measures <= bound * (1 + 1e-9) + 1e-10 * run.measures[0]).all()


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(["ef", "ef21"]), teams, st.fractions(Fraction(1, 2), Fraction(1)), seeds)
def test_other_steps_keep_their_rate(method: str, team: list[AgentType], share: Fraction, seed: int) -> None:
    problem = Quadratic.random(team, DIMENSION, rng=np.random.default_rng(seed), common_minimiser=True)
    setting = make_setting(method, team, Fraction(1, 2), share)
    upper = closed_form(setting)
    assert upper is not None
    V = LyapunovFunction(setting, upper, agents=problem.agents)
    run = simulate(setting.method, problem, TopK(2), steps=30, lyapunov=V)
    assert (run.ratios(floor=1e-10) <= float(upper.rate) * (1 + 1e-9)).all()


def test_a_random_compressor_keeps_the_rate_on_average() -> None:
    team = [AgentType(L=1, mu=Fraction(1, 10), count=2), AgentType(L=3, mu=Fraction(1, 2))]
    problem = Quadratic.random(team, DIMENSION, rng=np.random.default_rng(3))
    setting = make_setting("ef21", team, Fraction(1, 2))
    upper = closed_form(setting)
    assert upper is not None
    V = LyapunovFunction(setting, upper, agents=problem.agents)
    rng, x = np.random.default_rng(4), np.ones(DIMENSION)
    start = (x, np.zeros((3, DIMENSION)))
    runs = [simulate(setting.method, problem, RandK(2), steps=1, start=start, rng=rng, lyapunov=V) for _ in range(400)]
    ratios = np.array([run.V[1] / run.V[0] for run in runs])
    assert len(set(ratios)) > 1
    assert ratios.mean() - 4 * ratios.std() / 20 <= float(upper.rate)


def test_a_worst_case_reaches_the_certified_rate() -> None:
    team = [AgentType(L=1, mu=Fraction(1, 4), count=3)]
    setting = make_setting("ef21", team, Fraction(3, 4))
    upper = closed_form(setting)
    assert upper is not None
    flat = Quadratic(np.full((3, 1, 1), 0.25), np.zeros((3, 1)), one_by_one(team))
    V = LyapunovFunction(setting, upper, agents=flat.agents)
    run = simulate(setting.method, flat, Overshoot(Fraction(1, 2)), steps=60, start=np.ones(1), lyapunov=V)
    assert run.ratios()[-1] == pytest.approx(float(upper.rate), rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(teams, st.sampled_from([Overshoot(Fraction(1, 3)), Identity()]), seeds)
def test_ef_is_ef21_for_a_linear_compressor(team: list[AgentType], compressor: Compressor, seed: int) -> None:
    problem = Quadratic.random(team, DIMENSION, rng=np.random.default_rng(seed))
    step = law_step_size("ef", tuple(team), compressor.alpha(DIMENSION))
    start = np.random.default_rng(seed).standard_normal(DIMENSION)
    for steps in (1, 2, 7):
        one, other = (
            simulate(method(step), problem, compressor, steps=steps, start=start).state[0] for method in (EF, EF21)
        )
        assert np.allclose(one, other, rtol=1e-10, atol=1e-12)


class Overshot(LinearWorld):
    """The linear world with C(v) = 3/2 v at every agent."""

    def compress(self, v: AgentVector) -> AgentVector:
        return Fraction(3, 2) * v


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(sorted(METHODS)),
    st.lists(st.tuples(*[st.integers(1, 8)] * 2), min_size=2, max_size=2),
    st.lists(st.integers(-3, 3), min_size=2, max_size=2),
    st.integers(1, 3),
)
def test_the_numeric_world_agrees_with_the_linear_world(
    name: str, curvatures: list[tuple[int, int]], start: list[int], count: int
) -> None:
    method = METHODS[name](Fraction(1, 32))
    rows = [tuple(Fraction(h) for h in row) for row in curvatures]
    world = Overshot((count, 1), curvatures=tuple(Vector({str(k): h for k, h in enumerate(row)}) for row in rows))
    zero = AgentVector((Vector(),) * 2, (Vector(),) * 2)
    x = Vector({str(k): Fraction(value) for k, value in enumerate(start)})
    exact = (x, *[zero] * len(method.agent_state))
    each = [rows[0]] * count + [rows[1]]
    problem = Quadratic.of_spectra([[float(h) for h in row] for row in each])
    state = (np.array(start, dtype=float), *[np.zeros((count + 1, 2))] * len(method.agent_state))
    run = simulate(method, problem, Overshoot(Fraction(1, 2)), steps=3, start=state)
    measures = [method.measure(world, *exact)]
    for _ in range(3):
        exact = method.step(world, *exact)
        measures.append(method.measure(world, *exact))
    assert run.measures == pytest.approx([float(measure) for measure in measures], rel=1e-12)
    assert run.state[0] == pytest.approx([float(exact[0][str(k)]) for k in range(2)], rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(teams, seeds)
def test_v_of_ef21_is_its_definition(team: list[AgentType], seed: int) -> None:
    rng = np.random.default_rng(seed)
    agents = one_by_one(team)
    order = rng.permutation(len(agents))
    agents = tuple(agents[i] for i in order)
    problem = Quadratic.random(agents, DIMENSION, rng=rng)
    setting = make_setting("ef21", team, Fraction(3, 4))
    upper = closed_form(setting)
    assert upper is not None
    world = NumericWorld(problem, Identity())
    x, d = rng.standard_normal(DIMENSION), rng.standard_normal((len(agents), DIMENSION))
    g = problem.gradients(x)
    sigma = np.array([float(agent.L + agent.mu) for agent in agents])
    expected = np.mean(sigma.mean() / sigma * ((g - d) ** 2).sum(axis=1)) + 0.5 * (g.mean(axis=0) ** 2).sum()
    found = LyapunovFunction(setting, upper, agents=agents)(world, (x, d))
    assert found == pytest.approx(expected, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(teams, seeds)
def test_v_of_ef_is_its_definition(team: list[AgentType], seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = Quadratic.random(team, DIMENSION, rng=rng, common_minimiser=True)
    setting = make_setting("ef", team, Fraction(3, 4))
    upper = closed_form(setting)
    assert upper is not None
    x, e = rng.standard_normal(DIMENSION), rng.standard_normal((problem.n_agents, DIMENSION))
    sigma = np.array([float(agent.L + agent.mu) for agent in problem.agents])
    lag = x - problem.minimiser - e.mean(axis=0)
    expected = np.mean(sigma.mean() / sigma * (e**2).sum(axis=1)) + 0.5 * (lag**2).sum()
    found = LyapunovFunction(setting, upper, agents=problem.agents)(NumericWorld(problem, Identity()), (x, e))
    assert found == pytest.approx(expected, rel=1e-9)


def test_v_refuses_other_agents() -> None:
    team = [AgentType(L=1, mu=Fraction(1, 2), count=2)]
    setting = make_setting("ef21", team, Fraction(3, 4))
    upper = closed_form(setting)
    assert upper is not None
    for others in ([AgentType(L=2, mu=1, count=2)], [AgentType(L=1, mu=Fraction(1, 2), count=3)]):
        with pytest.raises(ValueError, match="not those of the certificate"):
            LyapunovFunction(setting, upper, agents=others)


def test_v_with_memory_is_refused() -> None:
    certificate = example("ef21, alike, memory")
    with pytest.raises(ValueError, match="template='memory': only a V that sees nothing but the state"):
        LyapunovFunction(certificate.setting, certificate.upper)


def test_gradients_are_computed_once_a_point() -> None:
    problem = Quadratic.of_spectra([[1.0, 2.0]])
    calls = []

    class Counted:
        agents, n_agents, dimension, minimiser = problem.agents, 1, 2, problem.minimiser
        value = staticmethod(problem.value)

        def gradients(self, x: np.ndarray) -> np.ndarray:
            calls.append(x)
            return problem.gradients(x)

    run = simulate(EF21(Fraction(1, 4)), Counted(), Identity(), steps=5)
    assert len(calls) == 6
    assert len(run.measures) == 6
    world, x = NumericWorld(problem, Identity()), np.ones(2)
    first = world.gradient(x)
    x *= 2  # the world remembers the point, not the array
    assert (world.gradient(x) == 2 * first).all()


def test_compressors_may_be_functions() -> None:
    problem = Quadratic.random([AgentType(L=1, mu=1, count=3)], 5, rng=np.random.default_rng(0))
    v = np.random.default_rng(1).standard_normal((3, 5))
    expected = TopK(2)(v)
    assert (NumericWorld(problem, lambda row: TopK(2)(row)).compress(v) == expected).all()
    assert (NumericWorld(problem, lambda row, rng: TopK(2)(row, rng)).compress(v) == expected).all()
    drawn = NumericWorld(problem, lambda row, rng=None: RandK(1)(row, rng)).compress(np.ones((3, 5)))
    assert (drawn.sum(axis=1) == 1).all()
    with pytest.raises(ValueError, match="turned 5 entries into"):
        NumericWorld(problem, lambda row: row[:2]).compress(v)


def test_starts() -> None:
    problem = Quadratic.random([AgentType(L=1, mu=1, count=3)], 2, rng=np.random.default_rng(0))
    method = EF21(Fraction(1, 4))
    once = simulate(method, problem, TopK(1), steps=3)
    again = simulate(method, problem, TopK(1), steps=3, rng=np.random.default_rng(0))
    assert (once.measures == again.measures).all()
    x = np.array([1.0, -2.0])
    (_, d) = simulate(method, problem, TopK(1), steps=0, start=x).state
    assert (d == TopK(1)(problem.gradients(x))).all()
    for wrong in (np.ones(3), (x,), (x, np.ones((2, 2)))):
        with pytest.raises(ValueError, match="start"):
            simulate(method, problem, TopK(1), steps=1, start=wrong)


def test_runs_end_where_nothing_more_is_measured() -> None:
    problem = Quadratic.of_spectra([[1.0]])
    diverging = simulate(GD(Fraction(10**9)), problem, Identity(), steps=1000, start=np.ones(1))
    assert len(diverging.measures) < 100
    assert not np.isfinite(diverging.measures[-1])
    halving = simulate(GD(Fraction(1, 2)), problem, Identity(), steps=1000, start=np.ones(1), tolerance=1e-3)
    assert len(halving.measures) == 6
    with pytest.raises(ValueError, match="pass lyapunov="):
        halving.ratios()


@dataclass(frozen=True)
class Averaging(GD):
    """Gradient descent that keeps a share of where it was."""

    share: Fraction = Fraction(1, 2)

    def step(self, world, x):  # type: ignore[no-untyped-def]
        (after,) = super().step(world, x)
        return (self.share * x + (1 - self.share) * after,)


def test_all_numbers_of_a_method_become_floats() -> None:
    run = simulate(Averaging(Fraction(1)), Quadratic.of_spectra([[1.0]]), Identity(), steps=3, start=np.ones(1))
    assert run.state[0].dtype == float
    assert run.state[0] == [0.125]
