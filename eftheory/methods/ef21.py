"""EF21."""

from dataclasses import dataclass

from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class EF21(Method):
    """EF21: each agent compresses the change of its gradient estimate d.

        x <- x - step_size mean_i d_i,   d_i <- d_i + C_i(grad f_i(x) - d_i)

    References:
        [RichtarikSokolovFatkhullin2021], Algorithm 2.
    """

    name = "ef21"
    agent_state = ("d",)
    measure_name = "mean ||g_i - d_i||^2 + ||mean g_i||^2"
    coordinates = Observation(agents=("g - d",), server=("mean g",))

    def start(self, world: World[S, A, N], x: S) -> tuple[S, A]:
        """x, and d_i = C_i(grad f_i(x))."""
        return x, world.compress(world.gradient(x))

    def step(self, world: World[S, A, N], x: S, d: A) -> tuple[S, A]:
        x = x - self.step_size * world.mean(d)
        g = world.gradient(x)
        return x, d + world.compress(g - d)

    def observe(self, world: World[S, A, N], x: S, d: A) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(g - d,), server=(world.mean(g),))

    def measure(self, world: World[S, A, N], x: S, d: A) -> N:
        g = world.gradient(x)
        return world.mean_square(g - d) + world.square(world.mean(g))
