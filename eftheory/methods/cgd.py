"""Compressed gradient descent."""

from dataclasses import dataclass

from eftheory.assumptions.hypothesis import COMMON_MINIMISER, ONE_AGENT
from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


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

    def step(self, world: World[S, A, N], x: S) -> tuple[S]:
        c = world.compress(world.gradient(x))
        return (x - self.step_size * world.mean(c),)

    def observe(self, world: World[S, A, N], x: S) -> Observation:
        return Observation(server=(x - world.minimiser,), values=(world.value(x),))

    def measure(self, world: World[S, A, N], x: S) -> N:
        return world.value(x)
