"""EF21."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eftheory.methods.method import Method, Observation, State
from eftheory.methods.world import World


@dataclass(frozen=True)
class EF21(Method):
    """EF21: each agent compresses the change of its gradient estimate d.

        x <- x - step_size mean_i d_i,   d_i <- d_i + C_i(grad f_i(x) - d_i)

    References:
        [RichtarikSokolovFatkhullin2021], Algorithm 2.

    >>> from fractions import Fraction
    >>> EF21(step_size=Fraction(1, 2)).hypotheses
    ()
    """

    name = "ef21"
    version = 1
    server_state = ("x",)
    agent_state = ("d",)
    hypotheses = ()
    measure_name = "mean ||g_i - d_i||^2 + ||mean g_i||^2"
    coordinates = Observation(agents=("g - d",), server=("mean g",))

    def step(self, world: World, *state: Any) -> State:
        x, d = state
        x = x - self.step_size * world.mean(d)
        g = world.gradient(x)
        return x, d + world.compress(g - d)

    def observe(self, world: World, *state: Any) -> Observation:
        x, d = state
        g = world.gradient(x)
        return Observation(agents=(g - d,), server=(world.mean(g),))

    def measure(self, world: World, *state: Any) -> Any:
        x, d = state
        g = world.gradient(x)
        return world.mean_square(g - d) + world.square(world.mean(g))
