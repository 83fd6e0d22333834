"""EF21+."""

from dataclasses import dataclass
from typing import Any

from eftheory.methods.ef21 import EF21
from eftheory.methods.method import State


@dataclass(frozen=True)
class EF21Plus(EF21):
    """EF21 whose agents keep the better of two candidates: EF21's estimate, or the compressed gradient.

        x <- x - step_size mean_i d_i,   d_i <- d_i + C_i(g_i - d_i) or C_i(g_i),

    whichever is nearer to g_i = grad f_i(x)

    References:
        [RichtarikSokolovFatkhullin2021], EF21+.
    """

    name = "ef21_plus"

    def step(self, world: Any, x: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(d)
        g = world.gradient(x)
        return x, world.nearer(g, d + world.compress(g - d), world.compress(g))
