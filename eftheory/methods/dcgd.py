"""Distributed compressed gradient descent: why error feedback exists."""

from eftheory.assumptions.hypothesis import COMMON_MINIMISER
from eftheory.methods.method import Method, Observation
from eftheory.methods.world import A, N, S, World


class DCGD(Method):
    """Compressed gradients without feedback: with two agents and weak compressors it diverges at every step size.

        x <- x - step_size mean C_i(grad f_i(x))

    For agents with the Hessians diag(L, mu) and diag(mu, L) at x = (1, 1), messages h_i - (a, a) contract as soon as
    a sqrt(2) <= s |h_i|, s = sqrt(1 - alpha), and their mean points uphill as soon as a > (L + mu)/2, which takes an
    alpha below 1/2 - L mu/(L^2 + mu^2): then x grows at any step size. In a lower bound agents of one type do the
    same, so give the two agents constants that differ a little.

    References:
        [BeznosikovEtAl2020], Example 1.
    """

    name = "dcgd"
    hypotheses = (COMMON_MINIMISER,)
    measure_name = "||x - x*||^2"
    coordinates = Observation(server=("x - x*",))

    def step(self, world: World[S, A, N], x: S) -> tuple[S]:
        return (x - self.step_size * world.mean(world.compress(world.gradient(x))),)

    def observe(self, world: World[S, A, N], x: S) -> Observation:
        return Observation(server=(x - world.minimiser,))

    def measure(self, world: World[S, A, N], x: S) -> N:
        return world.square(x - world.minimiser)
