"""The grid of claims whose certificates are kept under reports/certificates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions import AgentType

ALPHAS = (Fraction(1, 100), Fraction(1, 10), Fraction(1, 2), Fraction(3, 4), Fraction(99, 100))
CONDITION_NUMBERS = (2, 10, 1000, 10**6)
COUNTS = (1, 10, 10**7)


def _type(L: int | str, mu: int | str, count: int = 1) -> AgentType:
    return AgentType(Fraction(L), Fraction(mu), count)


UNEQUAL: dict[str, tuple[AgentType, ...]] = {
    "one-easy-one-hard": (_type(1, "99/100"), _type(1, "1/100")),
    "steep-and-flat": (_type(1, "1/100"), _type("1/10", "9/100")),
    "ten-to-one": (_type(10, "1/10", 1), _type(1, "1/10", 9)),
    "convex-and-strong": (_type(1, 0, 999_999), _type(1, "1/2", 1)),
    "quadratic-and-general": (_type(2, 2, 5), _type(3, "1/3", 5)),
    "geometric": tuple(_type(2**k, f"1/{2**k}", 10**k) for k in range(7)),
    "twenty-types": tuple(_type(f"{10 + k}/10", f"1/{10 + k}", 1 + k * k) for k in range(20)),
}
"""Sets of agents with different constants, by a name that says what is special about them."""


@dataclass(frozen=True)
class Case:
    """One claim of the grid, with the name of its file."""

    name: str
    method: str
    agents: tuple[AgentType, ...]
    alpha: Fraction
    engine: str = "law"


def certificate_grid() -> Iterator[Case]:
    """All cases: equal agents at every condition number and count, unequal ones, and SDP results.

    >>> sum(1 for case in certificate_grid()) > 100
    True
    """
    for alpha in ALPHAS:
        for kappa in CONDITION_NUMBERS:
            for method, count in [("cgd", 1), *((method, n) for method in ("ef", "ef21") for n in COUNTS)]:
                if count == 10 and kappa != 10:
                    continue  # n plays no part; ten agents once per alpha are enough to see it
                agents: tuple[AgentType, ...] = (_type(1, f"1/{kappa}", count),)
                yield Case(f"{method}-n{count}-kappa{kappa}-alpha{_text(alpha)}", method, agents, alpha)
    for name, agents in UNEQUAL.items():
        for method in ("ef", "ef21"):
            for alpha in (Fraction(1, 100), Fraction(3, 4), Fraction(99, 100)):
                if name == "twenty-types" and alpha != Fraction(3, 4):
                    continue  # a second each to check, and nothing new to see
                yield Case(f"{method}-{name}-alpha{_text(alpha)}", method, agents, alpha)
    for name in ("one-easy-one-hard", "steep-and-flat"):
        alpha = Fraction(8, 9)
        yield Case(f"ef21-{name}-alpha{_text(alpha)}-law", "ef21", UNEQUAL[name], alpha)
        yield Case(f"ef21-{name}-alpha{_text(alpha)}-sdp", "ef21", UNEQUAL[name], alpha, engine="cvxpy")


def _text(alpha: Fraction) -> str:
    return f"{alpha.numerator}_{alpha.denominator}"
