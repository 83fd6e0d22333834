"""EF21 with partial participation."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods.ef21 import EF21
from eftheory.methods.method import State


@dataclass(frozen=True)
class EF21PP(EF21):
    """EF21 in which agent i takes part in a step with probability p_i: a coin b_i is 1 or 0.

        x <- x - step_size mean_i d_i,   d_i <- d_i + b_i C_i(grad f_i(x) - d_i)

    Args:
        step_size: positive.
        chance: the probability of every agent, or one for each, in order.

    References:
        [FatkhullinEtAl2021], EF21-PP.
    """

    chance: Fraction | tuple[Fraction, ...] = Fraction(1, 2)

    name = "ef21_pp"

    def step(self, world: Any, x: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(d)
        b = world.coins(self.chance)
        return x, d + b * world.compress(world.gradient(x) - d)
