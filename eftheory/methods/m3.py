"""M3."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods.stationary import Stationary
from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import N


@dataclass(frozen=True)
class M3(Stationary):
    """M3: models come down as in MARINA-P, points z_i follow them slowly, gradients there go up as in MARINA.

        x <- x + p,   p = -step_size v,   w_i <- m (w_i + Q_i(p)) + (1 - m) x,   z_i <- beta w_i + (1 - beta) z_i,
        v <- m' (v + mean_i C_i(grad f_i(z_i) - grad f_i(z_i before))) + (1 - m') mean_i grad f_i(z_i)

    Args:
        step_size: positive.
        beta: how fast z_i follows w_i, in (0, 1].
        full_down: how probable it is that the model itself is sent, m = 0.
        full_up: how probable it is that gradients themselves are sent, m' = 0.

    References:
        [GruntkowskaTyurinRichtarik2024], M3.
    """

    beta: Fraction = Fraction(1, 2)
    full_down: Fraction = Fraction(1, 2)
    full_up: Fraction = Fraction(1, 2)

    name = "m3"
    server_state = ("x", "v")
    agent_state = ("w", "z")

    def start(self, world: AllVerbs[Any, Any, N], x: Any) -> tuple[Any, Any, Any, Any]:
        """The same point for all, and its gradient."""
        everywhere = x + 0 * world.gradient(x)
        return x, world.mean(world.gradient(x)), everywhere, everywhere

    def step(self, world: AllVerbs[Any, Any, N], x: Any, v: Any, w: Any, z: Any) -> tuple[Any, Any, Any, Any]:
        before, p = world.local_gradient(z), -1 * self.step_size * v
        x, down = x + p, world.coin(1 - self.full_down)
        w = x + down * (w + world.send(p) - x)
        z = self.beta * w + (1 - self.beta) * z
        k, up = world.local_gradient(z), world.coin(1 - self.full_up)
        return x, up * (v + world.mean(world.compress(k - before))) + (1 - up) * world.mean(k), w, z
