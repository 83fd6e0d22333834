"""Families of agents of n different types, for each n."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from eftheory.assumptions import AgentType

Agents = tuple[AgentType, ...]
ONE = Fraction(1)


def _spread(first: float, last: float, n: int) -> list[Fraction]:
    """The n numbers from first to last in geometric progression, to three decimals."""
    return [Fraction(round(1000 * first * (last / first) ** (i / (n - 1))), 1000) for i in range(n)]


def _conditioned(n: int) -> Agents:
    return tuple(AgentType(ONE, mu) for mu in _spread(0.5, 0.01, n))


def _scaled(n: int) -> Agents:
    return tuple(AgentType(L, Fraction(1, 100)) for L in _spread(1, 0.1, n))


def _easy_and_hard(n: int) -> Agents:
    easy = (AgentType(ONE, Fraction(99 - i, 100), 10) for i in range(n // 2))
    return (*easy, *(AgentType(ONE, Fraction(1 + i, 100)) for i in range(n - n // 2)))


def _steep_and_flat(n: int) -> Agents:
    return tuple(
        AgentType(L, Fraction(1, 100) + Fraction(8 * i, 100 * (n - 1))) for i, L in enumerate(_spread(1, 0.1, n))
    )


FAMILIES: dict[str, tuple[str, Callable[[int], Agents]]] = {
    "conditioned": ("L = 1, and mu falls from 1/2 to 1/100 in geometric progression (three decimals)", _conditioned),
    "scaled": ("L falls from 1 to 1/10 in geometric progression (three decimals), and mu = 1/100", _scaled),
    "easy-and-hard": (
        "L = 1; of half of the types (rounded down) ten agents each with mu = 99/100, 98/100, ..., "
        "and one of each other type, with mu = 1/100, 2/100, ...",
        _easy_and_hard,
    ),
    "steep-and-flat": (
        "L falls from 1 to 1/10 in geometric progression (three decimals), mu rises from 1/100 to 9/100 in equal steps",
        _steep_and_flat,
    ),
}
"""By name: what is special about the family, in words, and its agents of n >= 2 types."""
