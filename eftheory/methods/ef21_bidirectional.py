"""EF21 with compression in both directions."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.assumptions.hypothesis import SERVER_MESSAGES
from eftheory.methods.method import Observation, State
from eftheory.methods.stationary import Stationary


@dataclass(frozen=True)
class EF21BC(Stationary):
    """EF21 whose server, too, sends compressed changes only: its v follows the mean of the agents' d_i.

        x <- x - step_size v,   d_i <- d_i + C_i(grad f_i(x) - d_i),   v <- v + C(mean_i d_i - v)

    Args:
        step_size: positive.
        alpha_down: the contraction of the server's C, in (0, 1].

    References:
        [FatkhullinEtAl2021], EF21-BC.
    """

    alpha_down: Fraction = Fraction(1, 2)

    name = "ef21_bc"
    server_state = ("x", "v")
    agent_state = ("d",)
    hypotheses = (SERVER_MESSAGES,)
    coordinates = Observation(agents=("g - d",), server=("mean g", "v - mean d"))

    def start(self, world: Any, x: Any) -> State:
        """x, d_i = C_i(grad f_i(x)), and their mean."""
        d = world.compress(world.gradient(x))
        return x, world.mean(d), d

    def step(self, world: Any, x: Any, v: Any, d: Any) -> State:
        x = x - self.step_size * v
        d = d + world.compress(world.gradient(x) - d)
        return x, v + world.compress_server(world.mean(d) - v, self.alpha_down), d

    def observe(self, world: Any, x: Any, *state: Any) -> Observation:
        g, (v, d) = world.gradient(x), state
        return Observation(agents=(g - d,), server=(world.mean(g), v - world.mean(d)))
