"""What is written once for both kinds of number holds in both, and no float gets into an exact run."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType
from eftheory.compressors import Identity, Overshoot, RandK, TopK
from eftheory.methods import EF, EF21, GD, METHODS
from eftheory.simulate import LyapunovFunction, NumericWorld, simulate
from eftheory.simulate.arithmetic import Arithmetic
from eftheory.simulate.floats import FLOATS
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.rational import RATIONALS, RationalQuadratic, simulate_exactly
from eftheory.simulate.rational.reflections import reflect
from eftheory.theory import closed_form
from tests.kit.teams import agent_types, seeds
from tests.simulate.test_run import make_setting

both = pytest.mark.parametrize("arithmetic", [FLOATS, RATIONALS], ids=["floats", "rationals"])
both_quadratics = pytest.mark.parametrize("kind", [Quadratic, RationalQuadratic])
EXACT = RationalQuadratic.of_spectra([[1, 2], [3, Fraction(1, 2)]], bases=[reflect([1, 2]), reflect([1, 1])])


# ---------------------------------------------------------------------- in both
@both
@given(st.integers(1, 5), agent_types(), seeds)
def test_draws_are_what_problems_need(arithmetic: Arithmetic, dimension: int, agent: AgentType, seed: int) -> None:
    rng = np.random.default_rng(seed)
    Q, spectrum = arithmetic.draw_basis(dimension, rng), arithmetic.draw_spectrum(agent, dimension, rng)
    assert arithmetic.is_zero(Q @ Q.T - arithmetic.array(np.eye(dimension, dtype=int)))
    ends = {arithmetic.number(agent.mu), arithmetic.number(agent.L)}
    assert min(ends) <= min(spectrum) <= max(spectrum) <= max(ends)
    assert ends <= set(spectrum) or dimension == 1
    apart, common = (arithmetic.draw_centres(3, dimension, rng, common=common) for common in (False, True))
    assert apart.shape == common.shape == (3, dimension)
    assert (common == common[0]).all()


@both
@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=3, max_size=3), st.data())
def test_systems_that_have_a_solution_are_solved(arithmetic: Arithmetic, rows: list, data: st.DataObject) -> None:
    matrix = arithmetic.array(rows)
    matrix = matrix @ matrix.T  # as the Hessians are, and perhaps singular
    right = matrix @ arithmetic.array(data.draw(st.lists(st.integers(-3, 3), min_size=3, max_size=3)))
    assert arithmetic.is_zero(matrix @ arithmetic.solve(matrix, right) - right)


@both_quadratics
def test_bases_turn_the_spectrum(kind: type[Quadratic]) -> None:
    problem = kind.of_spectra([[1, 2]], bases=[reflect([1, 2])], centres=[[3, 4]])
    hessian = problem.hessians.astype(float)
    assert np.linalg.eigvalsh(hessian[0]) == pytest.approx([1, 2])
    assert hessian[0, 0, 1] == pytest.approx(12 / 25)
    assert problem.minimiser.tolist() == [3, 4]
    with pytest.raises(ValueError, match="not orthogonal"):
        kind.of_spectra([[1, 2]], bases=[[[1, 1], [0, 1]]])


@both_quadratics
def test_shapes_must_fit(kind: type[Quadratic]) -> None:
    one = AgentType(L=1, mu=1)
    for hessians, centres, agents in (([[[1]]], [[0]], (one, one)), ([[1]], [[0]], (one,)), ([[[1]]], [0], (one,))):
        with pytest.raises(ValueError, match="they must be n"):
            kind(hessians, centres, agents)


@both_quadratics
def test_each_agent_may_have_its_own_compressor(kind: type[Quadratic]) -> None:
    problem = kind.of_spectra([[1, 1], [1, 1]])
    world = NumericWorld(problem, [TopK(1), lambda v: [-x for x in v]])
    assert world.compress(world.array([[1, 2], [1, 2]])).tolist() == [[0, 2], [-1, -2]]
    with pytest.raises(ValueError, match="1 compressors for 2 agents"):
        NumericWorld(problem, [TopK(1)])


def test_random_compressors_of_their_own_draw_one_after_the_other() -> None:
    problem = Quadratic.of_spectra([[1] * 4] * 3)
    v = np.arange(1.0, 13.0).reshape(3, 4)
    one = NumericWorld(problem, [RandK(2)] * 3).compress(v)
    rng = np.random.default_rng(0)
    assert (one == [RandK(2)(row, rng) for row in v]).all()


@both_quadratics
@pytest.mark.parametrize("name", METHODS)
def test_states_are_kept_on_demand(kind: type[Quadratic], name: str) -> None:
    method, problem = METHODS[name](Fraction(1, 9)), kind.of_spectra([[1, 2]])
    every = simulate(method, problem, Identity(), steps=3, start=[1, 1], keep_states=True)
    last = simulate(method, problem, Identity(), steps=3, start=[1, 1])
    assert len(every.states) == len(every.points) == len(every.measures) == 4
    assert last.points == every.points[-1:]
    assert last.measures.tolist() == every.measures.tolist()


@both_quadratics
def test_runs_end_at_the_tolerance(kind: type[Quadratic]) -> None:
    method, problem = GD(Fraction(1, 2)), kind.of_spectra([[1]])
    run = simulate(method, problem, Identity(), steps=1000, start=[1], tolerance=Fraction(1, 1000))
    assert len(run.measures) == 6


@both_quadratics
def test_without_a_start_there_is_a_random_one(kind: type[Quadratic]) -> None:
    problem = kind.of_spectra([[1, 2, 3]])
    one, same = (simulate(EF(Fraction(1, 9)), problem, Identity(), steps=0).points for _ in range(2))
    other = simulate(EF(Fraction(1, 9)), problem, Identity(), steps=0, rng=np.random.default_rng(1)).points
    assert one == same != other


# ---------------------------------------------------------------------- no floats
@pytest.mark.parametrize("name", METHODS)
def test_all_numbers_of_an_exact_run_are_fractions(name: str) -> None:
    method, team = METHODS[name](Fraction(1, 9)), list(EXACT.agents)
    V = None
    if name in ("ef", "ef21"):
        setting = make_setting(name, team, Fraction(1, 2))
        upper = closed_form(setting)
        assert upper is not None
        V = LyapunovFunction(setting, upper, agents=EXACT.agents)
    start = EXACT.minimiser + 1  # of Fractions with a denominator
    run = simulate_exactly(method, EXACT, TopK(1), steps=3, start=start, lyapunov=V)
    values = [*run.measures, *(run.V if V else [])]
    values += [entry for state in run.states for vector in state for entry in vector.flat]
    assert {type(value) for value in values} == {Fraction}
    world = NumericWorld(EXACT, TopK(1))
    x = run.state[0]
    server = [world.mean(world.gradient(x)), world.minimiser]
    agents = [world.gradient(x), world.scaled(world.gradient(x), [1, Fraction(1, 2)]), world.compress(EXACT.centres)]
    numbers = [world.value(x), world.square(x), world.mean_square(world.gradient(x))]
    assert {type(value) for value in [*numbers, *(e for v in [*server, *agents] for e in v.flat)]} == {Fraction}


def run_with(**changes: Any) -> Any:
    given = {"method": EF21(Fraction(1, 9)), "problem": EXACT, "compressor": TopK(1), "steps": 1, "start": [1, 2]}
    return simulate_exactly(**{**given, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"start": [0.5, 1]},
        {"start": (np.ones(2), np.zeros((2, 2)))},
        {"method": EF21(0.5)},  # type: ignore[arg-type]
        {"method": GD(0.5)},  # type: ignore[arg-type]
        {"method": EF(0.5)},  # type: ignore[arg-type]
        {"compressor": lambda v: [x * 0.5 for x in v]},
        {"compressor": [TopK(1), lambda v: [0.5, 0.5]]},
        {"compressor": lambda v: [True, False]},
        {"tolerance": 1e-3},
    ],
)
def test_a_float_is_refused_wherever_it_comes_from(changes: dict[str, Any]) -> None:
    run_with()
    with pytest.raises(TypeError, match="no int or Fraction"):
        run_with(**changes)


def test_exact_runs_need_exact_problems() -> None:
    with pytest.raises(TypeError, match="exact on a RationalQuadratic"):
        run_with(problem=Quadratic.of_spectra([[1, 2], [3, 1]]))
    with pytest.raises(TypeError, match="is random"):
        run_with(compressor=RandK(1))
    with pytest.raises(TypeError, match="no int or Fraction"):
        NumericWorld(EXACT, Identity()).scaled(EXACT.centres, [0.5, 0.5])


def test_floats_stay_floats() -> None:
    """A problem given in whole numbers or Fractions is rounded; nothing is computed with objects."""
    problem = Quadratic([[[1, 0], [0, Fraction(1, 3)]]], [[0, 1]], (AgentType(L=1, mu=Fraction(1, 3)),))
    run = simulate(EF21(Fraction(1, 9)), problem, Overshoot(Fraction(1, 2)), steps=2, start=[1, Fraction(1, 3)])
    assert {v.dtype for v in (problem.hessians, problem.centres, run.measures, *run.state)} == {np.dtype(float)}
