"""Sums over the rows of data, kept sparse: one product with all rows for all agents and all columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_array, issparse

from eftheory.assumptions import AgentType
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.simulate.problems.loss import Loss
from eftheory.simulate.problems.newton import NoMinimiserError, minimise
from eftheory.simulate.problems.problem import Array
from eftheory.simulate.problems.regulariser import Regulariser
from eftheory.simulate.smoothness import prove_smoothness, prove_smoothness_of_mean

DENSE = 0.3
"""From this share of entries that are not zero on rows are stored in full."""

TINY = Fraction(1, 2**20)
"""A smoothness constant of functions that are zero; constants are positive."""


@dataclass(frozen=True, eq=False)
class FiniteSum:
    """f_i(x) = (1/N_i) sum_j loss(<a_j, x>, y_j) + r(x) over the N_i rows of agent i.

    ``gradients`` and ``value`` take one point; ``gradients_at`` and ``values_at`` many at once, one a row.

    Args:
        rows: of all agents, agent after agent, shape (N, d): an array, or one of scipy's sparse ones.
        targets: y_j, shape (N,); 1 and -1 for logistic regression.
        sizes: N_1, ..., N_n, each at least 1; they sum up to N.
        loss: of a prediction.
        regulariser: r; None for none.
        batch: rows in a minibatch, drawn with replacement, for ``noisy_gradients``; None for none.

    Raises:
        ValueError: sizes do not fit, an entry is not finite, a label is not one of the loss's, or batch < 1.

    >>> from fractions import Fraction
    >>> from eftheory.simulate.problems.loss import Logistic
    >>> from eftheory.simulate.problems.regulariser import Nonconvex
    >>> f = FiniteSum(np.array([[2.0], [2.0]]), np.array([1.0, -1.0]), (1, 1), Logistic(), Nonconvex(Fraction(1, 10)))
    >>> f.gradients(np.zeros(1))
    array([[-1.],
           [ 1.]])
    """

    rows: Any
    targets: Array
    sizes: Sequence[int]
    loss: Loss
    regulariser: Regulariser | None = None
    batch: int | None = None

    def __post_init__(self) -> None:
        rows: Any = self.rows if issparse(self.rows) else np.asarray(self.rows, dtype=float)
        sizes = tuple(int(size) for size in self.sizes)
        if not sizes or min(sizes) < 1 or sum(sizes) != rows.shape[0] or len(self.targets) != rows.shape[0]:
            shown = f"{len(sizes)} shards with {sum(sizes)} rows for {rows.shape[0]} rows, {len(self.targets)} targets"
            raise ValueError(f"{shown}: every agent needs a row, and every row an agent")
        if self.batch is not None and self.batch < 1:
            raise ValueError(f"batch={self.batch}: a minibatch has at least one row")
        filled = rows.nnz if issparse(rows) else np.count_nonzero(rows)
        dense = filled > DENSE * rows.shape[0] * rows.shape[1]
        if issparse(rows):
            rows = rows.toarray() if dense else _compact(rows)
        elif not dense:
            rows = _compact(rows)
        targets = np.asarray(self.targets, dtype=float)
        if not np.isfinite(rows.data if issparse(rows) else rows).all() or not np.isfinite(targets).all():
            raise ValueError("the data hold numbers that are not finite")
        self.loss.check(targets)
        for name, value in (("rows", rows), ("targets", targets), ("sizes", sizes)):
            object.__setattr__(self, name, value)

    @property
    def n_agents(self) -> int:
        """The number of agents."""
        return len(self.sizes)

    @property
    def dimension(self) -> int:
        """The number of variables."""
        return int(self.rows.shape[1])

    @property
    def least(self) -> float:
        """A lower bound on f: no loss and no regulariser is negative."""
        return 0.0

    @property
    def samples(self) -> float:
        """Rows that a gradient looks at, on average over agents."""
        return len(self.targets) / self.n_agents

    @cached_property
    def shards(self) -> list[Any]:
        """The rows of each agent."""
        ends = np.cumsum((0, *self.sizes))
        return [self.rows[a:b] for a, b in pairwise(ends)]

    @cached_property
    def agents(self) -> tuple[AgentType, ...]:
        """The constants L_i, proved from the data, and mu_i, the least curvature of r."""
        r, c = self.regulariser, self.loss.curvature
        least, greatest = (r.least, r.greatest) if r is not None else (Fraction(0), Fraction(0))
        bounds = [prove_smoothness(A, regulariser=greatest, curvature=c) or TINY for A in self.shards]
        return tuple(
            AgentType(functions=Smooth(max(L, -least), least)) if least < 0 else AgentType(L, least) for L in bounds
        )

    @cached_property
    def L(self) -> Any:
        """A smoothness constant of f, proved from the data; it is at most the mean of the L_i, but for rounding."""
        r = self.regulariser
        greatest = r.greatest if r is not None else 0
        return prove_smoothness_of_mean(self.shards, regulariser=greatest, curvature=self.loss.curvature) or TINY

    @cached_property
    def _weights(self) -> Array:
        """1/N_i for each row."""
        return np.repeat(1 / np.array(self.sizes, dtype=float), self.sizes)

    @cached_property
    def _by_agent(self) -> Any:
        """The matrix of n d rows that makes all gradients of N slopes at once; None for rows in full."""
        if not issparse(self.rows):
            return None
        n, d, rows = self.n_agents, self.dimension, self.rows.tocoo()
        agent = np.repeat(np.arange(n), self.sizes)[rows.row]
        values = rows.data * self._weights[rows.row]
        return _compact(csr_array((values, (agent * d + rows.col, rows.row)), shape=(n * d, len(self.targets))))

    def _predict(self, x: Array) -> Array:
        """<a_j, x> for all rows and points; remembered for the last points, since f and gradients both ask."""
        last = self.__dict__.get("_predicted")
        if last is None or not np.array_equal(last[0], x):
            last = np.array(x), self.rows @ np.ascontiguousarray(x.T)
            object.__setattr__(self, "_predicted", last)
        predictions: Array = last[1]
        return predictions

    def gradients(self, x: Array) -> Array:
        """All gradients grad f_i(x), shape (n, d)."""
        gradients: Array = self.gradients_at(x[None])[:, 0].copy()
        return gradients

    def gradients_at(self, x: Array) -> Array:
        """All gradients at many points: shape (n, R, d) for R points."""
        slopes = self.loss.slopes(self._predict(x), self.targets[:, None])
        n, (many, d) = self.n_agents, x.shape
        if self._by_agent is not None:
            gradients = (self._by_agent @ slopes).reshape(n, d, many).transpose(0, 2, 1)
        else:
            slopes *= self._weights[:, None]
            ends = np.cumsum((0, *self.sizes))
            gradients = np.stack([slopes[a:b].T @ self.rows[a:b] for a, b in pairwise(ends)])
        found: Array = gradients + (0.0 if self.regulariser is None else self.regulariser.gradient(x))
        return found

    def local_gradients_at(self, w: Array) -> Array:
        """The gradients grad f_i(w_i), for points of each agent, shape (n, R, d)."""
        ends, found = np.cumsum((0, *self.sizes)), np.empty_like(w)
        for i, (a, b) in enumerate(pairwise(ends)):
            shard = self.shards[i]
            slopes = self.loss.slopes(shard @ np.ascontiguousarray(w[i].T), self.targets[a:b, None])
            found[i] = (shard.T @ slopes).T / self.sizes[i]
        return found + self.regulariser.gradient(w) if self.regulariser is not None else found

    def noisy_gradients(self, x: Array, rng: np.random.Generator) -> Array:
        """Gradients of minibatches of ``batch`` rows, drawn with replacement, shape (n, d).

        Raises:
            ValueError: no batch was given.
        """
        if self.batch is None:
            raise ValueError("the method takes minibatches: say how many rows they have, batch=... (--batch)")
        n, d, ends = self.n_agents, self.dimension, np.cumsum((0, *self.sizes[:-1]))
        drawn = ends[:, None] + (rng.random((n, self.batch)) * np.array(self.sizes)[:, None]).astype(int)
        rows = self.rows[drawn.ravel()]
        slopes = self.loss.slopes(rows @ x[:, None], self.targets[drawn.ravel(), None])
        if issparse(rows):
            weighted = rows.multiply(slopes).tocoo()
            places = np.repeat(np.arange(n), self.batch)[weighted.row] * d + weighted.col
            gradients = np.bincount(places, weighted.data, minlength=n * d).reshape(n, d) / self.batch
        else:
            gradients = (slopes * rows).reshape(n, self.batch, d).mean(axis=1)
        return gradients + self.regulariser.gradient(x) if self.regulariser is not None else gradients

    def value(self, x: Array) -> float:
        """f(x)."""
        return float(self.values_at(x[None])[0])

    def values_at(self, x: Array) -> Array:
        """The values of f at many points, one a row."""
        losses = self.loss.values(self._predict(x), self.targets[:, None])
        mean: Array = self._weights @ losses / self.n_agents
        return mean + self.regulariser.value(x) if self.regulariser is not None else mean

    @cached_property
    def minimiser(self) -> Array:
        """What Newton's method finds from zero, where f is convex.

        Raises:
            NoMinimiserError: f is not convex, or the gradient stays large.
        """
        if self.regulariser is not None and self.regulariser.least < 0:
            raise NoMinimiserError("f is not convex: it may have many stationary points, and no minimiser is known")
        return minimise(lambda x: self.gradients(x).mean(axis=0), self._hessian, np.zeros(self.dimension))

    def _hessian(self, x: Array) -> Array:
        bends = self.loss.bends(self.rows @ x[:, None], self.targets[:, None])[:, 0] * self._weights / self.n_agents
        weighted = self.rows.multiply(bends[:, None]) if issparse(self.rows) else self.rows * bends[:, None]
        product = self.rows.T @ weighted
        hessian: Array = product.toarray() if issparse(product) else product
        return hessian + np.diag(self.regulariser.bend(x)) if self.regulariser is not None else hessian


def _compact(rows: Any) -> csr_array:
    """As scipy's, with short indices where they suffice: products wait for memory."""
    rows = csr_array(rows, dtype=float)
    if max(*rows.shape, rows.nnz) < 2**31:
        rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    return rows
