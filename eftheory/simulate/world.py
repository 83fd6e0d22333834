"""The numeric world: one run of a method on real functions, in floats or in Fractions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.methods.world import Reader
from eftheory.simulate.arithmetic import Answer, Arithmetic, Array
from eftheory.simulate.floats import FLOATS
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.verbs import FurtherVerbs


class NumericWorld(FurtherVerbs, Reader):
    """Server vectors are arrays of shape (d,), agent vectors arrays of shape (n, d), of the problem's numbers.

    Gradients are remembered at the last point only, so that a method that asks twice at one
    point pays once. What the world hands out is read-only.

    Args:
        problem: the functions, and by its ``arithmetic`` the numbers: floats, unless it says others.
        compressor: a ``Compressor``, or a function of one vector: in floats f(v) or f(v, rng) of an array, in
            Fractions f(v) of a list; all agents use it, and a random one draws for each agent separately. Or a
            sequence of such, one for each agent. In Fractions none may be random.
        down: the same, of the server's messages; the agents' compressor by default.
        rng: where random compressors draw from; seed 0 by default.

    Raises:
        ValueError: there are not as many compressors as agents.

    >>> from eftheory.compressors import Identity
    >>> from eftheory.simulate.problems import Quadratic
    >>> problem = Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]])
    >>> NumericWorld(problem, Identity()).gradient(np.array([1.0, 1.0]))
    array([[1., 2.],
           [3., 4.]])
    """

    def __init__(
        self,
        problem: Problem,
        compressor: Callable[..., Any] | Sequence[Callable[..., Any]],
        *,
        down: Callable[..., Any] | None = None,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.problem = problem
        self.arithmetic: Arithmetic = getattr(problem, "arithmetic", FLOATS)
        self.array, self.number = self.arithmetic.array, self.arithmetic.number
        self.rng = np.random.default_rng(0) if rng is None else rng
        self._compress: Callable[[Array, np.random.Generator], Array] = self._read(compressor)
        self._compress_down = self._compress if down is None else self._read(down)
        self._last: tuple[Array, Array] | None = None
        self._least: Any = None

    def _read(self, compressor: Callable[..., Any] | Sequence[Callable[..., Any]]) -> Answer:
        """The compressors of all agents as one function of all their vectors."""
        if not isinstance(compressor, Sequence):
            return self.arithmetic.rowwise(compressor)
        if len(compressor) != self.problem.n_agents:
            n = self.problem.n_agents
            raise ValueError(f"{len(compressor)} compressors for {n} agents: give one, or one for each")
        each = [self.arithmetic.rowwise(one) for one in compressor]
        return lambda v, rng: np.concatenate([answer(row, rng) for answer, row in zip(each, v[:, None])])

    @property
    def minimiser(self) -> Array:
        """The minimiser of the mean of all f_i; common to them where the problem has a common one."""
        return self.problem.minimiser

    def mean(self, v: Array) -> Array:
        """The average (1/n) sum_i v_i."""
        average: Array = v.sum(axis=0) / len(v)
        return average

    def scaled(self, v: Array, factors: Sequence[Fraction | float]) -> Array:
        """The vectors factor_i v_i.

        Raises:
            ValueError: there are not as many factors as agents.
        """
        if len(factors) != len(v):
            n = len(v)
            raise ValueError(f"{len(factors)} factors or weights for {n} agents: give one for each, in their order")
        return v * self.array(factors)[:, None]

    def gradient(self, x: Array) -> Array:
        """The gradients grad f_i(x)."""
        if self._last is None or not np.array_equal(self._last[0], x):
            here, gradients = self.array(x), self.problem.gradients(x)
            gradients.flags.writeable = False
            self._last = here, gradients
        return self._last[1]

    def value(self, x: Array) -> Any:
        """f(x) - f(x*); in floats with the rounding of a difference of two."""
        if self._least is None:
            self._least = self.problem.value(self.problem.minimiser)
        return self.problem.value(x) - self._least

    def compress(self, v: Array) -> Array:
        """The messages C_i(v_i).

        Raises:
            TypeError: in Fractions, a message has an entry that is no int or Fraction.
            ValueError: the compressor returns a vector of another length.
        """
        messages = self._compress(v, self.rng)
        if messages.shape != v.shape:
            raise ValueError(f"the compressor turned {v.shape[-1]} entries into {messages.shape[-1:]}")
        return messages

    def square(self, v: Array) -> Any:
        """||v||^2."""
        return self.number(v @ v)

    def mean_square(self, v: Array) -> Any:
        """(1/n) sum_i ||v_i||^2."""
        return self.number(np.vdot(v, v)) / len(v)
