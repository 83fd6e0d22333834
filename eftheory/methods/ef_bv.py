"""EF-BV."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class EFBV(Method):
    """EF-BV: DIANA whose estimate of the gradient takes only a share nu of the messages.

        m_i = C_i(grad f_i(x) - h_i),   x <- x - step_size mean_i (h_i + nu m_i),   h_i <- h_i + beta m_i

    With nu = 1 it is DIANA; with nu = beta = 1 it is EF21, whose d_i are h_i + m_i.

    Args:
        step_size: positive.
        beta: how fast the h_i follow the gradients, positive; lambda in the paper.
        nu: what share of the messages the step takes, positive.

    References:
        [CondatYiRichtarik2022], Algorithm 1 (EF-BV), without prox.
    """

    beta: Fraction = Fraction(1, 2)
    nu: Fraction = Fraction(1, 2)

    name = "ef_bv"
    agent_state = ("h",)
    measure_name = "mean ||g_i - h_i||^2 + ||mean g_i||^2"
    coordinates = Observation(agents=("g - h",), server=("mean g",))

    def step(self, world: World[S, A, N], x: S, h: A) -> tuple[S, A]:
        m = world.compress(world.gradient(x) - h)
        return x - self.step_size * world.mean(h + self.nu * m), h + self.beta * m

    def observe(self, world: World[S, A, N], x: S, h: A) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(g - h,), server=(world.mean(g),))

    def measure(self, world: World[S, A, N], x: S, h: A) -> N:
        g = world.gradient(x)
        return world.mean_square(g - h) + world.square(world.mean(g))
