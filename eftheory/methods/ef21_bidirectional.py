"""EF21 with compression in both directions."""

from dataclasses import dataclass

from eftheory.methods.stationary import Stationary
from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import A, N, S


@dataclass(frozen=True)
class EF21BC(Stationary):
    """EF21 whose server, too, sends compressed changes only: its v follows the mean of the agents' d_i.

        x <- x - step_size v,   d_i <- d_i + C_i(grad f_i(x) - d_i),   v <- v + C(mean_i d_i - v)

    References:
        [FatkhullinEtAl2021], EF21-BC.
    """

    name = "ef21_bc"
    server_state = ("x", "v")
    agent_state = ("d",)

    def start(self, world: AllVerbs[S, A, N], x: S) -> tuple[S, S, A]:
        """x, d_i = C_i(grad f_i(x)), and their mean."""
        d = world.compress(world.gradient(x))
        return x, world.mean(d), d

    def step(self, world: AllVerbs[S, A, N], x: S, v: S, d: A) -> tuple[S, S, A]:
        x = x - self.step_size * v
        d = d + world.compress(world.gradient(x) - d)
        return x, v + world.compress_down(world.mean(d) - v), d
