"""Gradient descent."""

from dataclasses import dataclass

from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class GD(Method):
    """Distributed gradient descent, x <- x - step_size mean_i grad f_i(x).

    References:
        [Polyak1963]; tight rates: [TaylorHendrickxGlineur2018], Theorem 3.3.
    """

    name = "gd"
    measure_name = "||mean g||^2"
    coordinates = Observation(server=("mean g",))
    compresses = False

    def step(self, world: World[S, A, N], x: S) -> tuple[S]:
        return (x - self.step_size * world.mean(world.gradient(x)),)

    def observe(self, world: World[S, A, N], x: S) -> Observation:
        return Observation(server=(world.mean(world.gradient(x)),))

    def measure(self, world: World[S, A, N], x: S) -> N:
        return world.square(world.mean(world.gradient(x)))
