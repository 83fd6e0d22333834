"""What only the numeric world answers: chance, points of the agents' own, and messages from the server."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eftheory.simulate.problems.problem import Array, Problem


class FurtherVerbs:
    """The verbs of ``eftheory.methods.verbs``, in the numbers of the world, which has what is declared here.

    Server and agents compress with the same compressor, unless the world has another for the way down. Noise and prox
    are the problem's to know: it may have ``noisy_gradients(x, rng)``, as ``gradients``, whose draws are the
    same at every x, and ``prox(v, step_size)``.
    """

    problem: Problem
    rng: np.random.Generator
    number: Callable[[Any], Any]
    array: Callable[[Any], Array]
    _compress_down: Callable[[Array, np.random.Generator], Array]

    def local_gradient(self, w: Array) -> Array:
        """The gradients grad f_i(w_i)."""
        return np.stack([self.problem.gradients(own)[i] for i, own in enumerate(w)])

    def noisy_local_gradient(self, w: Array) -> Array:
        """The same with noise, drawn anew for every agent; ValueError where the problem has none."""
        return self._sampled(w, self.rng)

    def noisy_change(self, after: Array, before: Array) -> Array:
        """Changes of gradients by the same draws at both points; ValueError where the problem has no noise."""
        same = copy.deepcopy(self.rng)
        return self._sampled(after, self.rng) - self._sampled(before, same)

    def _sampled(self, w: Array, rng: np.random.Generator) -> Array:
        noisy = ability(self.problem, "noisy_gradients")
        return np.stack([noisy(own, rng)[i] for i, own in enumerate(w)])

    def noisy_gradient(self, x: Array) -> Array:
        """Gradients with noise, drawn anew; ValueError where the problem has none."""
        noisy: Array = ability(self.problem, "noisy_gradients")(x, self.rng)
        return noisy

    def prox(self, v: Array, step_size: float) -> Array:
        """argmin_y psi(y) + ||y - v||^2 / (2 step_size); ValueError where the problem has no psi."""
        nearest: Array = ability(self.problem, "prox")(v, step_size)
        return nearest

    def coin(self, chance: float) -> Any:
        """1 with this probability, else 0."""
        return self.number(int(self.rng.random() < chance))

    def coins(self, chances: float | Sequence[float]) -> Array:
        """One coin for each agent, as a column."""
        each = np.broadcast_to(np.array(chances, dtype=float), self.problem.n_agents)
        column: Array = self.array([[self.coin(chance)] for chance in each])
        return column

    def compress_server(self, v: Array, alpha: float) -> Array:
        """The message C(v) to all; ``alpha`` is what a claim needs of C, which is here that of the agents."""
        message: Array = self._compress_down(v[None], self.rng)[0]
        return message

    def unbiased(self, v: Array, omega: float, *, independent: bool = False) -> Array:
        """(1 + omega) v_i with probability 1/(1 + omega), else 0, drawn for each agent: omega is attained."""
        messages: Array = self.coins([1 / (1 + omega)] * len(v)) * (self.number(1 + omega) * v)
        return messages

    def send(self, v: Array) -> Array:
        """The messages Q_i(v), which may be dealt out together, as those of PermK are."""
        return self._compress_down(np.tile(v, (self.problem.n_agents, 1)), self.rng)

    def nearer(self, v: Array, first: Array, second: Array) -> Array:
        """Of each agent's two vectors the one that is nearer to v_i; the first, if they are as near."""
        apart = [((candidate - v) ** 2).sum(axis=1, keepdims=True) for candidate in (first, second)]
        return np.where(apart[0] <= apart[1], first, second)


def ability(problem: Problem, name: str) -> Callable[..., Any]:
    """What a problem can do beyond gradients; ValueError where it cannot."""
    found: Callable[..., Any] | None = getattr(problem, name, None)
    if found is None:
        raise ValueError(f"the method needs a problem with {name}(...); {type(problem).__name__} has none")
    return found
