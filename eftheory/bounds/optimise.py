"""The best step size and parameters that a local search finds: short fractions, at which bounds are then certified."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from fractions import Fraction
from itertools import product

from eftheory.algebra.rounding import simplest
from eftheory.assumptions.validation import require
from eftheory.bounds.options import Options
from eftheory.bounds.request import Request
from eftheory.bounds.settings import method_name
from eftheory.certificates import Upper
from eftheory.claims import Setting
from eftheory.methods import Method
from eftheory.theory.named import nearest

STEP = "step_size"
Found = tuple[Setting, Upper | None, str]
"""A setting, what is proved of it, and why nothing is if nothing is."""
Point = Mapping[str, Fraction]
Search = Callable[[Request, Fraction, Options], Found]
Worth = Callable[[Upper | None], tuple[Fraction, Fraction]]

_ROUGH = Fraction(1, 10**4)  # slack of what is tried
_MOST = 120  # settings tried
_WIDTH = 1 / 64  # of the last moves, as a share of a step size
_FIRST = Fraction(1, 4)  # move of another parameter
_LEVELS = 6  # how often moves are halved


def read_names(text: str | Sequence[str], method: type[Method]) -> tuple[str, ...]:
    """The step size and fields of a method, as a list or a text with commas.

    Raises:
        ValueError: one is no number of the method, or stands twice.

    >>> from eftheory.methods import HeavyBallEF21
    >>> read_names("step_size, momentum", HeavyBallEF21)
    ('step_size', 'momentum')
    """
    names = tuple(name.strip() for name in (text.split(",") if isinstance(text, str) else text))
    known = [each.name for each in fields(method) if each.init] if is_dataclass(method) else [STEP]
    for name in names:
        near = nearest(name, known)
        hint = f"; did you mean {near}?" if near else ""
        require(name in known, f"optimise={name[:40]!r}: {method_name(method)} has {', '.join(known)}{hint}")
    require(len({*names}) == len(names), f"optimise={','.join(names)[:80]!r}: one stands twice")
    return names


def optimise(
    request: Request, names: Sequence[str], start: Found, search: Search, worth: Worth, options: Options
) -> tuple[Found, str]:
    """The best of the settings that are tried, and what was tried, in words.

    The step size goes by factors and golden sections first, with all else as it is; then all that is asked for moves
    up and down in turn, ever less. Bounds are equal to first order near the best; so all are short fractions.

    Args:
        request: with parameters from which to begin.
        names: what may change, as ``read_names`` has it.
        start: what was found there, which may be nothing.
        search: what is found at a step size.
        worth: of what is proved; less is better.
        options: of the search, in the end; what is tried before has more slack.

    Raises:
        ValueError: a parameter is no number to begin with.
    """
    setting = start[0]
    rough = replace(options, slack=max(options.slack, _ROUGH))
    begin = {name: _value(setting, request, name) for name in names}
    tried = _Tried(request, search, worth, rough, Fraction(setting.method.step_size), {_key(begin): start})
    best: Point = begin
    if STEP in names:
        from eftheory.search.general import descend  # imports numpy

        descend(lambda step: tried.at({**begin, STEP: _short(step)}), float(begin[STEP]), _WIDTH, tried.enough)
        best = tried.best()
    for level in range(_LEVELS if len(names) > 1 or STEP not in names else 0):
        best = _move(tried, best, level)
    reached = ", ".join(f"{name} {best[name]}" for name in names)
    begun = ", ".join(f"{name} {begin[name]}" for name in names)
    stopped = "; stopped there, since more take long" if tried.enough() else ""
    told = f"of {len(tried.seen)} settings from {begun} on, the best is at {reached}: a local search{stopped}"
    if tried.seen[_key(best)][1] is None:
        return start, f"of {len(tried.seen)} settings from {begun} on, none has a bound that was found"
    found = start if best == begin else tried.search_at(best, options)
    return (tried.seen[_key(best)] if found[1] is None else found), told


@dataclass
class _Tried:
    """What was found, by the values that were tried."""

    request: Request
    search: Search
    worth: Worth
    options: Options
    step: Fraction
    seen: dict[tuple[tuple[str, Fraction], ...], Found] = field(default_factory=dict)

    def enough(self) -> bool:
        """Whether no more are tried."""
        return len(self.seen) >= _MOST

    def at(self, point: Point) -> float:
        """How good it is: less is better, infinite where nothing is proved or the method has no such parameter."""
        if _key(point) not in self.seen:
            try:
                found = self.search_at(point, self.options)
            except ValueError as error:
                setting, _, _ = next(iter(self.seen.values()))
                found = setting, None, str(error)
            self.seen[_key(point)] = found
        return self._worth(self.seen[_key(point)])

    def search_at(self, point: Point, options: Options) -> Found:
        """What is found there."""
        others = {name: value for name, value in point.items() if name != STEP}
        request = replace(self.request, parameters={**self.request.parameters, **others})
        return self.search(request, point.get(STEP, self.step), options)

    def _worth(self, found: Found) -> float:
        rate, constant = self.worth(found[1])
        return float("inf") if found[1] is None else float(rate) if rate < 1 else float(constant)

    def best(self) -> Point:
        """Where the least was found, the first of those that are as good."""
        least = min(self.seen.items(), key=lambda each: self._worth(each[1]))
        return dict(least[0])


def _move(tried: _Tried, best: Point, level: int) -> Point:
    """The best that is reached by moves of one size, each repeated as long as it is good.

    They may be of several values at once: a longer step goes with less momentum, say.
    """
    ways = sorted(product((0, 1, -1), repeat=len(best)), key=lambda way: sum(map(abs, way)))[1:]
    moved = True
    while moved:
        moved = False
        for way in ways:
            while not tried.enough():
                there = {name: _moved(value, name, sign, level) for (name, value), sign in zip(best.items(), way)}
                if tried.at(there) >= tried.at(best):
                    break
                best, moved = there, True
    return best


def _moved(value: Fraction, name: str, sign: int, level: int) -> Fraction:
    if name == STEP and sign:
        return _short(float(value) * 2 ** (sign * _WIDTH * 2 ** (_LEVELS - 1 - level)))
    if not sign:
        return value
    width = _FIRST / 2**level
    there = value + sign * width
    if value >= 0 > there:
        return Fraction(0)
    return simplest(there - width / 8, there + width / 8) if there > width / 8 else there


def _short(step: float) -> Fraction:
    exact = Fraction(step)
    return simplest(exact * Fraction(999, 1000), exact * Fraction(1001, 1000))


def _value(setting: Setting, request: Request, name: str) -> Fraction:
    """Where the search begins."""
    if name == STEP:
        return Fraction(setting.method.step_size)
    given = request.parameters.get(name, getattr(request.method, name, None))
    if not isinstance(given, (int, Fraction)) or isinstance(given, bool):
        raise ValueError(f"optimise={name!r}: no number of the method to begin with; give one, as --param {name}=1/4")
    return Fraction(given)


def _key(point: Point) -> tuple[tuple[str, Fraction], ...]:
    return tuple(sorted(point.items()))
