"""EF21 with heavy-ball momentum."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class HeavyBallEF21(Method):
    """EF21 whose server keeps a momentum m, as in Polyak's heavy-ball method; momentum 0 is EF21.

    m <- momentum m + mean d_i,   x <- x - step_size m,   d_i <- d_i + C_i(grad f_i(x) - d_i)

    References:
        [FatkhullinEtAl2021], EF21-HB.
    """

    momentum: Fraction = Fraction(1, 10)

    name = "ef21_hb"
    server_state = ("x", "m")
    agent_state = ("d",)
    measure_name = "mean ||g_i - d_i||^2 + ||mean g_i||^2 + ||m||^2"
    coordinates = Observation(agents=("g - d",), server=("mean g", "m"))

    def start(self, world: World[S, A, N], x: S) -> tuple[S, S, A]:
        """x, no momentum, and d_i = C_i(grad f_i(x))."""
        return x, 0 * x, world.compress(world.gradient(x))

    def step(self, world: World[S, A, N], x: S, m: S, d: A) -> tuple[S, S, A]:
        m = self.momentum * m + world.mean(d)
        x = x - self.step_size * m
        return x, m, d + world.compress(world.gradient(x) - d)

    def observe(self, world: World[S, A, N], x: S, m: S, d: A) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(g - d,), server=(world.mean(g), m))

    def measure(self, world: World[S, A, N], x: S, m: S, d: A) -> N:
        g = world.gradient(x)
        return world.mean_square(g - d) + world.square(world.mean(g)) + world.square(m)
