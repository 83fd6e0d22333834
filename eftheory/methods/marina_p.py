"""MARINA-P."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods.stationary import Stationary
from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import N


@dataclass(frozen=True)
class MarinaP(Stationary):
    """MARINA-P: agent i has a copy w_i of the model, which a coin m brings up to date, or else a compressed move.

        v = -step_size mean_i grad f_i(w_i),   x <- x + v,   w_i <- m (w_i + Q_i(v)) + (1 - m) x

    Args:
        step_size: positive.
        full: how probable it is that the model itself is sent, m = 0.

    References:
        [GruntkowskaTyurinRichtarik2024], MARINA-P.
    """

    full: Fraction = Fraction(1, 2)

    name = "marina_p"
    agent_state = ("w",)

    def start(self, world: AllVerbs[Any, Any, N], x: Any) -> tuple[Any, Any]:
        """The same point for all."""
        return x, x + 0 * world.gradient(x)

    def step(self, world: AllVerbs[Any, Any, N], x: Any, w: Any) -> tuple[Any, Any]:
        v = -1 * self.step_size * self.estimate(world, w)
        x, m = x + v, world.coin(1 - self.full)
        return x, x + m * (w + world.send(v) - x)

    def estimate(self, world: AllVerbs[Any, Any, N], w: Any) -> Any:
        """What the server knows of the gradient."""
        return world.mean(world.local_gradient(w))
