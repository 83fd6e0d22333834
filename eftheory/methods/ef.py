"""Error feedback."""

from dataclasses import dataclass

from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class EF(Method):
    """Error feedback: each agent remembers in e what its compressor dropped, and sends it later.

        v_i = e_i + step_size grad f_i(x),   x <- x - mean_i C_i(v_i),   e_i <- v_i - C_i(v_i)

    References:
        [SeideEtAl2014]; as analysed in [ThomsenTaylorDieuleveut2026], Theorem 3.2.
    """

    name = "ef"
    agent_state = ("e",)
    hypotheses = (COMMON_MINIMISER,)
    measure_name = "||x - x*||^2 + mean ||e_i||^2"
    coordinates = Observation(agents=("e",), server=("x - x*",))
    places = ("x", "x - mean e")

    def step(self, world: World[S, A, N], x: S, e: A) -> tuple[S, A]:
        v = e + self.step_size * world.gradient(x)
        c = world.compress(v)
        return x - world.mean(c), v - c

    def points(self, world: World[S, A, N], x: S, e: A, *_: A) -> tuple[S, S]:
        """x, and where it will be once all that is remembered has been sent."""
        return x, x - world.mean(e)

    def observe(self, world: World[S, A, N], x: S, e: A) -> Observation:
        return Observation(agents=(e,), server=(x - world.minimiser,))

    def measure(self, world: World[S, A, N], x: S, e: A) -> N:
        return world.square(x - world.minimiser) + world.mean_square(e)
