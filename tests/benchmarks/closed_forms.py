"""Closed forms: measured over target."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from eftheory import AgentType, certify
from eftheory.algebra.rounding import sqrt_below
from eftheory.bounds import make_setting
from eftheory.claims import UPPER
from eftheory.search import search_upper
from tests.benchmarks.clock import in_turn
from tests.benchmarks.tables import Table, milliseconds, up

EASY = (AgentType(1, Fraction(1, 10)), Fraction(3, 4))
HARD = (AgentType(1000, Fraction(1, 3)), Fraction(1, 1000))
CLAIMS = (("easy", EASY), ("hard", HARD))
COUNTS = (1, 2, 10, 10**7)


def closed_form_tables() -> list[Table]:
    """Everything in this file."""
    return [_equal_agents(), _searched_equal_agents()]


def _measured(title: str, says: str) -> Table:
    return Table(title, ("what", "measured", "target", "measured / target"), says)


def _add(table: Table, what: str, measured: float, target: float, unit: str = "") -> None:
    shown = [f"{number:.3g} {unit}".strip() for number in (measured, target)]
    table.add(what, *shown, f"{measured / target:.3g}")


def tight_rate_below(agent: AgentType, alpha: Fraction) -> Fraction:
    """A rational within 2^-190 below p^2, p^2 = (1-s) k p + s."""
    s = sqrt_below(1 - alpha, bits=200)
    b = (1 - s) * (agent.L - agent.mu) / (agent.L + agent.mu)
    p = (b + sqrt_below(b * b + 4 * s, bits=200)) / 2
    return p * p


def _equal_agents() -> Table:
    table = Table(
        "Equal agents",
        ("claim", "(upper - tight)/(1 - rate)", "gap/(1 - rate)", "certify and check, warm, ms"),
        "The closed form, proved from both sides: any number of agents, both methods. Targets: 1e-9, 1e-9, 5 ms; "
        "10^7 agents at most 1.1 times two agents.",
    )
    for label, (agent, alpha) in CLAIMS:
        rate = tight_rate_below(agent, alpha)
        for method in ("ef", "ef21"):
            for count in COUNTS:
                agents = [AgentType(agent.L, agent.mu, count)]
                (timed,) = in_turn(partial(certify, method, agents, alpha=alpha), enough=1.0)
                result = timed.returned[-1]
                upper = result.rate(UPPER)
                distances = up((upper - rate) / (1 - rate)), up(result.gap / (1 - upper))
                table.add(f"{label}: {method}, n = {count:,}", *distances, milliseconds(timed.seconds))
    few, many = in_turn(*(_certification(n) for n in (2, 10**7)), rounds=200)
    table.add("10^7 agents over two agents, times taken in turn", "", "", f"ratio {many.over(few):.2f}")
    return table


def _certification(count: int) -> Callable[[], object]:
    agents, alpha = [AgentType(EASY[0].L, EASY[0].mu, count)], EASY[1]
    return lambda: certify("ef21", agents, alpha=alpha)


def _searched_equal_agents() -> Table:
    table = _measured("The search on equal agents", "It knows no closed form; this is how near it comes.")
    for label, (agent, alpha) in CLAIMS:
        rate = tight_rate_below(agent, alpha)
        for method in ("ef", "ef21"):
            setting = make_setting(method, [AgentType(agent.L, agent.mu, 10)], alpha=alpha)
            upper = search_upper(setting).upper
            excess = float((upper.rate - rate) / (1 - rate)) if upper else float("inf")
            _add(table, f"{label}: {method}: (upper - tight)/(1 - rate)", excess, 1e-6)
    return table
