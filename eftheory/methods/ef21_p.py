"""EF21-P."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.assumptions.hypothesis import SERVER_MESSAGES
from eftheory.methods.method import Observation, State
from eftheory.methods.stationary import Stationary


@dataclass(frozen=True)
class EF21P(Stationary):
    """EF21-P: error feedback for the model; the agents know a point w near x, by compressed changes from the server.

        x <- x - step_size mean_i grad f_i(w),   w <- w + C(x - w)

    Args:
        step_size: positive.
        alpha_down: the contraction of C, in (0, 1].

    References:
        [GruntkowskaTyurinRichtarik2023], EF21-P, with exact gradients.
    """

    alpha_down: Fraction = Fraction(1, 2)

    name = "ef21_p"
    server_state = ("x", "w")
    hypotheses = (SERVER_MESSAGES,)
    coordinates = Observation(server=("mean g", "x - w"))
    compresses = False

    def start(self, world: Any, x: Any) -> State:
        """The same point for all."""
        return x, x

    def step(self, world: Any, x: Any, w: Any) -> State:
        x = x - self.step_size * world.mean(world.gradient(w))
        return x, w + world.compress_server(x - w, self.alpha_down)

    def observe(self, world: Any, x: Any, *state: Any) -> Observation:
        return Observation(server=(world.mean(world.gradient(x)), x - state[0]))
