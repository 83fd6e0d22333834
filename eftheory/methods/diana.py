"""DIANA."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.hypothesis import MINIMISER_OF_MEAN
from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class Diana(Method):
    """DIANA: compressed differences of gradients and of shifts h that learn what the gradients are at x*.

        m_i = C_i(grad f_i(x) - h_i),   x <- x - step_size mean_i (h_i + m_i),   h_i <- h_i + beta m_i

    Args:
        step_size: positive.
        beta: how fast shifts learn; 1/(1 + omega) for unbiased compressors.

    References:
        [MishchenkoEtAl2019], Algorithm 1, without prox.
    """

    beta: Fraction = Fraction(1, 2)

    name = "diana"
    agent_state = ("h",)
    hypotheses = (MINIMISER_OF_MEAN,)
    measure_name = "||x - x*||^2 + mean ||h_i - grad f_i(x*)||^2"
    coordinates = Observation(agents=("h - g*",), server=("x - x*",))

    def step(self, world: World[S, A, N], x: S, h: A) -> tuple[S, A]:
        m = world.compress(world.gradient(x) - h)
        return x - self.step_size * world.mean(h + m), h + self.beta * m

    def observe(self, world: World[S, A, N], x: S, h: A) -> Observation:
        return Observation(agents=(h - world.gradient(world.minimiser),), server=(x - world.minimiser,))

    def measure(self, world: World[S, A, N], x: S, h: A) -> N:
        return world.square(x - world.minimiser) + world.mean_square(h - world.gradient(world.minimiser))
