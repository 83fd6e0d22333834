"""The laws of which pictures are drawn, by method: best step, stability limit, rate, and a published theorem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from eftheory import laws
from eftheory.algebra.averages import mean_constants
from eftheory.assumptions import AgentType
from eftheory.laws.enclosure import enclose, sign, write_decimal
from eftheory.laws.kinds import Number, sqrt
from eftheory.laws.real import real
from eftheory.methods import CGD, EF, EF21, GD, Method

DIGITS = 12
"""After the point, of the numbers that are drawn."""

Agents = tuple[AgentType, ...]
Rate = Callable[[Agents, Number, Fraction], Number | None]
"""From agents, alpha and step size; None where the law says nothing."""


@dataclass(frozen=True)
class Law:
    """What is drawn of a method.

    Attributes:
        limit: the stability limit, of agents and alpha.
        upper: a proved rate.
        lower: a rate below which no proof goes; the same as ``upper`` where that is exact.
        published: the rate of a published theorem; None without one.
        theorem: of the rate, as eftheory prove names it.
        published_theorem: of the published rate.
    """

    limit: Callable[[Agents, Number], Number]
    upper: Rate
    lower: Rate
    theorem: str
    published: Rate | None = None
    published_theorem: str = ""


def _is_proportional(agents: Agents) -> bool:
    """Whether all have one condition number: only then the law for different agents is that of their means."""
    return len({agent.mu / agent.L for agent in agents}) == 1


def _gd(agents: Agents, alpha: Number, step_size: Fraction) -> Number:
    return laws.gd_rate(*mean_constants(agents), step_size=step_size)


def _cgd(agents: Agents, alpha: Number, step_size: Fraction) -> Number:
    return laws.cgd_rate(*mean_constants(agents), alpha=alpha, step_size=step_size)


def _averaged(agents: Agents, alpha: Number, step_size: Fraction) -> Number:
    return laws.tight_rate(*mean_constants(agents), alpha=alpha, step_size=step_size)


def _different(agents: Agents, alpha: Number, step_size: Fraction) -> Number | None:
    if _is_proportional(agents) or alpha == 1:
        return _averaged(agents, alpha, step_size)
    if sign(laws.stability_limit(mean_constants(agents)[0], alpha=alpha) - step_size) <= 0:
        return None
    return laws.heterogeneous_rate(agents, alpha=alpha, step_size=step_size)


def _pl(agents: Agents, alpha: Number, step_size: Fraction) -> Number | None:
    L, mu = mean_constants(agents)
    squares = sum((agent.count * agent.L**2 for agent in agents), Fraction(0)) / sum(a.count for a in agents)
    root = sqrt(squares if isinstance(alpha, Fraction) else real(squares))
    if not mu or sign(laws.ef21_pl_step_size(L, root, mu=mu, alpha=alpha) - step_size) < 0:
        return None
    return 1 - step_size * mu


def _feedback_limit(agents: Agents, alpha: Number) -> Number:
    return laws.stability_limit(mean_constants(agents)[0], alpha=alpha)


LAWS: Mapping[type[Method], Law] = {
    GD: Law(lambda agents, alpha: laws.gd_stability_limit(mean_constants(agents)[0]), _gd, _gd, "gd"),
    CGD: Law(lambda agents, alpha: laws.cgd_stability_limit(mean_constants(agents)[0], alpha=alpha), _cgd, _cgd, "cgd"),
    EF: Law(_feedback_limit, _different, _averaged, "tight_rate"),
    EF21: Law(_feedback_limit, _different, _averaged, "tight_rate", _pl, "ef21_pl"),
}


def theorem(law: Law, agents: Agents) -> str:
    """Which theorem says the rate for these agents."""
    return "heterogeneous_law" if law.upper is _different and not _is_proportional(agents) else law.theorem


def is_exact(law: Law, agents: Agents) -> bool:
    """Whether the rate is attained, so that no proof goes below it."""
    return law.upper is not _different or _is_proportional(agents)


def value(rate: Rate, agents: Agents, alpha: Fraction, step_size: Fraction, *, up: bool = True) -> str:
    """The decimal next above the rate, or below it; empty where the law says nothing.

    >>> value(LAWS[GD].upper, (AgentType(L=1, mu=Fraction(1, 3)),), Fraction(1), Fraction(1))
    '0.444444444445'
    """
    try:
        number = rate(agents, real(alpha), step_size)
        return "" if number is None else write_decimal(number, up=up, digits=DIGITS)
    except ArithmeticError:  # equal numbers, which only formulas tell
        number = rate(agents, alpha, step_size)
        return "" if number is None else write_decimal(number, up=up, digits=DIGITS)


def limit(law: Law, agents: Agents, alpha: Fraction) -> Fraction:
    """The stability limit, or the number next below it.

    >>> limit(LAWS[EF21], (AgentType(L=1, mu=Fraction(1, 3)),), Fraction(3, 4))
    Fraction(2, 3)
    """
    return enclose(law.limit(agents, real(alpha)))[0]
