"""A reconstruction: M3 without momentum, in teams, with minibatches."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods.stationary import Stationary
from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import N


@dataclass(frozen=True)
class M3Minibatch(Stationary):
    """Models come down as in MARINA-P, minibatches go up as in MARINA; a reconstruction of ours.

        x <- x + p,   p = -step_size v,   w_i <- m (w_i + Q_i(p)) + (1 - m) x,   k_i+ = grad f_i(w_i) + n_i,
        v <- m' (v + mean_i C_i(k_i+ - k_i)) + (1 - m') mean_i k_i+,   k_i <- k_i+

    The Q_i are those of PermK in teams of q agents, full_down = 1/q. It stands where M4 of [BegunovTyurin2026] would,
    for functions that differ; original: text not available, and nothing here is claimed of it. The noise falls like
    1/q only, q^3 <= n: whether momentum on the agents' minibatches makes that 1/n is open. Theorem: `m3_minibatch`.

    Args:
        step_size: positive.
        full_down: how probable it is that the model itself is sent, m = 0; 1/q.
        full_up: how probable it is that minibatches themselves are sent, m' = 0.

    References:
        A reconstruction from the abstract of [BegunovTyurin2026]; M3: [GruntkowskaTyurinRichtarik2024].
    """

    full_down: Fraction = Fraction(1, 2)
    full_up: Fraction = Fraction(1, 2)

    name = "m3_minibatch"
    server_state = ("x", "v")
    agent_state = ("w", "k")

    def start(self, world: AllVerbs[Any, Any, N], x: Any) -> tuple[Any, Any, Any, Any]:
        """The same point for all, and its gradients, without noise."""
        k = world.gradient(x)
        return x, world.mean(k), x + 0 * k, k

    def step(self, world: AllVerbs[Any, Any, N], x: Any, v: Any, w: Any, k: Any) -> tuple[Any, Any, Any, Any]:
        before, p = k, -1 * self.step_size * v
        x, down = x + p, world.coin(1 - self.full_down)
        w = x + down * (w + world.send(p) - x)
        k, up = world.noisy_local_gradient(w), world.coin(1 - self.full_up)
        return x, up * (v + world.mean(world.compress(k - before))) + (1 - up) * world.mean(k), w, k
