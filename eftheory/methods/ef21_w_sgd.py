"""EF21-W with stochastic gradients."""

from dataclasses import dataclass
from typing import Any

from eftheory.methods.ef21_w import EF21W
from eftheory.methods.method import State


@dataclass(frozen=True)
class EF21WSGD(EF21W):
    """EF21-W whose agents know their gradients up to noise n_i.

        x <- x - step_size sum_i w_i d_i,   d_i <- d_i + C_i((grad f_i(x) + n_i)/(n w_i) - d_i)

    References:
        [RichtarikGasanovBurlachenko2024], EF21-W-SGD.
    """

    name = "ef21w_sgd"

    def step(self, world: Any, x: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(self._estimate(world, d))
        return x, d + world.compress(self._shrunk(world, world.noisy_gradient(x)) - d)
