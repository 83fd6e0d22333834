"""EF21-P."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.assumptions.hypothesis import SERVER_MESSAGES
from eftheory.methods.method import Observation
from eftheory.methods.stationary import Stationary
from eftheory.methods.world import A, N, S, Values

if TYPE_CHECKING:
    from eftheory.methods.verbs import AllVerbs


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

    def start(self, world: AllVerbs[S, A, N], x: S) -> tuple[S, S]:
        """The same point for all."""
        return x, x

    def step(self, world: AllVerbs[S, A, N], x: S, w: S) -> tuple[S, S]:
        x = x - self.step_size * world.mean(world.gradient(w))
        return x, w + world.compress_server(x - w, self.alpha_down)

    def observe(self, world: Values[S, A, N], x: S, *state: S) -> Observation:
        (w,) = state
        return Observation(server=(world.mean(world.gradient(x)), x - w))
