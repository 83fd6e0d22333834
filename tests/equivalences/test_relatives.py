"""Methods that are others in disguise, exactly: EF21-W, EControl, heavy ball, and two without feedback."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from eftheory.compressors import Compressor, Identity, Overshoot, RandK, ScaledSign, TopK
from eftheory.methods import CGD, EF21, GD, Method
from eftheory.methods.dcgd import DCGD
from eftheory.methods.econtrol import EControl
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.recording.load import make_method
from eftheory.simulate import NumericWorld, simulate
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.rational import RationalQuadratic, RationalWorld, fix_draw, simulate_exactly
from eftheory.simulate.rational.rules import Rule
from tests.equivalences.strategies import few, quadratics, step_sizes, vectors

STEPS, HALF = 5, Fraction(1, 2)
homogeneous = st.sampled_from([TopK(1), TopK(2), ScaledSign(), Overshoot(Fraction(1, 2)), Identity()])
at_least_two = quadratics(dimension=st.integers(2, 3))


def points(method: Method, problem: RationalQuadratic, compressor: Any, start: Any) -> list[list[Fraction]]:
    return simulate_exactly(method, problem, compressor, steps=STEPS, start=start).points


@st.composite
def weights(draw: st.DrawFn, n: int) -> tuple[Fraction, ...]:
    shares = draw(st.lists(st.integers(1, 5), min_size=n, max_size=n))
    return tuple(Fraction(share, sum(shares)) for share in shares)


@given(st.data(), at_least_two, homogeneous, step_sizes)
def test_ef21_w_is_ef21_for_homogeneous_compressors(
    data: st.DataObject, problem: RationalQuadratic, compressor: Compressor, step: Fraction
) -> None:
    n, start = problem.n_agents, data.draw(vectors(problem.dimension))
    weighted = EF21W(step, data.draw(weights(n)))
    one, other = (
        simulate_exactly(method, problem, compressor, steps=STEPS, start=start) for method in (weighted, EF21(step))
    )
    assert one.points == other.points
    assert (one.measures == other.measures).all()
    world = RationalWorld(problem, compressor)
    for (_, with_weights), (_, d) in zip(one.states, other.states):
        assert (world.scaled(with_weights, [n * w for w in weighted.weights]) == d).all()


@given(st.data(), at_least_two, step_sizes)
def test_ef21_w_with_equal_weights_is_ef21_for_any_compressor(
    data: st.DataObject, problem: RationalQuadratic, step: Fraction
) -> None:
    equal = (Fraction(1, problem.n_agents),) * problem.n_agents
    start = data.draw(vectors(problem.dimension))
    assert points(EF21W(step, equal), problem, keep_large, start) == points(EF21(step), problem, keep_large, start)


def keep_large(v: list[Fraction]) -> list[Fraction]:
    """A hard threshold at 1: not homogeneous."""
    return [entry if abs(entry) >= 1 else Fraction(0) for entry in v]


def round_to_whole(v: list[Fraction]) -> list[int]:
    """Nor is rounding to the nearest whole number."""
    return [round(entry) for entry in v]


@st.composite
def weighted_pairs(draw: st.DrawFn) -> tuple[RationalQuadratic, tuple[Fraction, ...], list[int]]:
    problem = draw(quadratics(agents=st.just(2), dimension=st.just(1), rotated=False))
    return problem, draw(weights(2)), draw(vectors(1))


@pytest.mark.parametrize("rule", [keep_large, round_to_whole])
def test_for_others_a_small_counterexample_is_found(rule: Rule) -> None:
    def differs(case: tuple[RationalQuadratic, tuple[Fraction, ...], list[int]]) -> bool:
        problem, own, start = case
        return points(EF21W(HALF, own), problem, rule, start) != points(EF21(HALF), problem, rule, start)

    problem, own, start = find(weighted_pairs(), differs, settings=settings(database=None, derandomize=True))
    assert max(agent.L for agent in problem.agents) <= 2
    assert max(map(abs, [*problem.centres.flat, *start])) <= 3
    assert own in [(Fraction(1, 3), Fraction(2, 3)), (Fraction(2, 3), Fraction(1, 3))]


def test_weights_are_checked() -> None:
    for wrong in ((), (Fraction(1, 2),), (Fraction(3, 2), Fraction(-1, 2))):
        with pytest.raises(ValueError, match="weights="):
            EF21W(Fraction(1), wrong)
    problem = RationalQuadratic.of_spectra([[1]])
    with pytest.raises(ValueError, match="2 factors or weights for 1 agents"):
        points(EF21W(Fraction(1), (Fraction(1, 2),) * 2), problem, TopK(1), [1])


def test_ef21_w_runs_in_floats() -> None:
    team = RationalQuadratic.of_spectra([[1], [3], [7]]).agents
    problem = Quadratic.random(team, 4, rng=np.random.default_rng(0))
    step, start = Fraction(1, 50), np.ones(4)
    weighted = EF21W.proportional(step, problem.agents)
    one = simulate(weighted, problem, TopK(2), steps=300, start=start)
    other = simulate(EF21(step), problem, TopK(2), steps=300, start=start)
    assert one.measures == pytest.approx(other.measures, rel=1e-9)
    assert one.measures[-1] < 1e-3 * one.measures[0]
    observed = weighted.observe(NumericWorld(problem, TopK(2)), *one.state)
    assert observed.agents[0].shape == (3, 4)


@given(st.data(), quadratics(), step_sizes)
def test_econtrol_that_does_not_control_is_ef21(
    data: st.DataObject, problem: RationalQuadratic, step: Fraction
) -> None:
    """With eta = 0 and h = 0: h after t + 1 steps is d after t, whatever the compressor."""
    econtrol = make_method(EControl, step, {"eta": Fraction(0)})
    compressor = data.draw(st.sampled_from([TopK(1), ScaledSign(), keep_large, Overshoot(Fraction(1, 3))]))
    start = data.draw(vectors(problem.dimension))
    one, other = (
        simulate_exactly(method, problem, compressor, steps=STEPS, start=start) for method in (econtrol, EF21(step))
    )
    assert one.points == other.points
    for (_, _, h), (_, d) in zip(one.states[1:], other.states):
        assert (h == d).all()


@given(st.data(), quadratics(), step_sizes, st.fractions(0, 1, max_denominator=4))
def test_econtrol_remembers_all_that_was_lost(
    data: st.DataObject, problem: RationalQuadratic, step: Fraction, eta: Fraction
) -> None:
    """e is the sum of g - h over all rounds, and so x - step mean e moves by -step mean g."""
    econtrol = make_method(EControl, step, {"eta": eta})
    compressor = data.draw(st.sampled_from([TopK(1), ScaledSign(), keep_large]))
    run = simulate_exactly(econtrol, problem, compressor, steps=STEPS, start=data.draw(vectors(problem.dimension)))
    for (x, e, _), (x_next, e_next, h) in pairwise(run.states):
        g = problem.gradients(x)
        assert (e_next - e == g - h).all()
        moved = (x_next - step * e_next.mean(axis=0)) - (x - step * e.mean(axis=0))
        assert (moved == -step * g.mean(axis=0)).all()


@given(quadratics(), step_sizes, st.data())
def test_ef21_without_compression_is_gradient_descent(
    problem: RationalQuadratic, step: Fraction, data: st.DataObject
) -> None:
    start = data.draw(vectors(problem.dimension))
    assert points(EF21(step), problem, Identity(), start) == points(GD(step), problem, Identity(), start)


@given(quadratics(), step_sizes, st.data())
def test_heavy_ball_without_momentum_is_ef21(problem: RationalQuadratic, step: Fraction, data: st.DataObject) -> None:
    start, compressor = data.draw(vectors(problem.dimension)), data.draw(st.sampled_from([TopK(1), keep_large]))
    heavy = make_method(HeavyBallEF21, step, {"momentum": Fraction(0)})
    assert points(heavy, problem, compressor, start) == points(EF21(step), problem, compressor, start)
    half = make_method(HeavyBallEF21, step, {"momentum": Fraction(1, 2)})
    moved = points(half, problem, compressor, start)
    assert moved[:2] == points(EF21(step), problem, compressor, start)[:2]


@given(quadratics(agents=st.just(1)), step_sizes, st.data())
def test_compressed_gradients_of_one_agent(problem: RationalQuadratic, step: Fraction, data: st.DataObject) -> None:
    start, compressor = data.draw(vectors(problem.dimension)), data.draw(st.sampled_from([TopK(1), ScaledSign()]))
    dcgd = make_method(DCGD, step)
    assert points(dcgd, problem, compressor, start) == points(CGD(step), problem, compressor, start)


@given(quadratics(agents=few), step_sizes, st.data())
def test_compressed_gradients_without_compression_are_gradient_descent(
    problem: RationalQuadratic, step: Fraction, data: st.DataObject
) -> None:
    start = data.draw(vectors(problem.dimension))
    assert points(make_method(DCGD, step), problem, Identity(), start) == points(GD(step), problem, Identity(), start)


@given(quadratics(dimension=st.just(2)), step_sizes, st.data())
def test_homogeneity_holds_draw_by_draw_for_rand_k(
    problem: RationalQuadratic, step: Fraction, data: st.DataObject
) -> None:
    rules = [fix_draw(RandK(1), data.draw(st.integers(0, 1))) for _ in range(problem.n_agents)]
    weighted = EF21W(step, data.draw(weights(problem.n_agents)))
    start = data.draw(vectors(2))
    assert points(weighted, problem, rules, start) == points(EF21(step), problem, rules, start)
