"""EControl: error feedback whose memory is fed in by degrees."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class EControl(Method):
    """EControl: each agent compresses the change of its estimate h, and a share eta of what was lost so far.

        h_i <- h_i + C_i(eta e_i + g_i - h_i),   x <- x - step_size mean h_i,   e_i <- e_i + g_i - h_i,

    with g_i = grad f_i(x) before the step and the new h_i in what follows it. With eta = 0 it is EF21.

    References:
        [GaoIslamovStich2024], Algorithm 2.
    """

    eta: Fraction = Fraction(1, 400)

    name = "econtrol"
    agent_state = ("e", "h")
    measure_name = "mean ||g_i - h_i||^2 + mean ||e_i||^2 + ||mean g_i||^2"
    coordinates = Observation(agents=("g - h", "e"), server=("mean g",))

    def step(self, world: World[S, A, N], x: S, e: A, h: A) -> tuple[S, A, A]:
        g = world.gradient(x)
        h = h + world.compress(self.eta * e + g - h)
        return x - self.step_size * world.mean(h), e + g - h, h

    def observe(self, world: World[S, A, N], x: S, e: A, h: A) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(g - h, e), server=(world.mean(g),))

    def measure(self, world: World[S, A, N], x: S, e: A, h: A) -> N:
        g = world.gradient(x)
        return world.mean_square(g - h) + world.mean_square(e) + world.square(world.mean(g))
