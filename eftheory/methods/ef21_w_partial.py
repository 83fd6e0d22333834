"""EF21-W with partial participation."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods.ef21_w import EF21W
from eftheory.methods.method import State


@dataclass(frozen=True)
class EF21WPP(EF21W):
    """EF21-W in which agent i takes part in a step with probability p_i: a coin b_i is 1 or 0.

        x <- x - step_size sum_i w_i d_i,   d_i <- d_i + b_i C_i(grad f_i(x)/(n w_i) - d_i)

    Args:
        step_size: positive.
        weights: one positive Fraction for each agent, in order; their sum is one.
        chance: the probability of every agent, or one for each, in order.

    References:
        [RichtarikGasanovBurlachenko2024], EF21-W-PP.
    """

    chance: Fraction | tuple[Fraction, ...] = Fraction(1, 2)

    name = "ef21w_pp"

    def step(self, world: Any, x: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(self._estimate(world, d))
        b = world.coins(self.chance)
        return x, d + b * world.compress(self._shrunk(world, world.gradient(x)) - d)
