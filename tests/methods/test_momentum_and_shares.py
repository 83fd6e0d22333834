"""EF21-SGDM and EF-BV: of which methods they are cases, step by step in rational numbers."""

from fractions import Fraction

import pytest

from eftheory.compressors import TopK
from eftheory.methods import EF21, EF21SGD, Diana
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef_bv import EFBV
from eftheory.simulate.rational import RationalQuadratic, RationalWorld

STEP, PROBLEM = Fraction(1, 4), RationalQuadratic.of_spectra([[1, 2, 2], [1, 3, 3]])


class Noisy(RationalQuadratic):
    """With the same noise at every call."""

    def noisy_gradients(self, x, rng):
        return self.gradients(x) + self.arithmetic.array([[1, -1, 0], [2, 0, -3]])


def begun(method, problem=PROBLEM):
    world = RationalWorld(problem, TopK(1))
    return world, world.array([1, 2, 3])


def same(a, b) -> bool:
    return all((p == q).all() for p, q in zip(a, b, strict=True))


def test_a_momentum_that_forgets_at_once_is_ef21_sgd():
    world, x = begun(EF21SGDM, Noisy.of_spectra([[1, 2, 2], [1, 3, 3]]))
    x, _, d = state = EF21SGDM(STEP).start(world, x)
    plain = (x, d)
    for _ in range(3):
        state = EF21SGDM(STEP, Fraction(1)).step(world, *state)
        plain = EF21SGD(STEP).step(world, *plain)
        assert same((state[0], state[2]), plain)


def test_a_momentum_is_an_average_over_time():
    world, x = begun(EF21SGDM, Noisy.of_spectra([[1, 2, 2], [1, 3, 3]]))
    x, v, d = EF21SGDM(STEP).start(world, x)
    new_x, new_v, _ = EF21SGDM(STEP, Fraction(1, 3)).step(world, x, v, d)
    assert (3 * new_v == 2 * v + world.noisy_gradient(new_x)).all()


def test_all_of_the_message_is_diana():
    world, x = begun(EFBV)
    state = plain = (x, 0 * world.gradient(x))
    for _ in range(3):
        state = EFBV(STEP, beta=Fraction(1, 3), nu=Fraction(1)).step(world, *state)
        plain = Diana(STEP, Fraction(1, 3)).step(world, *plain)
        assert same(state, plain)


def test_with_both_shares_one_the_new_estimates_are_those_of_ef21():
    """EF21 compresses at the end of a step, EF-BV at its beginning."""
    world, x = begun(EFBV)
    state, plain = (x, 0 * world.gradient(x)), EF21(STEP).start(world, x)
    for _ in range(3):
        before, state = state[0], EFBV(STEP, Fraction(1), Fraction(1)).step(world, *state)
        assert same((before, state[1]), plain)
        plain = EF21(STEP).step(world, *plain)


@pytest.mark.parametrize("kind", [EF21SGDM, EFBV])
def test_they_see_what_they_measure(kind):
    method = kind(STEP)
    world, x = begun(kind)
    state = method.start(world, x) if kind is EF21SGDM else (x, 0 * world.gradient(x))
    seen = method.observe(world, *state)
    total = sum(map(world.mean_square, seen.agents)) + sum(map(world.square, seen.server))
    assert total == method.measure(world, *state)
