"""A reconstruction: M3 without momentum, in teams, whose agents send sampled changes of gradients."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.methods.stationary import Stationary
from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import N


@dataclass(frozen=True)
class M3VarianceReduced(Stationary):
    """As `m3_minibatch`, but the same samples at two models make a change, so that noise shrinks with it; ours.

        x <- x + p,   p = -step_size v,   w_i <- m (w_i + Q_i(p)) + (1 - m) x,   s_i = change of sampled grad f_i,
        v <- m' (v + mean_i C_i(s_i)) + (1 - m') mean_i (grad f_i(w_i) + n_i)

    The change is from the old w_i to the new one; n_i is the noise of a large minibatch, drawn only where m' = 0.
    The Q_i are those of PermK in teams of q agents, full_down = 1/q. So the noise falls like 1/n; it takes samples
    whose functions are smooth in the mean of their squares. It is a method of ours, in the manner of MARINA with
    variance reduction; nothing is claimed of M4 of [BegunovTyurin2026]. Theorem: `m3_variance_reduced`.

    Args:
        step_size: positive.
        full_down: how probable it is that the model itself is sent, m = 0; 1/q.
        full_up: how probable it is that large minibatches themselves are sent, m' = 0.

    References:
        M3: [GruntkowskaTyurinRichtarik2024]; variance reduction of MARINA: [GorbunovEtAl2021], VR-MARINA.
    """

    full_down: Fraction = Fraction(1, 2)
    full_up: Fraction = Fraction(1, 2)

    name = "m3_variance_reduced"
    server_state = ("x", "v")
    agent_state = ("w",)

    def start(self, world: AllVerbs[Any, Any, N], x: Any) -> tuple[Any, Any, Any]:
        """The same point for all, and its gradient, without noise."""
        g = world.gradient(x)
        return x, world.mean(g), x + 0 * g

    def step(self, world: AllVerbs[Any, Any, N], x: Any, v: Any, w: Any) -> tuple[Any, Any, Any]:
        before, p = w, -1 * self.step_size * v
        x, down = x + p, world.coin(1 - self.full_down)
        w = x + down * (w + world.send(p) - x)
        s, up = world.noisy_change(w, before), world.coin(1 - self.full_up)
        sent = v + world.mean(world.compress(s))
        return x, up * sent + (1 - up) * world.mean(world.noisy_local_gradient(w)), w
