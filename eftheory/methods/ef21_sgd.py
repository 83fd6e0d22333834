"""EF21 with stochastic gradients."""

from dataclasses import dataclass
from typing import Any

from eftheory.methods.ef21 import EF21
from eftheory.methods.method import State


@dataclass(frozen=True)
class EF21SGD(EF21):
    """EF21 whose agents know their gradients up to noise n_i, as of a minibatch.

        x <- x - step_size mean_i d_i,   d_i <- d_i + C_i(grad f_i(x) + n_i - d_i)

    References:
        [RichtarikSokolovFatkhullin2021], the stochastic EF21.
    """

    name = "ef21_sgd"

    def step(self, world: Any, x: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(d)
        return x, d + world.compress(world.noisy_gradient(x) - d)
