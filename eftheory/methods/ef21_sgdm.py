"""EF21 with stochastic gradients and momentum of the agents."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods.method import Method, Observation, State


@dataclass(frozen=True)
class EF21SGDM(Method):
    """EF21-SGDM: agents average their noisy gradients over time, in v_i, and EF21 follows the averages.

        x <- x - step_size mean_i d_i,   v_i <- (1 - eta) v_i + eta (grad f_i(x) + n_i),   d_i <- d_i + C_i(v_i - d_i)

    With eta = 1 it is EF21-SGD.

    Args:
        step_size: positive.
        eta: the weight of the newest gradients, in (0, 1].

    References:
        [FatkhullinTyurinRichtarik2023], Algorithm 1.
    """

    eta: Fraction = Fraction(1, 2)

    name = "ef21_sgdm"
    agent_state = ("v", "d")
    measure_name = "mean ||v_i - d_i||^2 + mean ||g_i - v_i||^2 + ||mean g_i||^2"
    coordinates = Observation(agents=("v - d", "g - v"), server=("mean g",))

    def start(self, world: Any, x: Any) -> State:
        """x, v_i = grad f_i(x), without noise, and d_i = C_i(v_i)."""
        v = world.gradient(x)
        return x, v, world.compress(v)

    def step(self, world: Any, x: Any, v: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(d)
        v = (1 - self.eta) * v + self.eta * world.noisy_gradient(x)
        return x, v, d + world.compress(v - d)

    def observe(self, world: Any, x: Any, v: Any, d: Any) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(v - d, g - v), server=(world.mean(g),))

    def measure(self, world: Any, x: Any, v: Any, d: Any) -> Any:
        g = world.gradient(x)
        return world.mean_square(v - d) + world.mean_square(g - v) + world.square(world.mean(g))
