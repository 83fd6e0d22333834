"""Methods that the package does not know."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods import EF21, Observation, dcgd
from eftheory.methods.method import State
from eftheory.methods.world import World


@dataclass(frozen=True)
class DCGD(dcgd.DCGD):
    """With what a Lyapunov function would see."""

    name = "dcgd"
    measure_name = "||x - x*||^2"
    coordinates = Observation(server=("x - x*",))

    def observe(self, world: World, x: Any) -> Observation:
        return Observation(server=(x - world.minimiser,))

    def measure(self, world: World, x: Any) -> Any:
        return world.square(x - world.minimiser)


@dataclass(frozen=True)
class TwiceCompressed(EF21):
    """EF21 that sends two messages in each step, the second about what the first one left out."""

    name = "ef21 twice"

    def step(self, world: World, x: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(d)
        g = world.gradient(x)
        d = d + world.compress(g - d)
        return x, d + world.compress(g - d)


@dataclass(frozen=True)
class HeavyBall(EF21):
    """EF21 with momentum; ``last`` is the iterate before."""

    momentum: Fraction = Fraction(1, 4)

    name = "ef21 heavy ball"
    server_state = ("x", "last")
    coordinates = Observation(agents=("g - d",), server=("mean g", "x - last"))

    def step(self, world: World, x: Any, last: Any, d: Any) -> State:
        ahead = x - self.step_size * world.mean(d) + self.momentum * (x - last)
        return ahead, x, d + world.compress(world.gradient(ahead) - d)

    def observe(self, world: World, x: Any, last: Any, d: Any) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(g - d,), server=(world.mean(g), x - last))

    def measure(self, world: World, x: Any, last: Any, d: Any) -> Any:
        return EF21.measure(self, world, x, d) + world.square(x - last)


@dataclass(frozen=True)
class Shy(DCGD):
    """DCGD whose measure sees nothing."""

    name = "shy"
    measure_name = "0"

    def measure(self, world: World, x: Any) -> Any:
        return 0 * world.square(x)
