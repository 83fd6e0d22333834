"""Quadratics f_i(x) = <x, A_i x>/2 + <b_i, x> whose mean is convex, and expectations over all draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

import numpy as np

Draws = Iterable[tuple[float, Any]]
"""Outcomes with their probabilities."""


@dataclass(frozen=True)
class Quadratics:
    """Functions of agents; those of single agents need not be convex."""

    A: np.ndarray
    b: np.ndarray

    @classmethod
    def drawn(cls, rng: np.random.Generator, n: int, d: int, *, spread: float = 1.0) -> Quadratics:
        """At random, the Hessians differing by ``spread``."""
        root = rng.standard_normal((d, d))
        differ = rng.standard_normal((n, d, d))
        differ = differ + differ.transpose(0, 2, 1)
        differ = spread * (differ - differ.mean(axis=0))
        return cls(root @ root.T + np.eye(d) / 4 + differ, rng.standard_normal((n, d)))

    def gradients(self, points: np.ndarray) -> np.ndarray:
        """Of f_i at the i-th of the points, or all at one."""
        return np.einsum("ijk,ik->ij", self.A, np.broadcast_to(points, self.b.shape)) + self.b

    def gradient(self, x: np.ndarray) -> np.ndarray:
        return self.gradients(x).mean(axis=0)

    def value(self, x: np.ndarray) -> float:
        """Of f, above its minimum."""
        mean = self.A.mean(axis=0)
        return float((x - self.minimiser) @ mean @ (x - self.minimiser) / 2)

    @property
    def minimiser(self) -> np.ndarray:
        return np.linalg.solve(self.A.mean(axis=0), -self.b.mean(axis=0))

    @property
    def L(self) -> float:
        return float(np.linalg.norm(self.A.mean(axis=0), 2))

    @property
    def L_i(self) -> np.ndarray:
        return np.array([np.linalg.norm(a, 2) for a in self.A])

    @property
    def D(self) -> float:
        """Root of the norm of mean (A_i - mean A)^2."""
        differ = self.A - self.A.mean(axis=0)
        return float(np.sqrt(np.linalg.norm(np.mean(differ @ differ, axis=0), 2)))

    def functional(self, t: float = 1.0) -> tuple[float, float]:
        """L_A and L_B, by `functional_quadratics`."""
        return float(np.sqrt(1 + t) * self.D), float(np.sqrt(1 + 1 / t) * self.L)


def square(v: np.ndarray) -> float:
    return float(np.sum(v * v))


def mean_square(vectors: np.ndarray) -> float:
    return square(vectors) / len(vectors)


def perm_k(n: int, d: int) -> Draws:
    """Masks of PermK for n = d agents: agent i keeps one coordinate, times n."""
    assert n == d
    orders = list(permutations(range(d)))
    for order in orders:
        yield 1 / len(orders), n * np.eye(d)[list(order)]


def rand_1(n: int, d: int) -> Draws:
    """Masks of independent Rand-1, scaled."""
    for kept in product(range(d), repeat=n):
        yield d**-n, d * np.eye(d)[list(kept)]


def coin(p: float, draws: Draws) -> Draws:
    """With probability p none, else one of the draws."""
    yield p, None
    for probability, draw in draws:
        yield (1 - p) * probability, draw


def expected_average(
    step: Callable[[Any, Any], Any],
    measure: Callable[[Any], float],
    state: Any,
    draws: Sequence[tuple[float, Any]],
    times: int,
) -> float:
    """The mean of E measure(state) over the times 0, ..., times - 1, over all paths."""
    total, now = 0.0, [(1.0, state)]
    for time in range(times):
        total += sum(weight * measure(s) for weight, s in now)
        if time < times - 1:
            now = [(weight * p, step(s, draw)) for weight, s in now for p, draw in draws]
    return total / times


def threshold(M_squared: float, L: float) -> float:
    """The largest step with M^2 step^2 + L step <= 1."""
    return float(2 / (L + np.sqrt(L**2 + 4 * M_squared)))
