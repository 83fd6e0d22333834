"""Where a run starts follows from the method, never from a name in its state."""

from fractions import Fraction

import numpy as np
import pytest

from eftheory.compressors import TopK
from eftheory.methods import EF, EF21, GD, Method
from eftheory.methods.econtrol import EControl
from eftheory.methods.heavy_ball import HeavyBallEF21
from eftheory.recording import make_method
from eftheory.recording.record import complete
from eftheory.simulate import NumericWorld, simulate
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.rational import RationalQuadratic, RationalWorld
from eftheory.simulate.start import initial_state
from tests.kit.own_methods import Averaged, Copies, OwnEF, OwnEF21, OwnGD, TwoPoints

STEP, X = Fraction(1, 4), [1, -2, 3]


class Estimates(OwnEF21):
    """EF21 that calls its estimates otherwise."""

    agent_state = ("estimate",)


class Difference(Method):
    """EF21 whose agents keep minus their estimate, and halve it."""

    agent_state = ("w",)

    def step(self, world, x, w):
        x = x + self.step_size * 2 * world.mean(w)
        return x, w - world.compress(world.gradient(x) + 2 * w) / 2


class SumsUp(Method):
    """EF21 whose server keeps the sum of all messages, which must start with that of the agents' estimates."""

    server_state, agent_state = ("x", "g"), ("d",)

    def step(self, world, x, g, d):
        x = x - self.step_size * g
        c = world.compress(world.gradient(x) - d)
        return x, g + world.mean(c), d + c


def begin(method, kind=NumericWorld):
    problem = Quadratic if kind is NumericWorld else RationalQuadratic
    world = kind(problem.of_spectra([[1, 2, 2], [1, 3, 3]]), TopK(1))
    method = world.arithmetic.convert(method)
    return world, dict(zip((*method.server_state, *method.agent_state), initial_state(method, world, X)))


@pytest.mark.parametrize("kind", [NumericWorld, RationalWorld])
@pytest.mark.parametrize(
    ("method", "factors"),
    [
        (OwnGD, {"x": 1}),
        (OwnEF, {"x": 1, "e": 0}),
        (OwnEF21, {"x": 1, "d": "message"}),
        (Estimates, {"x": 1, "estimate": "message"}),
        (Difference, {"x": 1, "w": "half"}),
        (TwoPoints, {"x": 1, "last": 1}),
        (Copies, {"x": 1, "w": 1}),
        (Averaged, {"y": 1, "z": 0}),
        (SumsUp, {"x": 1, "g": 0, "d": 0}),
        (EControl, {"x": 1, "e": 0, "h": 0}),
    ],
)
def test_a_recorded_method_starts_where_it_would_stay(method, factors, kind):
    world, state = begin(make_method(method, STEP), kind)
    message = world.compress(world.gradient(world.array(X)))
    wanted = {"message": message, "half": message / -2}
    for name, factor in factors.items():
        expected = wanted[factor] if factor in wanted else factor * np.array(X)
        assert (state[name] == expected).all(), name
    assert state.keys() == factors.keys()


@pytest.mark.parametrize("method", [EF21, HeavyBallEF21])
def test_methods_of_eftheory_say_how_they_start(method):
    world, state = begin(complete(method)(STEP))
    assert (state["d"] == world.compress(world.gradient(world.array(X)))).all()
    assert not state.get("m", np.zeros(3)).any()


def test_without_a_word_all_but_x_is_zero():
    class Named(EF):
        agent_state = ("d",)

    assert not begin(Named(STEP))[1]["d"].any()
    assert begin(GD(STEP))[1].keys() == {"x"}


def test_a_sum_of_all_messages_finds_the_minimiser():
    problem = Quadratic.of_spectra([[1.0, 2.0, 2.0], [1.0, 3.0, 3.0]])
    run = simulate(make_method(SumsUp, Fraction(1, 5)), problem, TopK(1), steps=400, start=np.array([1.0, -2.0, 3.0]))
    assert np.linalg.norm(problem.gradients(run.states[-1][0]).mean(axis=0)) < 1e-6
