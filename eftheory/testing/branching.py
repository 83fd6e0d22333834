"""Run a function once for every way its random draws can fall, with the exact probability of each.

The function gets a numpy ``Generator`` that tosses no coins: asked for a whole number, a permutation
or a choice, it branches, and the function runs again for each branch. Uniform numbers stay abstract,
a line a u + b in a u of which an interval is known; whoever compares one with a number, or takes its
floor, splits the interval. So the law of ``np.where(rng.random(d) < p, v, 0)`` is found exactly, by
running just that line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

Result = TypeVar("Result")

MAX_RUNS = 5000


class NotEnumerableError(Exception):
    """The draws cannot be listed: there are too many, or they are used as numbers."""


def enumerate_runs(
    run: Callable[[np.random.Generator], Result], *, limit: int = MAX_RUNS
) -> list[tuple[Fraction, Result]]:
    """Every result of ``run(rng)`` with its probability; results may repeat.

    Args:
        run: a function of a generator that has no other source of randomness.
        limit: the most runs that are made.

    Raises:
        NotEnumerableError: more runs than the limit, or draws used in a way that has no finite list.

    >>> enumerate_runs(lambda rng: bool(rng.random() < Fraction(1, 3)))
    [(Fraction(1, 3), True), (Fraction(2, 3), False)]
    """
    results: list[tuple[Fraction, Result]] = []
    prefix: list[int] = []
    while True:
        tape = _Tape(prefix)
        result = run(BranchingGenerator(tape))
        results.append((tape.probability, result))
        following = tape.following()
        if following is None:
            return results
        if len(results) == limit:
            raise NotEnumerableError(f"there are more than {limit} ways in which the draws can fall")
        prefix = following


class _Tape:
    """The branches taken in one run: first those prescribed, then always the first."""

    def __init__(self, prefix: Sequence[int]) -> None:
        self._prefix = prefix
        self._taken: list[tuple[int, int]] = []
        self.probability = Fraction(1)

    def branch(self, options: Sequence[tuple[Fraction, Any]]) -> Any:
        """One of the options, each with its probability."""
        options = [option for option in options if option[0]]
        place = len(self._taken)
        index = self._prefix[place] if place < len(self._prefix) else 0
        if index >= len(options):
            raise NotEnumerableError("the same draws led to different runs: there is another source of randomness")
        self._taken.append((index, len(options)))
        self.probability *= options[index][0]
        return options[index][1]

    def following(self) -> list[int] | None:
        """The prefix of the next run, or None after the last."""
        taken = list(self._taken)
        while taken:
            index, number = taken.pop()
            if index + 1 < number:
                return [*(earlier for earlier, _ in taken), index + 1]
        return None


class Uniform:
    """A number uniform in [0, 1), or a line in one: known only as far as it was asked about."""

    __slots__ = ("_known", "_offset", "_slope")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, known: _Known, slope: Fraction = Fraction(1), offset: Fraction = Fraction(0)) -> None:
        self._known, self._slope, self._offset = known, slope, offset

    @property
    def draw(self) -> object:
        """The number that this is a line in."""
        return self._known

    @property
    def slope(self) -> Fraction:
        """A of the line a u + b."""
        return self._slope

    @property
    def offset(self) -> Fraction:
        """B of the line a u + b."""
        return self._offset

    def _line(self, slope: Fraction, offset: Fraction) -> Uniform:
        return Uniform(self._known, slope * self._slope, slope * self._offset + offset)

    def __add__(self, other: Any) -> Any:
        return self._line(Fraction(1), as_rational(other))

    __radd__ = __add__

    def __neg__(self) -> Any:
        return self._line(Fraction(-1), Fraction(0))

    def __sub__(self, other: Any) -> Any:
        return self._line(Fraction(1), -as_rational(other))

    def __rsub__(self, other: Any) -> Any:
        return self._line(Fraction(-1), as_rational(other))

    def __mul__(self, other: Any) -> Any:
        factor = as_rational(other)
        return self._line(factor, Fraction(0)) if factor else Fraction(0)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return self._line(1 / as_rational(other), Fraction(0))

    def __lt__(self, other: Any) -> bool:
        if isinstance(other, float) and not math.isfinite(other):
            return other > 0
        below: bool = self._known.is_below((as_rational(other) - self._offset) / self._slope)
        return below if self._slope > 0 else not below

    def __gt__(self, other: Any) -> bool:
        if isinstance(other, float) and not math.isfinite(other):
            return other < 0
        return not self < other

    __le__, __ge__ = __lt__, __gt__  # equality has probability zero

    def __floor__(self) -> int:
        ends = sorted(self._slope * end + self._offset for end in (self._known.low, self._known.high))
        for integer in range(math.floor(ends[0]), math.ceil(ends[1]) - 1):
            if self < integer + 1:
                return integer
        return math.ceil(ends[1]) - 1

    def __float__(self, *_: Any) -> float:
        raise NotEnumerableError("a uniform random number is used as a number, not only compared")

    __eq__ = __ne__ = __int__ = __index__ = __round__ = __abs__ = __float__  # type: ignore[assignment]


class _Known:
    """What is known of one uniform number: the interval it lies in."""

    def __init__(self, tape: _Tape) -> None:
        self._tape, self.low, self.high = tape, Fraction(0), Fraction(1)

    def is_below(self, t: Fraction) -> bool:
        t = min(max(t, self.low), self.high)
        share = (t - self.low) / (self.high - self.low)
        below = share == 1 or (share > 0 and self._tape.branch([(share, True), (1 - share, False)]))
        if below:
            self.high = t
        else:
            self.low = t
        return below


_INSIDE = {"_tape", "_array", "_uniform", "_permute"}
_OFFERED = {"random", "uniform", "integers", "binomial", "permutation", "permuted", "shuffle", "choice"}


class BranchingGenerator(np.random.Generator):
    """A numpy Generator that branches instead of drawing; what it cannot list it refuses."""

    def __init__(self, tape: _Tape) -> None:
        super().__init__(np.random.PCG64(0))
        self._tape = tape

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__") or name in _INSIDE | _OFFERED:
            return super().__getattribute__(name)
        if name == "capsule":  # numpy.random.default_rng asks, and takes no for an answer
            raise AttributeError(name)
        raise NotEnumerableError(f"Generator.{name} has no finite list of outcomes")

    def random(self, size: Any = None, dtype: Any = np.float64, out: Any = None) -> Any:
        if out is not None:
            raise NotEnumerableError("Generator.random(out=...) has no finite list of outcomes")
        return self._array(size, self._uniform)

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
        return self.random(size) * (as_rational(high) - as_rational(low)) + as_rational(low)

    def integers(
        self, low: Any, high: Any = None, size: Any = None, dtype: Any = np.int64, endpoint: bool = False
    ) -> Any:
        first, last = (0, int(low)) if high is None else (int(low), int(high))
        values = range(first, last + endpoint)
        if len(values) > MAX_RUNS:
            raise NotEnumerableError(f"a whole number among {len(values)} has too many outcomes")
        options = [(Fraction(1, len(values)), value) for value in values]
        drawn = self._array(size, lambda: self._tape.branch(options))
        return drawn if size is None else drawn.astype(dtype)

    def binomial(self, n: Any, p: Any, size: Any = None) -> Any:
        if n != 1:
            raise NotEnumerableError("Generator.binomial is listed for n=1 only")
        if size is None and np.ndim(p) == 0:
            return int(self._uniform() < as_rational(p))
        shape = np.shape(p) if size is None else size
        return (self.random(shape) < np.broadcast_to(np.asarray(p), shape)).astype(np.int64)

    def permutation(self, x: Any, axis: int = 0) -> Any:
        values = np.arange(x) if np.ndim(x) == 0 else np.asarray(x)
        return np.take(values, self._permute(values.shape[axis]), axis=axis)

    def permuted(self, x: Any, *, axis: int | None = None, out: Any = None) -> Any:
        values = np.asarray(x)
        if axis is None:
            return self.permutation(values.ravel()).reshape(values.shape)
        rows = np.moveaxis(values, axis, -1)
        result = np.empty_like(rows)
        for place in np.ndindex(rows.shape[:-1]):
            result[place] = rows[place][self._permute(rows.shape[-1])]
        result = np.moveaxis(result, -1, axis)
        if out is not None:
            out[...] = result
        return result

    def shuffle(self, x: Any, axis: int = 0) -> None:
        if isinstance(x, list):
            x[:] = [x[j] for j in self._permute(len(x))]
        else:
            x[...] = self.permutation(x, axis)

    def choice(
        self, a: Any, size: Any = None, replace: bool = True, p: Any = None, axis: int = 0, shuffle: bool = True
    ) -> Any:
        values = np.arange(a) if np.ndim(a) == 0 else np.asarray(a)
        number = len(values)
        if p is not None and not replace and size not in (None, 1, (1,)):
            raise NotEnumerableError("Generator.choice without replacement is listed for equal probabilities only")
        if not replace and size is not None:
            count = math.prod(np.atleast_1d(size).tolist())
            if count > number:
                raise ValueError("Cannot take a larger sample than population when replace is False")
            return values[self._permute(number, count)].reshape(size)
        weights = [Fraction(1)] * number if p is None else [as_rational(weight) for weight in p]
        total = sum(weights, Fraction(0))
        options = [(weight / total, j) for j, weight in enumerate(weights)]
        return values[self._array(size, lambda: self._tape.branch(options), int)]

    def _uniform(self) -> Uniform:
        return Uniform(_Known(self._tape))

    def _array(self, size: Any, draw: Callable[[], Any], dtype: type = object) -> Any:
        if size is None:
            return draw()
        result = np.empty(size, dtype=dtype)
        for place in np.ndindex(result.shape):
            result[place] = draw()
        return result

    def _permute(self, number: int, count: int | None = None) -> list[int]:
        """The first entries of a random permutation of 0, ..., number - 1."""
        left, taken = list(range(number)), []
        for _ in range(number if count is None else count):
            chosen = self._tape.branch([(Fraction(1, len(left)), j) for j in left])
            left.remove(chosen)
            taken.append(chosen)
        return taken


def as_rational(value: Any) -> Fraction:
    """A number as the rational it is."""
    if isinstance(value, (Uniform, Iterable)):
        raise NotEnumerableError("two uniform random numbers are compared or combined with each other")
    return Fraction(value.item() if isinstance(value, np.generic) else value)
