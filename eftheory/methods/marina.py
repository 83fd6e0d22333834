"""MARINA."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.methods.method import Observation
from eftheory.methods.stationary import Stationary
from eftheory.methods.world import A, N, S, Values

if TYPE_CHECKING:
    from eftheory.methods.verbs import AllVerbs


@dataclass(frozen=True)
class Marina(Stationary):
    """MARINA: a coin m decides for all; where it is 1 the agents send compressed changes of gradients, else all.

        x <- x - step_size v,   v <- m (v + mean_i C_i(grad f_i(x) - grad f_i(x before))) + (1 - m) mean_i grad f_i(x)

    Args:
        step_size: positive.
        full: how probable it is that all is sent, m = 0.

    References:
        [GorbunovEtAl2021]; with PermK [SzlendakTyurinRichtarik2022].
    """

    full: Fraction = Fraction(1, 2)

    name = "marina"
    server_state = ("x", "v")
    coordinates = Observation(server=("mean g", "v - mean g"))

    def start(self, world: AllVerbs[S, A, N], x: S) -> tuple[S, S]:
        """x, and its gradient."""
        return x, world.mean(world.gradient(x))

    def step(self, world: AllVerbs[S, A, N], x: S, v: S) -> tuple[S, S]:
        before, x = world.gradient(x), x - self.step_size * v
        k, m = world.gradient(x), world.coin(1 - self.full)
        return x, m * (v + world.mean(world.compress(k - before))) + (1 - m) * world.mean(k)

    def observe(self, world: Values[S, A, N], x: S, *state: S) -> Observation:
        (v,), g = state, world.mean(world.gradient(x))
        return Observation(server=(g, v - g))
