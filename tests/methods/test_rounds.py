"""One round of every method, computed by hand: two agents, two coordinates, numbers that are rational.

f_1 = x_1^2/2 + x_2^2 and f_2 = 3 (x_1 - 1)^2/2 + x_2^2/2, so that grad f_1 = (x_1, 2 x_2), grad f_2 = (3 x_1 - 3, x_2).
The step size is 1/2, messages are those of Top-1 unless it is said otherwise, noise is (1, 0) and (0, -1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle
from typing import Any

import numpy as np
import pytest

from eftheory.compressors import TopK
from eftheory.methods import (
    CGD,
    DCGD,
    EF,
    EF21,
    EF21PP,
    EF21SGD,
    GD,
    Diana,
    EControl,
    HeavyBallEF21,
    Marina,
    Method,
)
from eftheory.methods.catalogue import CATALOGUE
from eftheory.methods.dasha import Dasha
from eftheory.methods.ef21_bidirectional import EF21BC
from eftheory.methods.ef21_p import EF21P
from eftheory.methods.ef21_plus import EF21Plus
from eftheory.methods.ef21_prox import EF21Prox
from eftheory.methods.ef21_rare import EF21RF
from eftheory.methods.ef21_sgdm import EF21SGDM
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.ef21_w_partial import EF21WPP
from eftheory.methods.ef21_w_sgd import EF21WSGD
from eftheory.methods.ef_bv import EFBV
from eftheory.methods.ef_sgd import EFSGD
from eftheory.methods.m3 import M3
from eftheory.methods.m3_minibatch import M3Minibatch
from eftheory.methods.m3_variance_reduced import M3VarianceReduced
from eftheory.methods.marina_p import MarinaP
from eftheory.methods.marina_p_repeated import MarinaPRepeated
from eftheory.methods.marina_perm_k import MarinaPermK
from eftheory.simulate.rational import RationalQuadratic, RationalWorld

F = Fraction
STEP, THIRD = F(1, 2), F(1, 3)
X = (4, 1)
D = ((2, 0), (0, 4))
"""Estimates; their mean is (1, 2), which leads from x to (7/2, 0), with the gradients (7/2, 0) and (15/2, 0)."""
W = ((4, 1), (2, 2))
"""Copies of the model; grad f_1 is (4, 2) at the first, grad f_2 is (3, 2) at the second."""
WEIGHTS = (F(1, 4), F(3, 4))
"""n w_i = 1/2 and 3/2."""
DEALT, OTHERWISE = ((2, 0), (0, 2)), ((0, 2), (2, 0))
"""What PermK may multiply the two agents' vectors with."""


class Functions(RationalQuadratic):
    """With noise, and psi = x_1."""

    def noisy_gradients(self, x, rng):
        return self.gradients(x) + self.arithmetic.array([[1, 0], [0, -1]])

    def prox(self, v, step_size):
        return v - step_size * self.arithmetic.array([1, 0])


class Told(RationalWorld):
    """Coins fall, and messages are dealt out, as it is told; without dealt messages they are those of Top-1."""

    def __init__(self, coins, dealt):
        super().__init__(Functions.of_spectra([[1, 2], [3, 1]], centres=[[0, 0], [1, 0]]), TopK(1))
        self._coins, self._dealt = iter(coins), cycle(dealt)

    def coin(self, chance):
        return F(next(self._coins))

    def compress(self, v):
        mask = next(self._dealt, None)
        return super().compress(v) if mask is None else self.array(mask) * v

    def send(self, v):
        return self.array(DEALT) * v


@dataclass(frozen=True)
class Case:
    """A method, the state before the round, and after."""

    method: Method
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    coins: tuple[int, ...] = ()
    dealt: tuple[Any, ...] = ()


def case(kind: Callable[..., Method], before, after, *, coins=(), dealt=(), **numbers) -> Case:
    return Case(kind(STEP, **numbers), (X, *before), after, coins, dealt)


CASES = [
    case(GD, (), ((F(3, 4), F(1, 4)),)),  # the gradients are (4, 2) and (9, 1), their mean (13/2, 3/2)
    *(case(kind, (), ((F(3, 4), 1),)) for kind in (CGD, DCGD)),  # messages (4, 0) and (9, 0)
    # e + g/2 = (3, 1) and (9/2, 7/2); with noise (7/2, 1) and (9/2, 3)
    case(EF, (((1, 0), (0, 3)),), ((F(1, 4), 1), ((0, 1), (0, F(7, 2))))),
    case(EFSGD, (((1, 0), (0, 3)),), ((0, 1), ((0, 1), (0, 3)))),
    # g - d = (3/2, 0) and (15/2, -4); with noise (5/2, 0) and (15/2, -5)
    *(case(kind, (D,), ((F(7, 2), 0), ((F(7, 2), 0), (F(15, 2), 4)))) for kind in (EF21, EF21RF)),
    case(EF21Plus, (D,), ((F(7, 2), 0), ((F(7, 2), 0), (F(15, 2), 0)))),  # C(g) is better for the second agent
    case(EF21SGD, (D,), ((F(7, 2), 0), ((F(9, 2), 0), (F(15, 2), 4)))),
    case(EF21PP, (D,), ((F(7, 2), 0), ((F(7, 2), 0), (0, 4))), coins=(1, 0)),
    # m = (1, 0) + (1, 2); gradients (3, 0) and (6, 0), messages (1, 0) and (6, 0)
    case(HeavyBallEF21, ((10, 0), D), ((3, 0), (2, 2), ((3, 0), (6, 4)))),
    case(EF21Prox, (D,), ((3, 0), ((3, 0), (6, 4)))),  # the prox of (7/2, 0) is (3, 0)
    # gradients (7/2, 2) and (15/2, 1), messages (0, 2) and (15/2, 0); the new mean of d is (19/4, 3)
    case(EF21BC, ((1, 0), D), ((F(7, 2), 1), (F(19, 4), 0), ((2, 2), (F(15, 2), 4)))),
    # gradients at w are (2, 4) and (3, 2); x - w = (3/4, -5/2)
    case(EF21P, ((2, 2),), ((F(11, 4), -F(1, 2)), (2, -F(1, 2)))),
    # n w d = (1, 0) and (0, 6); g/(n w) = (15/2, -2) and (11/2, -1/3), with noise (19/2, -2) and (11/2, -1)
    case(EF21W, (D,), ((F(15, 4), -STEP), ((F(15, 2), 0), (F(11, 2), 4))), weights=WEIGHTS),
    case(EF21WSGD, (D,), ((F(15, 4), -STEP), ((F(19, 2), 0), (F(11, 2), 4))), weights=WEIGHTS),
    case(EF21WPP, (D,), ((F(15, 4), -STEP), ((2, 0), (F(11, 2), 4))), coins=(0, 1), weights=WEIGHTS),
    # e/2 + g - h = (4, 2) and (9, 2); the new h are (5, 0) and (9, 1)
    case(
        EControl,
        (D, ((1, 0), (0, 1))),
        ((F(1, 2), F(3, 4)), ((1, 2), (0, 4)), ((5, 0), (9, 1))),
        eta=STEP,
    ),
    # noisy gradients (9/2, 0) and (15/2, -1); v - d = (5/4, 2) and (27/4, -7/2)
    case(
        EF21SGDM,
        (((2, 4), (6, 2)), D),
        ((F(7, 2), 0), ((F(13, 4), 2), (F(27, 4), F(1, 2))), ((2, 2), (F(27, 4), 4))),
        eta=STEP,
    ),
    # m = (3, 0) and (9, 0)
    case(Diana, (((1, 0), (0, 4)),), ((F(3, 4), 0), ((2, 0), (3, 4))), beta=THIRD),
    case(EFBV, (((1, 0), (0, 4)),), ((F(9, 4), 0), ((2, 0), (3, 4))), beta=THIRD, nu=STEP),
    # gradients change by (-1/2, -2) and (-3/2, -1)
    case(Marina, ((1, 2),), ((F(7, 2), 0), (F(1, 4), 1)), coins=(1,)),
    case(Marina, ((1, 2),), ((F(7, 2), 0), (F(11, 2), 0)), coins=(0,)),
    case(MarinaPermK, ((1, 2),), ((F(7, 2), 0), (F(1, 2), 1)), coins=(1,), dealt=(DEALT,)),
    # gradients change by (-1/4, -2) and (-3/4, -1), a third of d - g is (-1, -2/3) and (-3, 1)
    case(Dasha, (((1, 0), (0, 4)),), ((F(15, 4), 0), ((1, -F(4, 3)), (F(9, 4), 4))), momentum=THIRD),
    # v = (-7/4, -1)
    case(MarinaP, (W,), ((F(9, 4), 0), ((F(1, 2), 1), (2, 0))), coins=(1,)),
    case(MarinaP, (W,), ((F(9, 4), 0), ((F(9, 4), 0), (F(9, 4), 0))), coins=(0,)),
    # noisy gradients (5, 2) and (3, 1); the means of the messages are (5, 1) and (3, 2); v = (-2, -3/4)
    case(
        MarinaPRepeated,
        (W,),
        ((2, F(1, 4)), ((0, 1), (2, F(1, 2)))),
        coins=(1,),
        dealt=(DEALT, OTHERWISE),
    ),
    # p = (-1/2, -1); gradients at z before are (2, 2) and (-3, 0), and (5/2, 2) and (0, 0) then
    case(
        M3,
        ((1, 2), W, ((2, 1), (0, 0))),
        ((F(7, 2), 0), (F(11, 4), 2), ((3, 1), (2, 0)), ((F(5, 2), 1), (1, 0))),
        coins=(1, 1),
        beta=STEP,
    ),
    # noisy gradients (4, 2) and (3, -1); they changed by (2, 0) and (6, -1)
    *(
        case(
            M3Minibatch,
            ((1, 2), W, ((2, 2), (-3, 0))),
            ((F(7, 2), 0), v, ((3, 1), (2, 0)), ((4, 2), (3, -1))),
            coins=(1, up),
        )
        for up, v in ((1, (5, 2)), (0, (F(7, 2), F(1, 2))))
    ),
    # gradients change from (4, 2) and (3, 2) to (3, 2) and (3, 0), and noise does not; in full (4, 2) and (3, -1)
    *(
        case(
            M3VarianceReduced,
            ((1, 2), W),
            ((F(7, 2), 0), v, ((3, 1), (2, 0))),
            coins=(1, up),
        )
        for up, v in ((1, (F(1, 2), 1)), (0, (F(7, 2), F(1, 2))))
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.method.name)
def test_a_round_is_the_one_computed_by_hand(case):
    world = Told(case.coins, case.dealt)
    after = case.method.step(world, *map(world.array, case.before))
    assert [vector.tolist() for vector in after] == [np.array(vector).tolist() for vector in case.after]


def test_every_method_has_one():
    assert {type(case.method) for case in CASES} == {*CATALOGUE}


@pytest.mark.parametrize("repeats", [0, -1, 1.5, "2"])
def test_messages_are_counted(repeats):
    with pytest.raises(ValueError, match=f"repeats={repeats!r}: how many messages"):
        MarinaPRepeated(STEP, repeats=repeats)
