"""The grid of claims whose certificates are kept under reports/certificates."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eftheory.assumptions import AgentType
from eftheory.sweep.case import Case

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


def certificate_grid() -> Iterator[Case]:
    """All cases, with the law's V: equal agents at every condition number and count, and unequal ones.

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


def _text(alpha: Fraction) -> str:
    return f"{alpha.numerator}_{alpha.denominator}"
