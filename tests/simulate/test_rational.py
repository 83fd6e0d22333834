"""Runs in Fractions: exact constants, the same steps as in floats, all branches of a random step."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory.assumptions import AgentType
from eftheory.bounds import certify
from eftheory.certificates import Lower
from eftheory.compressors import Compressor, Identity, Overshoot, RandK, ScaledSign, TopK
from eftheory.methods import EF, EF21, METHODS
from eftheory.simulate import LyapunovFunction, NumericWorld, simulate
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.rational import (
    RATIONALS,
    RationalQuadratic,
    RationalWorld,
    draw_fresh,
    enumerate_steps,
    fix_draw,
    replay_worst_case,
    simulate_exactly,
)  # fmt: skip
from eftheory.simulate.rational.arrays import as_fractions
from eftheory.simulate.rational.reflections import reflect
from eftheory.theory import closed_form
from tests.kit.teams import seeds, teams
from tests.simulate.test_run import make_setting

deterministic = st.sampled_from([TopK(1), TopK(3), ScaledSign(), Overshoot(Fraction(1, 2)), Identity()])
DIMENSION = 3


def in_floats(problem: RationalQuadratic) -> Quadratic:
    return Quadratic(problem.hessians.astype(float), problem.centres.astype(float), problem.agents)


@given(st.integers(1, 5), seeds)
def test_bases_are_orthogonal_and_rational(dimension: int, seed: int) -> None:
    Q = RATIONALS.draw_basis(dimension, np.random.default_rng(seed))
    assert (np.eye(dimension, dtype=int) == Q @ Q.T).all()
    assert all(type(entry) is Fraction for entry in Q.flat)


def test_there_is_no_reflection_in_zero() -> None:
    with pytest.raises(ValueError, match=r"vector=\[0, 0\]"):
        reflect([0, 0])


@given(teams, seeds, st.integers(1, 4))
def test_quadratics_have_exactly_the_spectra_asked_for(team: list[AgentType], seed: int, dimension: int) -> None:
    problem = RationalQuadratic.random(team, dimension, rng=np.random.default_rng(seed))
    identity = as_fractions(np.eye(dimension, dtype=int))
    for agent, hessian in zip(problem.agents, problem.hessians):
        singular = [_is_singular(hessian - end * identity) for end in (agent.L, agent.mu)]
        assert all(singular) if dimension > 1 else any(singular)


def _is_singular(matrix: np.ndarray) -> bool:
    rows = [list(row) for row in matrix]
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return True
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for row in rows[k + 1 :]:
            share = row[k] / rows[k][k]
            row[:] = [a - share * b for a, b in zip(row, rows[k])]
    return False


@given(teams, seeds, st.integers(1, 4), st.booleans())
def test_the_minimiser_is_exact(team: list[AgentType], seed: int, dimension: int, common: bool) -> None:
    problem = RationalQuadratic.random(team, dimension, rng=np.random.default_rng(seed), common_minimiser=common)
    gradients = problem.gradients(problem.minimiser)
    assert not gradients.sum(axis=0).any()
    assert not (common and gradients.any())
    world = RationalWorld(problem, TopK(1))
    away = problem.minimiser + 1
    assert world.value(problem.minimiser) == 0 < world.value(away)


def test_flat_quadratics_have_a_minimiser_too() -> None:
    flat = RationalQuadratic.of_spectra([[2, 0], [1, 0]], centres=[[3, 5], [0, 7]])
    assert flat.minimiser.tolist() == [2, 0]


def test_constants_that_do_not_hold_are_refused() -> None:
    one = AgentType(L=2, mu=1)
    for hessian in ([[3]], [[Fraction(1, 2)]]):
        with pytest.raises(ValueError, match="agent 0: a curvature lies outside"):
            RationalQuadratic([hessian], [[0]], (one,))
    with pytest.raises(ValueError, match="symmetric"):
        RationalQuadratic([[[1, 1], [0, 1]]], [[0, 0]], (one,))
    with pytest.raises(ValueError, match="they must be n"):
        RationalQuadratic([[[1]]], [[0]], (one, one))
    with pytest.raises(TypeError, match=r"0\.5 is no int or Fraction"):
        RationalQuadratic.of_spectra([[0.5]])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="not orthogonal"):
        RationalQuadratic.of_spectra([[1, 2]], bases=[as_fractions([[1, 1], [0, 1]])])


@settings(max_examples=30)
@given(st.sampled_from(sorted(METHODS)), teams, deterministic, seeds)
def test_in_floats_the_run_is_the_same_but_for_rounding(
    name: str, team: list[AgentType], compressor: Compressor, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    problem = RationalQuadratic.random(team, DIMENSION, rng=rng, common_minimiser=True)
    method, start = METHODS[name](Fraction(1, 9)), rng.integers(-9, 10, size=DIMENSION)
    smooth = compressor if not isinstance(compressor, TopK) or compressor.k == DIMENSION else Identity()  # no ties
    exact = simulate_exactly(method, problem, smooth, steps=5, start=start)
    floats = simulate(method, in_floats(problem), smooth, steps=5, start=start)
    assert floats.measures == pytest.approx([float(measure) for measure in exact.measures], rel=1e-8, abs=1e-9)
    assert all(type(measure) is Fraction for measure in exact.measures)


@settings(max_examples=30)
@given(st.sampled_from(["ef", "ef21"]), teams, seeds)
def test_v_is_the_same_in_both_kinds_of_number(method: str, team: list[AgentType], seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = RationalQuadratic.random(team, DIMENSION, rng=rng, common_minimiser=True)
    setting = make_setting(method, team, Fraction(3, 4))
    upper = closed_form(setting)
    assert upper is not None
    V = LyapunovFunction(setting, upper, agents=problem.agents)
    x, own = rng.integers(-9, 10, size=DIMENSION), rng.integers(-9, 10, size=(problem.n_agents, DIMENSION))
    exact = V(RationalWorld(problem, TopK(1)), (as_fractions(x), as_fractions(own)))
    assert type(exact) is Fraction
    assert V(NumericWorld(in_floats(problem), TopK(1)), (x.astype(float), own.astype(float))) == pytest.approx(
        float(exact), rel=1e-9
    )


def test_v_with_function_values_is_exact() -> None:
    agent = AgentType(L=1, mu=Fraction(1, 2))
    found = certify("cgd", agent, alpha=Fraction(3, 4), step_size="law")
    assert found.certificate is not None
    assert found.certificate.upper is not None
    problem = RationalQuadratic.of_spectra([[1, Fraction(1, 2)]], bases=[reflect([1, 2])])
    V = LyapunovFunction(found.setting, found.certificate.upper)
    run = simulate_exactly(found.setting.method, problem, Overshoot(Fraction(1, 2)), steps=4, start=[3, 1], lyapunov=V)
    rate = found.certificate.upper.rate
    assert all(type(value) is Fraction for value in run.V)
    assert all(later <= rate * now for now, later in pairwise(run.V))


# ---------------------------------------------------------------------- compressors
def test_messages_must_be_rational_and_of_full_length() -> None:
    world = RationalWorld(RationalQuadratic.of_spectra([[1, 1]]), lambda v: [0.5, 0.5])
    with pytest.raises(TypeError, match="no int or Fraction"):
        world.compress(as_fractions([[1, 1]]))
    world = RationalWorld(RationalQuadratic.of_spectra([[1, 1]]), lambda v: v[:1])
    with pytest.raises(ValueError, match="turned 2 entries into"):
        world.compress(as_fractions([[1, 1]]))
    with pytest.raises(TypeError, match="is random"):
        RationalWorld(RationalQuadratic.of_spectra([[1, 1]]), RandK(1)).compress(as_fractions([[1, 1]]))
    with pytest.raises(ValueError, match="1 compressors for 2 agents"):
        RationalWorld(RationalQuadratic.of_spectra([[1], [1]]), [TopK(1)])


def test_agents_may_have_their_own_compressors() -> None:
    world = RationalWorld(RationalQuadratic.of_spectra([[1, 1], [1, 1]]), [TopK(1), lambda v: [-x for x in v]])
    assert world.compress(as_fractions([[1, 2], [1, 2]])).tolist() == [[0, 2], [-1, -2]]


def test_starts_are_checked() -> None:
    problem = RationalQuadratic.of_spectra([[1, 1]])
    for wrong in ([1], (as_fractions([1, 1]),)):
        with pytest.raises(ValueError, match="start"):
            simulate_exactly(EF(Fraction(1)), problem, TopK(1), steps=1, start=wrong)


def test_draws() -> None:
    rng = np.random.default_rng(0)
    fresh = draw_fresh(RandK(1), rng)
    assert {tuple(fresh([1, 2, 3])) for _ in range(50)} == {(1, 0, 0), (0, 2, 0), (0, 0, 3)}
    assert [fix_draw(RandK(1), place)([1, 2, 3]) for place in range(3)] == [[1, 0, 0], [0, 2, 0], [0, 0, 3]]


class Twice(EF21):
    """Compresses what is left, and sends both messages."""

    def step(self, world, x, d):  # type: ignore[no-untyped-def]
        x = x - self.step_size * world.mean(d)
        rest = world.gradient(x) - d
        first = world.compress(rest)
        return x, d + first + world.compress(rest - first)


@pytest.mark.parametrize(("method", "branches"), [(EF21, 9), (Twice, 81)])
def test_branches_have_the_probabilities_and_the_mean_of_the_draws(method: type[EF21], branches: int) -> None:
    problem = RationalQuadratic.of_spectra([[1, 2, 3], [2, 2, 1]])
    state = as_fractions([1, -2, 5]), as_fractions([[0, 1, 0], [2, 0, 0]])
    found = list(enumerate_steps(method(Fraction(1, 3)), problem, RandK(1), state))
    assert len(found) == branches
    assert sum(probability for probability, _ in found) == 1
    kept = Fraction(1, 3) if method is EF21 else 1 - Fraction(2, 3) ** 2  # an entry's chance to be sent
    mean = sum(probability * after[1] for probability, after in found)
    rest = problem.gradients(found[0][1][0]) - state[1]
    assert (mean == state[1] + kept * rest).all()


def test_a_method_that_compresses_twice_has_no_worst_case_to_run() -> None:
    setting = make_setting("ef21", [AgentType(L=1, mu=1)], Fraction(3, 4))
    one = ((Fraction(1),),)
    lower = Lower(Fraction(1), Fraction(1), (Fraction(1),), one, {}, {}, (one, one))
    with pytest.raises(ValueError, match="compresses 2 times"):
        replay_worst_case(setting, lower)
