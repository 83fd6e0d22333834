"""Compressed gradient descent."""

# ruff: noqa: D102 -- documented in Method
from dataclasses import dataclass
from typing import Any

from eftheory.assumptions.hypothesis import COMMON_MINIMISER, ONE_AGENT
from eftheory.methods.method import Method, Observation, State
from eftheory.methods.world import World


@dataclass(frozen=True)
class CGD(Method):
    """Compressed gradient descent with one agent, x <- x - step_size C(grad f(x)).

    With several agents it may diverge at every step size, which is why error feedback exists.

    References:
        [ThomsenTaylorDieuleveut2025], Section 3; [BeznosikovEtAl2020], Example 1 (divergence).
    """

    name = "cgd"
    hypotheses = (ONE_AGENT, COMMON_MINIMISER)
    measure_name = "f(x) - f(x*)"
    coordinates = Observation(server=("x - x*",), values=("f(x) - f(x*)",))

    def step(self, world: World, x: Any) -> State:
        c = world.compress(world.gradient(x))
        return (x - self.step_size * world.mean(c),)

    def observe(self, world: World, x: Any) -> Observation:
        return Observation(server=(x - world.minimiser,), values=(world.value(x),))

    def measure(self, world: World, x: Any) -> Any:
        return world.value(x)
