"""EF and EF21 give the same iterates for linear compressors, and for no others: exactly, and in floats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from eftheory.compressors import (
    Compressor,
    FixedMask,
    FixedProjection,
    Identity,
    Induced,
    Overshoot,
    RandK,
    ScaledSign,
    TopK,
)
from eftheory.methods import EF, EF21
from eftheory.simulate import simulate
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.rational import RationalQuadratic, RationalWorld, fix_draw, simulate_exactly
from eftheory.simulate.start import initial_state
from tests.equivalences.compressors import answers, label, probe
from tests.equivalences.strategies import linear_maps, messages_of_ef, quadratics, step_sizes, vectors
from tests.kit.compressor_cases import CASES
from tests.kit.teams import seeds, teams

STEPS = 5


def assert_same(problem: RationalQuadratic, compressors: Any, step: Fraction, start: list) -> None:
    """x, and what is sent: the messages v_i of EF are step times the d_i of EF21."""
    ef, ef21 = (simulate_exactly(method(step), problem, compressors, steps=STEPS, start=start) for method in (EF, EF21))
    assert ef.points == ef21.points
    world = RationalWorld(problem, compressors)
    for (x, e), (_, d) in zip(ef.states, ef21.states):
        assert (messages_of_ef(world, step, x, e) == step * d).all()


@given(st.data(), quadratics(), step_sizes)
def test_ef_is_ef21_for_linear_maps(data: st.DataObject, problem: RationalQuadratic, step: Fraction) -> None:
    d = problem.dimension
    maps = [data.draw(linear_maps(d)) for _ in range(problem.n_agents)]  # every agent its own
    assert_same(problem, maps, step, data.draw(vectors(d)))


ADDITIVE = [(c, d) for c, dimensions in CASES if c.additive for d in dimensions if d <= 3]


@pytest.mark.parametrize(("compressor", "dimension"), ADDITIVE, ids=label)
@settings(max_examples=8)
@given(data=st.data(), step=step_sizes)
def test_what_is_called_additive_is_enough(
    compressor: Compressor, dimension: int, data: st.DataObject, step: Fraction
) -> None:
    """Random ones are: if every agent draws once and for all."""
    problem = data.draw(quadratics(dimension=st.just(dimension)))
    rules: list[Any] = [compressor] * problem.n_agents
    if compressor.random:
        places = st.integers(0, len(list(compressor.outcomes([1] * dimension))) - 1)
        rules = [fix_draw(compressor, data.draw(places)) for _ in rules]
    assert_same(problem, rules, step, data.draw(vectors(dimension)))


@settings(max_examples=30)
@given(teams, seeds, st.data())
def test_in_floats_they_differ_by_rounding_only(team: list, seed: int, data: st.DataObject) -> None:
    rng = np.random.default_rng(seed)
    problem = Quadratic.random(team, 4, rng=rng)
    rows = rng.integers(-3, 4, size=(2, 4)).tolist()
    kinds = [FixedMask((0, 3)), Overshoot(Fraction(1, 3)), Identity(), FixedProjection([[1, 1, 0, 2], *rows])]
    compressor, start = data.draw(st.sampled_from(kinds)), rng.standard_normal(4)
    step = Fraction(1, 1 + max(int(agent.L) for agent in team))
    for steps in (1, 2, 20):
        one, other = (
            simulate(method(step), problem, compressor, steps=steps, start=start).state[0] for method in (EF, EF21)
        )
        assert np.allclose(one, other, rtol=1e-10, atol=1e-12)


# ---------------------------------------------------------------------- counterexamples


@dataclass(frozen=True)
class Example:
    """f_i(x) = 1/2 sum_k h_ik (x_k - c_ik)^2, a start, a step size, and the draw of each round."""

    curvatures: list[list[int]]
    centres: list[list[int]]
    start: list[int]
    step: Fraction
    draws: list[int]

    @property
    def problem(self) -> RationalQuadratic:
        return RationalQuadratic.of_spectra(self.curvatures, centres=self.centres)


@st.composite
def examples(draw: st.DrawFn, dimensions: tuple[int, ...] = (1, 2, 3)) -> Example:
    n, d = draw(st.integers(1, 2)), draw(st.sampled_from(dimensions))
    return Example(
        [draw(vectors(d, st.integers(1, 3))) for _ in range(n)],
        [draw(vectors(d, st.integers(-4, 4))) for _ in range(n)],
        draw(vectors(d, st.integers(-4, 4))),
        draw(st.sampled_from([Fraction(1), Fraction(1, 2)])),
        draw(st.lists(st.integers(0, d - 1), min_size=4, max_size=4)),
    )


def gaps(compressor: Compressor, example: Example) -> list[Fraction]:
    """||x_EF - x_EF21||^2 after each round; in round t all agents use the draw t, in both methods."""
    problem, step = example.problem, example.step
    rounds = [fix_draw(compressor, draw) if compressor.random else compressor for draw in example.draws]
    worlds = [RationalWorld(problem, rule) for rule in rounds]
    ef, ef21 = (initial_state(method(step), worlds[0], example.start) for method in (EF, EF21))
    result = []
    for now, later in pairwise(worlds):
        ef, ef21 = EF(step).step(now, *ef), EF21(step).step(later, *ef21)
        result.append(now.square(ef[0] - ef21[0]))
    return result


FIND = settings(database=None, derandomize=True, max_examples=2000, deadline=None)


@pytest.mark.parametrize("compressor", [TopK(1), ScaledSign(), RandK(1), RandK(1, scaled=True)], ids=repr)
def test_for_others_a_small_counterexample_is_found(compressor: Compressor) -> None:
    found = find(examples(), lambda example: any(gaps(compressor, example)), settings=FIND)
    assert len(found.start) == 2  # in one dimension all of these are linear
    assert len(found.curvatures) == 1
    entries = [entry for row in (*found.curvatures, *found.centres, found.start) for entry in row]
    assert max(map(abs, entries)) <= 2
    assert sum(entry != 0 for row in (*found.centres, found.start) for entry in row) <= 2
    first, second, _ = gaps(compressor, found)
    assert first == 0  # the first message is the same
    assert second > 0 or gaps(compressor, found)[2] > 0


LINEAR_ALL_THE_SAME = {Induced}  # Top-k and then all of the rest is the identity
OTHERS = {  # one of each class
    type(c): (c, dimensions)
    for c, dimensions in reversed(CASES)
    if not (c.random or c.additive or type(c) in LINEAR_ALL_THE_SAME) and answers(c, probe(dimensions[-1]))
}


@pytest.mark.parametrize(("compressor", "dimensions"), OTHERS.values(), ids=label)
def test_what_is_not_called_additive_has_a_counterexample(compressor: Compressor, dimensions: tuple[int, ...]) -> None:
    found = find(examples(dimensions), lambda example: any(gaps(compressor, example)), settings=FIND)
    assert len(found.curvatures) * len(found.start) <= 4
    assert max(abs(entry) for row in (*found.curvatures, *found.centres, found.start) for entry in row) <= 3
    assert gaps(compressor, found)[0] == 0 or not compressor.homogeneous


@given(examples(), st.sampled_from([TopK(1), ScaledSign(), RandK(1)]))
def test_the_first_step_is_always_the_same(example: Example, compressor: Compressor) -> None:
    assert gaps(compressor, example)[0] == 0


def test_the_draw_of_the_last_round_is_not_that_of_this_one() -> None:
    """f(x) = ||x||^2/2 at (1, 1) with step 1: Rand-1 that keeps the first entry, then the second."""
    example = Example([[1, 1]], [[0, 0]], [1, 1], Fraction(1), [0, 1, 0, 1])
    assert gaps(RandK(1), example)[:2] == [0, 2]
    same = Example([[1, 1]], [[0, 0]], [1, 1], Fraction(1), [0, 0, 0, 0])
    assert gaps(RandK(1), same) == [0, 0, 0]


def test_top_k_by_hand() -> None:
    """f(x) = ||x||^2/2 from (2, 1), step 1: EF sends (2, 0), then what it kept and the gradient, (0, 2); EF21,
    whose d is (2, 0), compresses (0, 1) - (2, 0) to (-2, 0), so that d is zero and x stays."""
    example = Example([[1, 1]], [[0, 0]], [2, 1], Fraction(1), [0] * 4)
    runs = {
        method: simulate_exactly(method(Fraction(1)), example.problem, TopK(1), steps=2, start=[2, 1]).points
        for method in (EF, EF21)
    }
    assert runs == {EF: [[2, 1], [0, 1], [0, -1]], EF21: [[2, 1], [0, 1], [0, 1]]}
