"""Proximal EF21."""

from dataclasses import dataclass
from typing import Any

from eftheory.methods.ef21 import EF21
from eftheory.methods.method import Observation, State


@dataclass(frozen=True)
class EF21Prox(EF21):
    """EF21 for f + psi with a convex psi.

        x <- prox(x - step_size mean_i d_i),   d_i <- d_i + C_i(grad f_i(x) - d_i)

    What becomes small, beside the errors of the d_i, is step_size times the generalised gradient: the step
    x - prox(x - step_size mean g) that exact gradients would take.

    References:
        [FatkhullinEtAl2021], EF21-Prox.
    """

    name = "ef21_prox"
    measure_name = "mean ||g_i - d_i||^2 + ||x - prox(x - step_size mean g)||^2"
    coordinates = Observation(agents=("g - d",), server=("x - prox(x - step_size mean g)",))

    def step(self, world: Any, x: Any, d: Any) -> State:
        x = world.prox(x - self.step_size * world.mean(d), self.step_size)
        return x, d + world.compress(world.gradient(x) - d)

    def observe(self, world: Any, x: Any, d: Any) -> Observation:
        g = world.gradient(x)
        return Observation(
            agents=(g - d,), server=(x - world.prox(x - self.step_size * world.mean(g), self.step_size),)
        )

    def measure(self, world: Any, x: Any, d: Any) -> Any:
        (lag,), (turn,), _, _ = self.observe(world, x, d)
        return world.mean_square(lag) + world.square(turn)
