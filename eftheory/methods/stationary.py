"""Methods that look for points of small gradient."""

from dataclasses import dataclass
from typing import Any

from eftheory.methods.method import Method, Observation
from eftheory.methods.world import N, S, Values


@dataclass(frozen=True)
class Stationary(Method):
    """A method that is measured by the gradient at x, whatever else is in its state."""

    measure_name = "||mean g||^2"
    coordinates = Observation(server=("mean g",))

    def observe(self, world: Values[S, Any, N], x: S, *_: Any) -> Observation:
        return Observation(server=(world.mean(world.gradient(x)),))

    def measure(self, world: Values[S, Any, N], x: S, *_: Any) -> N:
        return world.square(world.mean(world.gradient(x)))
