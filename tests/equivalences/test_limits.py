"""Methods that become others where what they add is turned off: the same points, to rounding."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from eftheory.assumptions import AgentType
from eftheory.compressors import Compressor, Identity, TopK
from eftheory.methods import EF21, GD, Method
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_p import EF21P
from eftheory.methods.ef21_partial import EF21PP
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_sgd import EF21SGD
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.methods.m3 import M3
from eftheory.methods.marina import Marina
from eftheory.methods.marina_p import MarinaP
from eftheory.simulate import NumericWorld
from eftheory.simulate.floats import FLOATS
from eftheory.simulate.problems import Quadratic
from eftheory.simulate.start import initial_state

STEP, ONE, EQUAL = Fraction(1, 5), Fraction(1), (Fraction(1, 3),) * 3
TEAM = tuple(AgentType(L, 1) for L in (1, 2, 4))


class Plain(Quadratic):
    """Noise of size zero, and psi = 0."""

    def noisy_gradients(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        return self.gradients(x)

    def prox(self, v: np.ndarray, step_size: float) -> np.ndarray:
        return v


def points(method: Method, compressor: Compressor) -> np.ndarray:
    """The points x of a run."""
    problem = Plain.random(TEAM, 4, rng=np.random.default_rng(3))
    world, running = NumericWorld(problem, compressor), FLOATS.convert(method)
    states = [initial_state(running, world, np.ones(4))]
    for _ in range(12):
        states.append(running.step(world, *states[-1]))
    return np.array([state[0] for state in states])


@pytest.mark.parametrize(
    "method",
    [
        EF21PP(STEP, ONE),
        EF21SGD(STEP),
        EF21Prox(STEP),
        EF21W(STEP, EQUAL),
        EF21WSGD(STEP, EQUAL),
        EF21WPP(STEP, EQUAL, (ONE, ONE, ONE)),
    ],
    ids=lambda method: method.name,
)
def test_with_all_agents_no_noise_no_psi_and_equal_weights_it_is_ef21(method: Method) -> None:
    assert points(method, TopK(2)) == pytest.approx(points(EF21(STEP), TopK(2)), rel=1e-12)


def test_a_server_that_loses_nothing_sends_the_mean_of_the_estimates() -> None:
    assert points(EF21BC(STEP), Identity()) == pytest.approx(points(EF21(STEP), Identity()), rel=1e-12)


@pytest.mark.parametrize(
    ("method", "compressor"),
    [
        (Marina(STEP, ONE), TopK(1)),
        (MarinaP(STEP, ONE), TopK(1)),
        (M3(STEP, ONE, ONE, ONE), TopK(1)),
        (Marina(STEP, Fraction(0)), Identity()),
        (MarinaP(STEP, Fraction(0)), Identity()),
        (M3(STEP, ONE, Fraction(0), Fraction(0)), Identity()),
        (EF21P(STEP), Identity()),
    ],
    ids=lambda case: repr(case).partition("(")[0],
)
def test_where_all_is_sent_or_nothing_is_lost_it_is_gradient_descent(method: Method, compressor: Compressor) -> None:
    assert points(method, compressor) == pytest.approx(points(GD(STEP), Identity()), rel=1e-9)


def test_nobody_takes_part() -> None:
    problem = Plain.random(TEAM, 4, rng=np.random.default_rng(3))
    world, state = NumericWorld(problem, TopK(2)), (np.ones(4), np.ones((3, 4)))
    after = FLOATS.convert(EF21PP(STEP, Fraction(0))).step(world, *state)
    assert (after[1] == state[1]).all()
