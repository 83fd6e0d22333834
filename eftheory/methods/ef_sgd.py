"""Error feedback with stochastic gradients."""

from dataclasses import dataclass
from typing import Any

from eftheory.methods.ef import EF
from eftheory.methods.method import State


@dataclass(frozen=True)
class EFSGD(EF):
    """Error feedback, as of 2014, whose agents know their gradients up to noise n_i, as of a minibatch.

        v_i = e_i + step_size (grad f_i(x) + n_i),   x <- x - mean_i C_i(v_i),   e_i <- v_i - C_i(v_i)

    Theorem: none here.

    References:
        [SeideEtAl2014]; [StichCordonnierJaggi2018].
    """

    name = "ef_sgd"

    def step(self, world: Any, x: Any, e: Any) -> State:
        v = e + self.step_size * world.noisy_gradient(x)
        c = world.compress(v)
        return x - world.mean(c), v - c
