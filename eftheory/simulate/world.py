"""The numeric world: one run of a method on real functions, in floating point."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.compressors.calling import read_call
from eftheory.compressors.compressor import Compressor
from eftheory.methods import Method, Recorded
from eftheory.methods.world import Reader
from eftheory.simulate.problems.problem import Array, Problem
from eftheory.simulate.verbs import FurtherVerbs


class NumericWorld(FurtherVerbs, Reader):
    """Server vectors are arrays of shape (d,), agent vectors arrays of shape (n, d).

    Gradients are remembered at the last point only, so that a method that asks twice at one
    point pays once. What the world hands out is read-only.

    Args:
        problem: the functions.
        compressor: a ``Compressor``, or any function f(v) or f(v, rng) of one vector; all agents
            use it, and a random one draws for each agent separately.
        rng: where random compressors draw from; seed 0 by default.

    >>> from eftheory.compressors import Identity
    >>> from eftheory.simulate.problems import Quadratic
    >>> problem = Quadratic.of_spectra([[1.0, 2.0], [3.0, 4.0]])
    >>> NumericWorld(problem, Identity()).gradient(np.array([1.0, 1.0]))
    array([[1., 2.],
           [3., 4.]])
    """

    number = float

    def __init__(
        self, problem: Problem, compressor: Callable[..., Array], *, rng: np.random.Generator | None = None
    ) -> None:
        self.problem = problem
        self.rng = np.random.default_rng(0) if rng is None else rng
        self._compress = _rowwise(compressor)
        self._last: tuple[Array, Array] | None = None
        self._least: float | None = None

    def array(self, values: Any) -> Array:
        """A fresh array of floats."""
        return np.array(values, dtype=float)

    @property
    def minimiser(self) -> Array:
        """The minimiser of the mean of all f_i; common to them where the problem has a common one."""
        return self.problem.minimiser

    def mean(self, v: Array) -> Array:
        """The average (1/n) sum_i v_i."""
        average: Array = v.mean(axis=0)
        return average

    def scaled(self, v: Array, factors: Sequence[Fraction | float]) -> Array:
        """The vectors factor_i v_i.

        Raises:
            ValueError: there are not as many factors as agents.
        """
        check_factors(v, factors)
        return v * self.array(factors)[:, None]

    def gradient(self, x: Array) -> Array:
        """The gradients grad f_i(x)."""
        if self._last is None or not np.array_equal(self._last[0], x):
            here, gradients = np.array(x, dtype=float), self.problem.gradients(x)
            gradients.flags.writeable = False
            self._last = here, gradients
        return self._last[1]

    def value(self, x: Array) -> float:
        """f(x) - f(x*), with the rounding of a difference of two floats."""
        if self._least is None:
            self._least = self.problem.value(self.problem.minimiser)
        return self.problem.value(x) - self._least

    def compress(self, v: Array) -> Array:
        """The messages C_i(v_i).

        Raises:
            ValueError: the compressor returns a vector of another length.
        """
        messages = self._compress(v, self.rng)
        if messages.shape != v.shape:
            raise ValueError(f"the compressor turned {v.shape[-1]} entries into {messages.shape[-1:]}")
        return messages

    def square(self, v: Array) -> float:
        """||v||^2."""
        return float(v @ v)

    def mean_square(self, v: Array) -> float:
        """(1/n) sum_i ||v_i||^2."""
        return float(np.vdot(v, v)) / len(v)


def check_factors(v: Sized, factors: Sized) -> None:
    """Refuse factors that would be spread over the agents.

    Raises:
        ValueError: there are not as many as agents.
    """
    if len(factors) != len(v):
        raise ValueError(f"{len(factors)} factors or weights for {len(v)} agents: give one for each, in their order")


def with_floats(method: Method) -> Method:
    """The method with its numbers as the floats nearest to them."""
    values = {field.name: getattr(method, field.name) for field in fields(method)}
    changes: dict[str, Any] = {name: float(value) for name, value in values.items() if isinstance(value, Fraction)}
    if isinstance(method, Recorded):
        changes["number"] = float
    return replace(method, **changes)


def _rowwise(compressor: Callable[..., Array]) -> Callable[[Array, np.random.Generator], Array]:
    """The compressor as a function of all agents' vectors at once."""
    if isinstance(compressor, Compressor):
        return compressor
    how = read_call(compressor)
    return lambda v, rng: np.stack([how(compressor, row, rng) for row in v])
