"""EF21 with weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from eftheory.assumptions import AgentType
from eftheory.methods.method import Method, Observation, State


@dataclass(frozen=True)
class EF21W(Method):
    """EF21-W: EF21 on the functions f_i/(n w_i), averaged with the weights w_i; f remains what it was.

        x <- x - step_size sum_i w_i d_i,   d_i <- d_i + C_i(grad f_i(x)/(n w_i) - d_i)

    If the C_i are positively homogeneous, n w_i d_i is the d_i of EF21, and x the same: each step
    keeps it so, since n w_i C_i(v/(n w_i)) = C_i(v). The measure is therefore that of EF21 with n w_i d_i
    for d_i. Weights w_i = L_i / sum_j L_j make all the functions equally smooth. The worlds that
    simulate know agents one by one, certificates only types. Certificates of EF21 serve this method: if C is
    contractive, so is n w C(v/(n w)), with the same alpha, so that EF21-W is EF21 with other compressors.

    Args:
        step_size: positive.
        weights: one positive Fraction for each agent, in order; their sum is one.

    Raises:
        ValueError: the weights are no such numbers.

    References:
        [RichtarikGasanovBurlachenko2024], Theorem 2 and Section 2.4.

    >>> EF21W.proportional(Fraction(1, 4), [AgentType(L=1, mu=0, count=2), AgentType(L=2, mu=0)]).weights
    (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2))
    """

    weights: tuple[Fraction, ...]

    name = "ef21w"
    agent_state = ("d",)
    measure_name = "mean ||g_i - n w_i d_i||^2 + ||mean g_i||^2"
    coordinates = Observation(agents=("g - n w d",), server=("mean g",))

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.weights or min(self.weights) <= 0 or sum(self.weights) != 1:
            shown = ", ".join(map(str, self.weights))
            raise ValueError(f"weights=({shown}): one positive Fraction for each agent, with sum 1; try proportional()")

    @classmethod
    def proportional(cls, step_size: Fraction, agents: Sequence[AgentType]) -> EF21W:
        """The method with the weights L_i / sum_j L_j."""
        constants = [agent.L for agent in agents for _ in range(agent.count)]
        return cls(step_size, tuple(L / sum(constants) for L in constants))

    def start(self, world: Any, x: Any) -> State:
        """x, and d_i = C_i(grad f_i(x)/(n w_i))."""
        return x, world.compress(self._shrunk(world, world.gradient(x)))

    def step(self, world: Any, x: Any, d: Any) -> State:
        x = x - self.step_size * world.mean(self._estimate(world, d))
        return x, d + world.compress(self._shrunk(world, world.gradient(x)) - d)

    def observe(self, world: Any, x: Any, d: Any) -> Observation:
        g = world.gradient(x)
        return Observation(agents=(g - self._estimate(world, d),), server=(world.mean(g),))

    def measure(self, world: Any, x: Any, d: Any) -> Any:
        g = world.gradient(x)
        return world.mean_square(g - self._estimate(world, d)) + world.square(world.mean(g))

    def _estimate(self, world: Any, d: Any) -> Any:
        """The vectors n w_i d_i, which estimate grad f_i."""
        return world.scaled(d, [len(self.weights) * weight for weight in self.weights])

    def _shrunk(self, world: Any, g: Any) -> Any:
        """The vectors g_i/(n w_i)."""
        return world.scaled(g, [1 / (len(self.weights) * weight) for weight in self.weights])
