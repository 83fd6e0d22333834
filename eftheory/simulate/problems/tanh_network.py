"""A small neural network: one hidden layer, tanh, softmax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from eftheory.simulate.arithmetic import Array
from eftheory.simulate.problems.newton import NoMinimiserError


@dataclass(frozen=True, eq=False)
class TanhNetwork:
    """f_i(x) = mean over agent i's rows of -log softmax(V tanh(W a + w) + v)_label + weight/2 ||x||^2.

    x holds W, w, V and v, one after the other. No smoothness constant is known, and no minimiser.

    Args:
        rows: of all agents, agent after agent, shape (N, features).
        labels: whole numbers from 0 on, shape (N,).
        sizes: how many rows each agent has, each at least 1.
        hidden: units of the hidden layer.
        weight: of the regulariser, at least 0.
        batch: rows in a minibatch, drawn with replacement, for ``noisy_gradients``; None for none.

    Raises:
        ValueError: the shapes do not fit, or a label is no whole number from 0 on.

    >>> f = TanhNetwork(np.eye(4), np.array([0, 1, 0, 1]), (2, 2), hidden=3)
    >>> f.dimension, f.gradients(np.zeros(f.dimension)).shape
    (23, (2, 23))
    """

    rows: Array
    labels: Array
    sizes: Sequence[int]
    hidden: int = 16
    weight: float = 0.0
    batch: int | None = None

    def __post_init__(self) -> None:
        rows, labels = np.asarray(self.rows, dtype=float), np.asarray(self.labels)
        if rows.ndim != 2 or labels.shape != rows.shape[:1] or sum(self.sizes) != len(rows) or min(self.sizes) < 1:
            raise ValueError(
                f"rows of shape {rows.shape}, {len(labels)} labels, sizes that sum up to {sum(self.sizes)}: "
                "every row needs a label and an agent, every agent a row"
            )
        if not np.isfinite(rows).all() or (labels < 0).any() or (labels != np.rint(labels)).any():
            raise ValueError("rows are finite, and labels whole numbers from 0 on")
        if self.hidden < 1 or not self.weight >= 0 or (self.batch is not None and self.batch < 1):
            raise ValueError(f"hidden={self.hidden}, weight={self.weight}, batch={self.batch}: at least 1, 0 and 1")
        for name, value in (("rows", rows), ("labels", labels.astype(int)), ("sizes", tuple(map(int, self.sizes)))):
            object.__setattr__(self, name, value)

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return len(self.sizes)

    @property
    def classes(self) -> int:
        """How many labels there are."""
        return int(self.labels.max()) + 1

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return (int(self.rows.shape[1]) + 1) * self.hidden + (self.hidden + 1) * self.classes

    @property
    def samples(self) -> float:
        """Rows that a gradient looks at, on average over agents."""
        return len(self.rows) / self.n_agents

    @property
    def least(self) -> float:
        """A lower bound on f."""
        return 0.0

    @property
    def agents(self) -> Any:
        """Not known.

        Raises:
            ValueError: always.
        """
        raise ValueError("no smoothness constant of a neural network is known: give a step size, as --step-size 1/10")

    @property
    def minimiser(self) -> Array:
        """Not known.

        Raises:
            NoMinimiserError: always.
        """
        raise NoMinimiserError("no minimiser of a neural network is known")

    def draw_start(self, rng: np.random.Generator) -> Array:
        """A first x: normal weights of variance 1/fan-in, zero offsets."""
        features, hidden = self.rows.shape[1], self.hidden
        W = rng.standard_normal((features, hidden)) / features**0.5
        V = rng.standard_normal((hidden, self.classes)) / hidden**0.5
        return np.concatenate([W.ravel(), np.zeros(hidden), V.ravel(), np.zeros(self.classes)])

    def gradients(self, x: Array) -> Array:
        """All gradients grad f_i(x), shape (n, d)."""
        rows, hot, weights = self._padded
        return self._differentiate(x, rows, hot, weights)

    def noisy_gradients(self, x: Array, rng: np.random.Generator) -> Array:
        """Gradients of minibatches of ``batch`` rows, drawn with replacement; ValueError if no batch was given."""
        if self.batch is None:
            raise ValueError("the method takes minibatches: say how many rows they have, batch=... (--batch)")
        ends, n = np.cumsum((0, *self.sizes[:-1])), self.n_agents
        drawn = ends[:, None] + (rng.random((n, self.batch)) * np.array(self.sizes)[:, None]).astype(int)
        weights = np.full((n, self.batch, 1), 1 / self.batch)
        return self._differentiate(x, self.rows[drawn], self._hot[drawn], weights)

    def value(self, x: Array) -> float:
        """f(x)."""
        W, w, V, v = self._split(x)
        scores = np.tanh(self.rows @ W + w) @ V + v
        shifted = scores - scores.max(axis=1, keepdims=True)
        losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(scores)), self.labels]
        weights = np.repeat(1 / np.array(self.sizes, dtype=float), self.sizes) / self.n_agents
        return float(losses @ weights) + self.weight / 2 * float(x @ x)

    @cached_property
    def _hot(self) -> Array:
        """1 in the column of the label."""
        return np.eye(self.classes)[self.labels]

    @cached_property
    def _padded(self) -> tuple[Array, Array, Array]:
        """Rows and labels agent by agent, as many for each, and weights 1/N_i of those that are there."""
        ends, most = np.cumsum((0, *self.sizes[:-1])), max(self.sizes)
        there = np.arange(most) < np.array(self.sizes)[:, None]
        places = np.where(there, ends[:, None] + np.arange(most), 0)
        weights = np.where(there, 1 / np.array(self.sizes, dtype=float)[:, None], 0.0)
        return self.rows[places], self._hot[places], weights[..., None]

    def _split(self, x: Array) -> tuple[Array, Array, Array, Array]:
        """W, w, V and v."""
        shapes = ((self.rows.shape[1], self.hidden), (self.hidden,), (self.hidden, self.classes), (self.classes,))
        cuts = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]
        W, w, V, v = (part.reshape(shape) for part, shape in zip(np.split(x, cuts), shapes))
        return W, w, V, v

    def _differentiate(self, x: Array, rows: Array, hot: Array, weights: Array) -> Array:
        """Backwards through both layers, for rows of shape (n, m, features)."""
        W, w, V, v = self._split(x)
        inner = np.tanh(rows @ W + w)
        scores = inner @ V + v
        chances = np.exp(scores - scores.max(axis=-1, keepdims=True))
        chances /= chances.sum(axis=-1, keepdims=True)
        upper = (chances - hot) * weights
        lower = upper @ V.T * (1 - inner * inner)
        n = len(rows)
        parts = (rows.swapaxes(1, 2) @ lower, lower.sum(axis=1), inner.swapaxes(1, 2) @ upper, upper.sum(axis=1))
        gradients: Array = np.concatenate([part.reshape(n, -1) for part in parts], axis=1) + self.weight * x
        return gradients
