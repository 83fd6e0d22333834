"""DASHA."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.methods.stationary import Stationary
from eftheory.methods.world import A, N, S, World


@dataclass(frozen=True)
class Dasha(Stationary):
    """DASHA: as MARINA, but no coin: the error of an estimate d_i is forgotten by degrees, in every message.

        x <- x - step_size mean_i d_i,   d_i <- d_i + C_i(g_i+ - g_i - momentum (d_i - g_i)),

    where g_i and g_i+ are the gradients of f_i before and after the step. Theorem: `dasha`.

    Args:
        step_size: positive.
        momentum: which share of an error goes into a message, in (0, 1]; 1/(1 + 2 omega) for unbiased compressors.

    References:
        [TyurinRichtarik2023], Algorithm 1 (DASHA).
    """

    momentum: Fraction = Fraction(1, 3)

    name = "dasha"
    agent_state = ("d",)

    def start(self, world: World[S, A, N], x: S) -> tuple[S, A]:
        """x, and the gradients there."""
        return x, world.gradient(x)

    def step(self, world: World[S, A, N], x: S, d: A) -> tuple[S, A]:
        before, x = world.gradient(x), x - self.step_size * world.mean(d)
        return x, d + world.compress(world.gradient(x) - before - self.momentum * (d - before))
