"""Arrays of random numbers of which each depends on a draw of its own.

A compressor that treats entries alike, each with its own coin, has 2^d outcomes, too many to list. But
E ||C(v) - v||^2 is a sum over entries, so the law of each entry is enough. It is found by one run on arrays of
``Chance``: numbers with finitely many values and the draw they depend on. Comparing, adding, multiplying and choosing
(``np.where``) go entry by entry; whatever needs to know how a draw falls, or brings two of them together, is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.testing.branching import BranchingGenerator, NotEnumerableError, Uniform, as_rational

Law1 = list[tuple[Fraction, Any]]
"""Probabilities and values of one entry."""


def list_entries(run: Callable[[np.random.Generator], Any]) -> list[Law1]:
    """The law of each entry of ``run(rng)``, from one run.

    Raises:
        NotEnumerableError: some entry depends on more than one draw, or on one in a way that has no finite list.

    >>> list_entries(lambda rng: np.where(rng.random(2) < Fraction(1, 3), [5, 6], 0))[1]
    [(Fraction(1, 3), 6), (Fraction(2, 3), 0)]
    """
    result = run(_Separate())
    return [_law(entry) for entry in np.asarray(result, dtype=object).ravel().tolist()]


class Chance:
    """A number that depends on one draw, uniform in [0, 1): a step function of it.

    Args:
        draw: which one.
        steps: where each value ends, ascending up to 1, and the value.
    """

    __slots__ = ("draw", "steps")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, draw: object, steps: list[tuple[Fraction, Any]]) -> None:
        self.draw, self.steps = draw, steps

    def map(self, function: Callable[[Any], Any]) -> Chance:
        """The function of the number."""
        return Chance(self.draw, [(end, function(value)) for end, value in self.steps])

    def join(self, other: Chance, function: Callable[[Any, Any], Any]) -> Chance:
        """The function of two numbers that depend on the same draw.

        Raises:
            NotEnumerableError: they depend on different ones.
        """
        if self.draw is not other.draw:
            raise NotEnumerableError("an entry depends on several draws")
        ends = sorted({end for end, _ in (*self.steps, *other.steps)})
        return Chance(self.draw, [(end, function(self._at(end), other._at(end))) for end in ends])

    def _at(self, place: Fraction) -> Any:
        return next(value for end, value in self.steps if place <= end)

    def _refuse(self, *_: Any) -> Any:
        raise NotEnumerableError("how a draw falls decides more than its own entry")

    __bool__ = __float__ = __int__ = __index__ = __lt__ = __gt__ = __le__ = __ge__ = __eq__ = __ne__ = _refuse


class Chances(np.ndarray):
    """An array of such numbers, of uniform ones, and of constants; what is no function of the entries is refused."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if method != "__call__" or options or ufunc.nout != 1:
            raise NotEnumerableError(f"{ufunc.__name__}.{method} brings several draws together")
        return _each(lambda *entries: _apply(ufunc, entries), *inputs)

    def __array_function__(self, function: Any, types: Any, given: Any, options: Any) -> Any:
        if function is np.where and len(given) == 3 and not options:
            return _each(_choose, *given)
        raise NotEnumerableError(f"{function.__name__} brings several draws together")

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """The numbers as those of another type, entry by entry."""
        kind = np.dtype(dtype)
        return self.copy() if kind.hasobject else _each(lambda entry: _apply(kind.type, (entry,)), self)

    def __setitem__(self, place: Any, value: Any) -> None:
        raise NotEnumerableError("entries of random numbers are replaced")


class _Separate(BranchingGenerator):
    """A generator of arrays of draws, each for an entry of its own."""

    def __init__(self) -> None:
        super().__init__(_NoTape())  # type: ignore[arg-type]

    def _array(self, size: Any, draw: Callable[[], Any], dtype: type = object) -> Any:
        if size is None or draw != self._uniform:
            raise NotEnumerableError("a draw is shared by all entries")
        drawn: Any = super()._array(size, draw)
        return drawn.view(Chances)


class _NoTape:
    def branch(self, options: Any) -> Any:
        raise NotEnumerableError("how a draw falls decides more than its own entry")


def _each(function: Callable[..., Any], *arrays: Any) -> Any:
    """The function of the entries."""
    plain = [np.asarray(array, dtype=object) for array in arrays]
    result = np.frompyfunc(function, len(plain), 1)(*plain)
    return np.asarray(result, dtype=object).view(Chances)


def _apply(function: Any, entries: tuple[Any, ...]) -> Any:
    """A function of numbers, some of them random."""
    lines = [entry for entry in entries if isinstance(entry, Uniform)]
    if lines:
        return _of_uniform(function, entries)
    chances = [entry for entry in entries if isinstance(entry, Chance)]
    if not chances:
        return function(*entries)
    if len(chances) == 2:
        return chances[0].join(chances[1], function)
    return chances[0].map(lambda value: function(*(value if entry is chances[0] else entry for entry in entries)))


_LINEAR = {np.add: "__add__", np.subtract: "__sub__", np.multiply: "__mul__", np.true_divide: "__truediv__"}
_BELOW = {np.less, np.less_equal}
_ABOVE = {np.greater, np.greater_equal}


def _of_uniform(function: Any, entries: tuple[Any, ...]) -> Any:
    """Sums and multiples of a uniform number are lines in it; compared with a number, or rounded down, it has steps."""
    if function is np.floor:
        return _floor(entries[0])
    if len(entries) == 2 and all(isinstance(entry, Uniform) for entry in entries):
        raise NotEnumerableError("an entry depends on several draws")
    first, second = entries if len(entries) == 2 else (entries[0], None)
    if second is None or isinstance(first, Chance) or isinstance(second, Chance):
        raise NotEnumerableError(f"{function} of a uniform random number has no finite list")
    if function in _LINEAR:
        if isinstance(first, Uniform):
            return getattr(first, _LINEAR[function])(second)
        return getattr(second, _LINEAR[function].replace("__", "__r", 1))(first)
    if function in _BELOW | _ABOVE:
        below = (function in _BELOW) == isinstance(first, Uniform)
        line, value = (first, second) if isinstance(first, Uniform) else (second, first)
        return _compare(line, value, below)
    raise NotEnumerableError(f"{function} of a uniform random number has no finite list")


def _compare(line: Uniform, value: Any, below: bool) -> Any:
    """Whether the line is below the value, or above; equality has probability zero."""
    if isinstance(value, float) and not math.isfinite(value):
        return np.bool_(not math.isnan(value) and (value > 0) == below)
    place = (as_rational(value) - line.offset) / line.slope
    first = below == (line.slope > 0)  # what holds for small draws
    return _steps(line, [(place, np.bool_(first)), (Fraction(1), np.bool_(not first))])


def _floor(line: Uniform) -> Any:
    ends = sorted((line.offset, line.slope + line.offset))
    integers = range(math.floor(ends[0]), math.ceil(ends[1]))
    if len(integers) > 64:
        raise NotEnumerableError("a rounded random number has too many values")
    if line.slope > 0:
        return _steps(line, [((n + 1 - line.offset) / line.slope, n) for n in integers])
    return _steps(line, [((n - line.offset) / line.slope, n) for n in reversed(integers)])


def _steps(line: Uniform, steps: list[tuple[Fraction, Any]]) -> Any:
    """The step function, without steps of no width; a constant, if there is one only."""
    kept: list[tuple[Fraction, Any]] = []
    reached = Fraction(0)
    for end, value in steps:
        end = min(end, Fraction(1))
        if end > reached:
            kept.append((end, value))
            reached = end
    return kept[0][1] if len(kept) == 1 else Chance(line.draw, kept)


def _choose(condition: Any, first: Any, second: Any) -> Any:
    if isinstance(condition, Uniform) or isinstance(first, Uniform) or isinstance(second, Uniform):
        raise NotEnumerableError("a uniform random number is used as a number, not only compared")
    if not isinstance(condition, Chance):
        return first if condition else second
    for other in (first, second):
        if isinstance(other, Chance) and other.draw is not condition.draw:
            raise NotEnumerableError("an entry depends on several draws")
    ends = sorted({end for each in (condition, first, second) if isinstance(each, Chance) for end, _ in each.steps})

    def at(each: Any, end: Fraction) -> Any:
        return each._at(end) if isinstance(each, Chance) else each

    return Chance(condition.draw, [(e, at(first, e) if at(condition, e) else at(second, e)) for e in ends])


def _law(entry: Any) -> Law1:
    if isinstance(entry, Uniform):
        raise NotEnumerableError("a uniform random number is sent")
    if not isinstance(entry, Chance):
        return [(Fraction(1), entry)]
    starts = [Fraction(0), *(end for end, _ in entry.steps)]
    return [(end - start, value) for start, (end, value) in zip(starts, entry.steps)]
