"""EF21-P."""

from dataclasses import dataclass

from eftheory.methods.stationary import Stationary
from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import A, N, S


@dataclass(frozen=True)
class EF21P(Stationary):
    """EF21-P: error feedback for the model; the agents know a point w near x, by compressed changes from the server.

        x <- x - step_size mean_i grad f_i(w),   w <- w + C(x - w)

    References:
        [GruntkowskaTyurinRichtarik2023], EF21-P, with exact gradients.
    """

    name = "ef21_p"
    server_state = ("x", "w")

    def start(self, world: AllVerbs[S, A, N], x: S) -> tuple[S, S]:
        """The same point for all."""
        return x, x

    def step(self, world: AllVerbs[S, A, N], x: S, w: S) -> tuple[S, S]:
        x = x - self.step_size * world.mean(world.gradient(w))
        return x, w + world.compress_down(x - w)
