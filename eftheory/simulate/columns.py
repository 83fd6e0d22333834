"""Many runs of one method side by side: the numeric world with a column for each."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np

from eftheory.compressors.compressor import Compressor
from eftheory.methods import Method
from eftheory.methods.world import Reader
from eftheory.simulate.arithmetic import Array
from eftheory.simulate.floats import FLOATS
from eftheory.simulate.problems.problem import Problem
from eftheory.simulate.verbs import ability


@dataclass
class Heard:
    """What a round said and asked, by which bits and samples are counted; columns are the last axis.

    Attributes:
        compressed: calls of ``compress``, each a message of every agent.
        chosen: calls of ``nearer``, by which one of two messages is sent, and a bit that says which.
        down: messages of the server to all.
        sent: messages of the server to each.
        coin: coins for all, each of shape (R,), in order.
        coins: coins of the agents, each of shape (n, R), in order.
        gradients: full gradients of every agent at new points.
        noisy: minibatches of every agent.
    """

    compressed: int = 0
    chosen: int = 0
    down: int = 0
    sent: int = 0
    coin: list[Array] = field(default_factory=list)
    coins: list[Array] = field(default_factory=list)
    gradients: int = 0
    noisy: int = 0


def stack(methods: Sequence[Method]) -> Method:
    """One method whose numbers are columns where the methods differ, to be run in a ``ColumnWorld``.

    Raises:
        ValueError: they are not of one class, or differ in something that is no number.

    >>> from eftheory.methods import GD
    >>> stack([GD(Fraction(1, 2)), GD(Fraction(1, 4))]).step_size.tolist()
    [[0.5], [0.25]]
    """
    floats = [FLOATS.convert(method) for method in methods]
    if len({type(method) for method in floats}) != 1:
        raise ValueError("the columns of a run are of one method: run others on their own")
    together = copy.copy(floats[0])
    for each in fields(together):
        values = [getattr(method, each.name) for method in floats]
        if any(value != values[0] for value in values):
            if not all(isinstance(value, Real) for value in values):
                raise ValueError(f"{each.name}={values[0]!r}, {values[1]!r}: columns differ in numbers only")
            object.__setattr__(together, each.name, np.array(values, dtype=float)[:, None])
    return together


class ColumnWorld(Reader):
    """The verbs of all methods, for R runs at once: server vectors have the shape (R, d), agent vectors (n, R, d).

    Each column draws from a generator of its own, as it would in a ``NumericWorld``: what stands beside it changes
    nothing. A problem may have ``gradients_at``, ``local_gradients_at`` and ``values_at`` for many points at once,
    and a compressor ``batch``; without, one is taken after the other.

    Args:
        problem: the functions, in floats.
        compressor: one for all agents, or a sequence with one for each.
        rngs: a generator for each column.
        down: the server's compressor; the agents' by default.

    Raises:
        ValueError: there are not as many compressors as agents.
    """

    def __init__(
        self,
        problem: Problem,
        compressor: Callable[..., Any] | Sequence[Callable[..., Any]],
        rngs: Sequence[np.random.Generator],
        *,
        down: Callable[..., Any] | None = None,
    ) -> None:
        self.problem, self.rngs, self.heard = problem, list(rngs), Heard()
        n = problem.n_agents
        if isinstance(compressor, Sequence) and len(compressor) != n:
            raise ValueError(f"{len(compressor)} compressors for {n} agents: give one, or one for each")
        self._each = list(compressor) if isinstance(compressor, Sequence) else None
        self._one: Any = None if isinstance(compressor, Sequence) else compressor
        self._down = down
        self._last: tuple[Array, Array] | None = None
        self.asked: Array | None = None  # where gradients were taken last, and are not paid for again
        self.at: Array | None = None  # the same, of points of the agents' own
        self._least: float | None = None
        self._best: Array | None = None
        self._at_best: Array | None = None
        self.in_full = False

    def keep(self, columns: Array) -> None:
        """Go on with some of the columns only."""
        self.rngs = [rng for rng, stays in zip(self.rngs, columns) if stays]
        self._last = None
        self.asked = None if self.asked is None else self.asked[columns]
        self.at = None if self.at is None else self.at[:, columns]

    # what is measured; these count nothing

    def look(self, x: Array) -> Array:
        """The gradients grad f_i(x), not counted as samples."""
        if x is self._best:
            if self._at_best is None:
                self._at_best = self._gradients(x)
            return self._at_best
        if self._last is None or not np.array_equal(self._last[0], x):
            self._last = np.array(x), self._gradients(x)
        return self._last[1]

    def _gradients(self, x: Array) -> Array:
        whole = getattr(self.problem, "gradients_at", None)
        found: Array = np.stack([self.problem.gradients(one) for one in x], axis=1) if whole is None else whole(x)
        found.flags.writeable = False
        return found

    def values(self, x: Array) -> Array:
        """f(x), column by column."""
        whole = getattr(self.problem, "values_at", None)
        found: Array = np.array([self.problem.value(one) for one in x]) if whole is None else whole(x)
        return found

    def value(self, x: Array) -> Array:
        """f(x) - f(x*)."""
        if self._least is None:
            self._least = float(self.problem.value(self.problem.minimiser))
        return self.values(x) - self._least

    @property
    def minimiser(self) -> Array:
        """The minimiser of f, which is one for all columns: of shape (1, d)."""
        if self._best is None:
            self._best = np.array(self.problem.minimiser, dtype=float)[None]
        return self._best

    def square(self, v: Array) -> Array:
        """||v||^2."""
        square: Array = (v * v).sum(axis=-1)
        return square

    def mean_square(self, v: Array) -> Array:
        """(1/n) sum_i ||v_i||^2."""
        square: Array = np.einsum("nrd,nrd->r", v, v) / len(v)
        return square

    # vectors

    def array(self, values: Any) -> Array:
        """A fresh array."""
        return np.array(values, dtype=float)

    def number(self, value: Any) -> Any:
        """Numbers, one a column, as they are."""
        return value

    def mean(self, v: Array) -> Array:
        """The average (1/n) sum_i v_i."""
        average: Array = v.sum(axis=0) / len(v)
        return average

    def scaled(self, v: Array, factors: Sequence[Fraction | float]) -> Array:
        """The vectors factor_i v_i; ValueError unless there is a factor for each agent."""
        if len(factors) != len(v):
            n = len(v)
            raise ValueError(f"{len(factors)} factors or weights for {n} agents: give one for each, in their order")
        scaled: Array = v * np.array(factors, dtype=float)[:, None, None]
        return scaled

    def nearer(self, v: Array, first: Array, second: Array) -> Array:
        """Of each agent's two vectors the one that is nearer to v_i; the first, if they are as near."""
        self.heard.chosen += 1
        apart = [((candidate - v) ** 2).sum(axis=-1, keepdims=True) for candidate in (first, second)]
        return np.where(apart[0] <= apart[1], first, second)

    # gradients

    def gradient(self, x: Array) -> Array:
        """The gradients grad f_i(x)."""
        x = _in_floats(x)
        if self.asked is None or not np.array_equal(self.asked, x):
            self.heard.gradients += 1
            self.asked = np.array(x)
        return self.look(x)

    def local_gradient(self, w: Array) -> Array:
        """The gradients grad f_i(w_i)."""
        w = _in_floats(w)
        if self.at is None or not np.array_equal(self.at, w):
            self.heard.gradients += 1
            self.at = np.array(w)
        whole = getattr(self.problem, "local_gradients_at", None)
        if whole is not None:
            found: Array = whole(w)
            return found
        return np.stack([[self.problem.gradients(one)[i] for one in own] for i, own in enumerate(w)])

    def noisy_gradient(self, x: Array) -> Array:
        """Gradients with noise, drawn anew; ValueError where the problem has none."""
        self.heard.noisy += 1
        noisy = ability(self.problem, "noisy_gradients")
        return np.stack([noisy(one, rng) for one, rng in zip(_in_floats(x), self.rngs)], axis=1)

    def noisy_local_gradient(self, w: Array) -> Array:
        """The same at points of the agents' own."""
        self.heard.noisy += 1
        noisy = ability(self.problem, "noisy_gradients")
        columns = [[noisy(one, rng)[i] for i, one in enumerate(w[:, r])] for r, rng in enumerate(self.rngs)]
        found: Array = np.array(columns).swapaxes(0, 1)
        return found

    def noisy_change(self, after: Array, before: Array) -> Array:
        """Changes of gradients by the same draws at both points, which count twice."""
        rngs, same = self.rngs, copy.deepcopy(self.rngs)
        there = self.noisy_local_gradient(after)
        self.rngs = same
        here = self.noisy_local_gradient(before)
        self.rngs = rngs
        return there - here

    def prox(self, v: Array, step_size: float | Array) -> Array:
        """argmin_y psi(y) + ||y - v||^2 / (2 step_size); ValueError where the problem has no psi."""
        steps = np.broadcast_to(np.ravel(step_size), len(v))
        return np.stack([ability(self.problem, "prox")(one, step) for one, step in zip(v, steps)])

    # chance

    def coin(self, chance: float | Array) -> Array:
        """1 with this probability, else 0, for each column."""
        chances = np.broadcast_to(np.ravel(np.asarray(chance, dtype=float)), len(self.rngs))
        _check_chances(chances)
        fallen = np.array([float(rng.random() < p) for rng, p in zip(self.rngs, chances)])
        self.heard.coin.append(fallen)
        return fallen[:, None]

    def coins(self, chances: float | Sequence[float] | Array) -> Array:
        """One coin for each agent, and each column."""
        n, many = self.problem.n_agents, len(self.rngs)
        given = np.asarray(chances, dtype=float)
        each = np.broadcast_to(given.ravel() if given.shape == (many, 1) and many > 1 else given[..., None], (n, many))
        _check_chances(each)
        fallen = np.stack([rng.random(n) < p for rng, p in zip(self.rngs, each.T)], axis=1).astype(float)
        self.heard.coins.append(fallen)
        return fallen[:, :, None]

    # messages

    def compress(self, v: Array) -> Array:
        """The messages C_i(v_i)."""
        self.heard.compressed += 1
        return v if self.in_full else self._all(_in_floats(v))

    def unbiased(self, v: Array, omega: float | Array, *, independent: bool = False) -> Array:
        """(1 + omega) v_i with probability 1/(1 + omega), else 0, drawn for each agent: omega is attained."""
        messages: Array = self.coins(1 / (1 + omega)) * ((1 + omega) * v)
        return messages

    def compress_server(self, v: Array, alpha: float | Array) -> Array:
        """The message C(v) to all; ``alpha`` is what a claim needs of C, which is here that of the agents."""
        self.heard.down += 1
        if self._down is None and self._each is not None:
            raise ValueError("the agents have different compressors: say which the server has, down=...")
        return self._rows(self._one if self._down is None else self._down, _in_floats(v))

    def send(self, v: Array) -> Array:
        """The messages Q_i(v), which may be dealt out together, as those of PermK are."""
        self.heard.sent += 1
        copies = np.tile(_in_floats(v), (self.problem.n_agents, 1, 1))
        return self._all(copies) if self._down is None else self._together(self._down, copies)

    def _all(self, v: Array) -> Array:
        """The messages of all agents in all columns."""
        if self._each is not None:
            return np.stack([self._rows(one, own) for one, own in zip(self._each, v)])
        return self._together(self._one, v)

    def _together(self, compressor: Any, v: Array) -> Array:
        """The messages of one compressor about the vectors of all agents in all columns."""
        if isinstance(compressor, Compressor) and not compressor.random:
            messages = compressor.batch(v)
        else:
            answer = FLOATS.rowwise(compressor)
            messages = np.stack([answer(v[:, r], rng) for r, rng in enumerate(self.rngs)], axis=1)
        if messages.shape != v.shape:
            raise ValueError(f"the compressor turned {v.shape[-1]} entries into {messages.shape[-1:]}")
        return messages

    def _rows(self, compressor: Callable[..., Any], v: Array) -> Array:
        """The messages about one vector a column."""
        answer = FLOATS.rowwise(compressor)
        return np.stack([answer(row[None], rng)[0] for row, rng in zip(v, self.rngs)])


def _in_floats(v: Any) -> Array:
    """A vector of floats: a step that multiplies by a fraction makes one of objects."""
    return np.asarray(v, dtype=float)


def _check_chances(chances: Array) -> None:
    if not ((chances >= 0) & (chances <= 1)).all():
        raise ValueError(f"chance={chances.max():g}, or {chances.min():g}: a coin's is between 0 and 1")
