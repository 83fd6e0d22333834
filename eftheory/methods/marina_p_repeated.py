"""A reconstruction: MARINA-P in teams, for one function, with repeated messages of minibatches."""

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from eftheory.assumptions.validation import require
from eftheory.methods.marina_p import MarinaP
from eftheory.methods.verbs import AllVerbs
from eftheory.methods.world import N


@dataclass(frozen=True)
class MarinaPRepeated(MarinaP):
    """MARINA-P whose agents, all with one f, send what they sample in many messages; a reconstruction of ours.

        v = -step_size mean_ij C_ij(grad f(w_i) + n_i),   x <- x + v,   w_i <- m (w_i + Q_i(v)) + (1 - m) x,

    where the messages C_i1, C_i2, ... of the same minibatch are independent. The Q_i are those of PermK in teams of q
    agents, full = 1/q. It stands where Inkheart SGD of [BegunovTyurin2026] would, in the seconds that its abstract
    says; original: text not available, and nothing here is claimed of it. Theorem: `marina_p_repeated`.

    Args:
        step_size: positive.
        full: how probable it is that the model itself is sent, m = 0; 1/q.
        repeats: how many messages an agent sends of its minibatch, at least 1.

    References:
        A reconstruction from the abstract of [BegunovTyurin2026]; MARINA-P: [GruntkowskaTyurinRichtarik2024].
    """

    repeats: int = 2

    name = "marina_p_repeated"

    def __post_init__(self) -> None:
        super().__post_init__()
        whole = isinstance(self.repeats, int) and self.repeats >= 1
        require(whole, f"repeats={self.repeats!r}: how many messages an agent sends is a whole number, at least 1")

    def estimate(self, world: AllVerbs[Any, Any, N], w: Any) -> Any:
        k = world.noisy_local_gradient(w)
        return reduce(add, (world.mean(world.compress(k)) for _ in range(self.repeats))) / self.repeats
