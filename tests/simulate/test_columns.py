"""Runs side by side are the runs that ``simulate`` makes one by one."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.compressors import PermK, RandK, TopK
from eftheory.compressors.compressor import Compressor
from eftheory.methods import EF21, GD, Method
from eftheory.methods.catalogue import CATALOGUE
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.needs import needs
from eftheory.recording.record import complete
from eftheory.simulate import NumericWorld
from eftheory.simulate.columns import ColumnWorld, stack
from eftheory.simulate.floats import FLOATS
from eftheory.simulate.problems import Quadratic

STEPS, SEEDS, N, D = (Fraction(1, 4), Fraction(1, 8), Fraction(1, 4)), (0, 1, 2), 2, 4


class Noisy(Quadratic):
    """With noise in its gradients, and psi = ||x||^2/2."""

    def noisy_gradients(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        return self.gradients(x) + rng.standard_normal((self.n_agents, self.dimension))

    def prox(self, v: np.ndarray, step_size: float) -> np.ndarray:
        return v / (1 + step_size)


PROBLEM = Noisy.of_spectra([[1.0, 2.0, 3.0, 1.5], [2.0, 0.5, 1.0, 2.5]], centres=[[1.0, 2.0, -1.0, 0.5], [0.0] * D])


def instances(kind: type[Method]) -> list[Method]:
    parameters = {"weights": (Fraction(1, 3), Fraction(2, 3))} if issubclass(kind, EF21W) else {}
    return [complete(kind)(step_size=step, **parameters) for step in STEPS]


@pytest.mark.parametrize("compressor", [TopK(1), RandK(2), PermK(N), [TopK(1), RandK(1)]], ids=repr)
@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.__name__)
def test_a_column_is_a_run_by_itself(kind: type[Method], compressor: Compressor) -> None:
    methods = instances(kind)
    if isinstance(compressor, (PermK, list)) and "compress_server" in needs(methods[0], ("step",)):
        pytest.skip("the server is one, and has one compressor")  # see the next test
    world = ColumnWorld(PROBLEM, compressor, [np.random.default_rng(seed) for seed in SEEDS])
    rng, many = np.random.default_rng(7), len(STEPS)
    server, agents = len(methods[0].server_state), len(methods[0].agent_state)
    state = (*rng.standard_normal((server, many, D)), *rng.standard_normal((agents, N, many, D)))
    alone = [NumericWorld(PROBLEM, compressor, rng=np.random.default_rng(seed)) for seed in SEEDS]
    states = [tuple(v[..., r, :] for v in state) for r in range(many)]
    together = stack(methods)
    for _ in range(3):
        state = together.step(world, *state)
        states = [FLOATS.convert(m).step(w, *own) for m, w, own in zip(methods, alone, states)]
    for r in range(many):
        for v, single in zip(state, states[r]):
            np.testing.assert_allclose(np.broadcast_to(v, (*v.shape[:-2], many, D))[..., r, :], single, atol=1e-12)


@pytest.mark.parametrize("kind", [kind for kind in CATALOGUE if hasattr(kind, "start")], ids=lambda kind: kind.__name__)
def test_columns_start_as_runs_do(kind: type[Method]) -> None:
    methods = instances(kind)
    world = ColumnWorld(PROBLEM, TopK(1), [np.random.default_rng(seed) for seed in SEEDS])
    started = stack(methods).start(world, np.ones((len(STEPS), D)))
    single = methods[0].start(NumericWorld(PROBLEM, TopK(1)), np.ones(D))
    for v, own in zip(started, single):
        np.testing.assert_allclose(v[..., 1, :], own, atol=1e-12)


@given(st.lists(st.lists(st.floats(allow_subnormal=False), min_size=5, max_size=5), min_size=1), st.integers(1, 5))
def test_top_k_of_a_batch_is_top_k_of_each_row(rows: list[list[float]], k: int) -> None:
    v = np.array(rows)
    np.testing.assert_array_equal(TopK(k).batch(v), np.stack([TopK(k)(row) for row in v]))


def test_ties_go_to_the_first() -> None:
    v = np.array([[[-2.0, 2.0, 1.0]], [[0.0, 0.0, 0.0]]])
    assert TopK(1).batch(v).tolist() == [[[-2.0, 0, 0]], [[0, 0, 0]]]


def test_columns_differ_in_numbers_only() -> None:
    with pytest.raises(ValueError, match="of one method"):
        stack([GD(Fraction(1)), EF21(Fraction(1))])
    with pytest.raises(ValueError, match="differ in numbers only"):
        stack([EF21PP(Fraction(1), chance=(Fraction(1, 2), Fraction(each))) for each in (0, 1)])


def test_as_many_compressors_as_agents() -> None:
    with pytest.raises(ValueError, match="3 compressors for 2 agents"):
        ColumnWorld(PROBLEM, [TopK(1)] * 3, [np.random.default_rng(0)])


def test_the_server_may_have_a_compressor_of_its_own() -> None:
    rng, v = np.random.default_rng(0), np.arange(1.0, 9).reshape(2, D)
    world = ColumnWorld(PROBLEM, [TopK(1)] * 2, [rng, rng], down=TopK(2))
    assert (world.compress_server(v, 1 / 2) != 0).sum(axis=-1).tolist() == [2, 2]
    assert (world.send(v) != 0).sum(axis=-1).tolist() == [[2, 2]] * 2
    with pytest.raises(ValueError, match="say which the server has"):
        ColumnWorld(PROBLEM, [TopK(1)] * 2, [rng, rng]).compress_server(v, 1 / 2)


def test_what_is_asked_twice_at_one_point_is_counted_once() -> None:
    world = ColumnWorld(PROBLEM, TopK(1), [np.random.default_rng(0)])
    x = np.ones((1, D))
    for point in (x, x, 2 * x):
        world.gradient(point)
    world.look(3 * x)
    assert world.heard.gradients == 2
