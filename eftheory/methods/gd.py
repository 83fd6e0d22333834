"""Gradient descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eftheory.methods.method import Method, Observation, State
from eftheory.methods.world import World


@dataclass(frozen=True)
class GD(Method):
    """Distributed gradient descent, x <- x - step_size mean_i grad f_i(x).

    References:
        [Polyak1963]; tight rates: [TaylorHendrickxGlineur2018], Theorem 3.3.

    >>> from fractions import Fraction
    >>> GD(step_size=Fraction(1)).name
    'gd'
    """

    name = "gd"
    version = 1
    server_state = ("x",)
    agent_state = ()
    hypotheses = ()
    measure_name = "||mean g||^2"
    coordinates = Observation(server=("mean g",))
    compresses = False

    def step(self, world: World, *state: Any) -> State:
        (x,) = state
        return (x - self.step_size * world.mean(world.gradient(x)),)

    def observe(self, world: World, *state: Any) -> Observation:
        (x,) = state
        return Observation(server=(world.mean(world.gradient(x)),))

    def measure(self, world: World, *state: Any) -> Any:
        (x,) = state
        return world.square(world.mean(world.gradient(x)))
