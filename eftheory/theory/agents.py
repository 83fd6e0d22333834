"""Agents as people write them in Python: types, tuples, or dicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any, TypeAlias, cast

from eftheory.assumptions import AgentType, SmoothStronglyConvex
from eftheory.assumptions.function_class import FunctionClass
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.assumptions.validation import require
from eftheory.numbers import Readable, read_number

Agent: TypeAlias = AgentType | Sequence[Readable] | Mapping[str, Any]
"""Agents of one type: an ``AgentType``; ``(L, mu)`` or ``(L, mu, count)``; or a dict with these keys."""

HOW = "write (L, mu, count), as (1, 0.1, 1000), or {'L': 1, 'mu': 0.1, 'count': 1000}, or an AgentType"
CHOSEN = "say of which class the functions are, as functions='nonconvex'"


Make: TypeAlias = "Callable[[Fraction, Fraction | None], FunctionClass]"
"""The class of functions that L and mu mean; None: mu is not said."""


def read_agents(said: Iterable[Agent] | Agent, *, make: Make | None = None) -> tuple[AgentType, ...]:
    """The agent types that somebody writes, one or several; numbers are read as ``read_number`` reads them.

    A dict may name another class of functions by the key ``class``, with its constants instead of L and mu; count
    is 1 where it is left out. With ``make`` the class is chosen already: mu may be left out, or None, and what is
    given as an ``AgentType`` of smooth and strongly convex functions is made of its L and mu.

    Raises:
        ValueError: a number is no number or out of range, or a key is missing or unknown.
        TypeError: it is nothing of this kind.

    >>> read_agents((1, 0.1, 1000))
    (AgentType(L=Fraction(1, 1), mu=Fraction(1, 10), count=1000),)
    >>> read_agents([{"L": 1, "mu": "1/10"}, AgentType(2, 1)])[0]
    AgentType(L=Fraction(1, 1), mu=Fraction(1, 10), count=1)
    """
    if isinstance(said, (AgentType, Mapping)):
        return (_read(said, "agents", make),)
    if not _has_parts(said):
        raise TypeError(f"agents={said!r:.80}: {HOW}")
    given = tuple(cast(Iterable[Any], said))
    if given and not any(isinstance(it, AgentType) or _has_parts(it) for it in given):
        return (_read(given, "agents", make),)
    return tuple(_read(it, f"agents[{index}]", make) for index, it in enumerate(given))


def _read(said: Any, where: str, make: Make | None) -> AgentType:
    if isinstance(said, AgentType):
        usual = make is not None and type(said.functions) is SmoothStronglyConvex
        return AgentType(functions=make(said.L, said.mu), count=said.count) if make and usual else said
    if not _has_parts(said):
        raise TypeError(f"{where}={said!r:.80}: {HOW}")
    try:
        named = said if isinstance(said, Mapping) else _named(tuple(said), least=1 if make else 2)
        return read_named(named, make=make)
    except (ValueError, TypeError) as error:
        raise type(error)(f"{where}={said!r:.80}: {error}") from None


def _has_parts(said: object) -> bool:
    """Whether it is a tuple or the like, and no number; text is one number."""
    return isinstance(said, Iterable) and not isinstance(said, (str, bytes))


def _named(said: Sequence[Readable], *, least: int) -> dict[str, Readable]:
    """L, mu and count by their names."""
    require(least <= len(said) <= 3, f"{len(said)} numbers; {HOW}")
    return dict(zip(("L", "mu", "count"), said))


def read_named(said: Mapping[str, Any], *, make: Make | None, how: str = HOW, chosen: str = CHOSEN) -> AgentType:
    """The agents of one type, from constants and count by their names.

    Args:
        said: numbers as ``read_number`` reads them.
        make: as in ``read_agents``.
        how: what to write instead, for messages.
        chosen: what to do where mu is not known, for messages.

    Raises:
        ValueError: a name is unknown or missing, or a number is no number or out of range.
    """
    kind = said.get("class", SmoothStronglyConvex.name)
    require(kind in FUNCTIONS, f"class={kind!r:.40}: choose one of {', '.join(FUNCTIONS)}")
    names = [field.name for field in fields(cast(Any, FUNCTIONS[kind]))]
    unknown = [key for key in said if key not in (*names, "count", "class")]
    told = make is not None and "class" not in said
    free = "mu" if told and said.get("mu") is None else ""
    missing = [name for name in names if name not in said and name != free]
    require(not unknown, f"{next(iter(unknown), '')!r:.22} is not one of {', '.join(names)}, count; {how}")
    constants = {name: read_number(said[name], name) for name in names if name in said and name != free}
    other = f"; or {chosen}" if missing == ["mu"] else ""
    require(not missing, f"{' and '.join(missing)} missing; {how}{other}")
    count = read_number(said.get("count", 1), "count")
    shown = said["count"] if isinstance(said.get("count"), str) else count
    require(count.denominator == 1, f"count={shown!s:.40} must be a whole number")
    if make and told:
        return AgentType(functions=make(constants["L"], constants.get("mu")), count=int(count))
    return AgentType(functions=FUNCTIONS[kind](**constants), count=int(count))
