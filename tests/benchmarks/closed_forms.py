"""Closed forms and cold starts: measured over target."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

from eftheory import AgentType, certify
from eftheory.algebra.rounding import sqrt_below
from eftheory.certification import make_setting
from eftheory.claims import UPPER
from eftheory.search import search_upper
from tests.benchmarks.clock import alternately, cold, warm
from tests.benchmarks.tables import Table, milliseconds, up

EASY = (AgentType(1, Fraction(1, 10)), Fraction(3, 4))
HARD = (AgentType(1000, Fraction(1, 3)), Fraction(1, 1000))
CLAIMS = (("easy", EASY), ("hard", HARD))
COUNTS = (1, 2, 10, 10**7)
ABSENT = "import sys\nfor name in ('numpy', 'sympy', 'cvxpy', 'flint'): sys.modules[name] = None\n"


def closed_form_tables() -> list[Table]:
    """Everything in this file."""
    return [_equal_agents(), _searched_equal_agents(), _cold_starts()]


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
                seconds, result = warm(partial(certify, method, agents, alpha=alpha))
                upper = result.rate(UPPER)
                distances = up((upper - rate) / (1 - rate)), up(result.gap / (1 - upper))
                table.add(f"{label}: {method}, n = {count:,}", *distances, milliseconds(seconds))
    few, many = alternately(*(_certification(n) for n in (2, 10**7)), repeats=200)
    table.add("10^7 agents over two agents, times taken in turn", "", "", f"ratio {many / few:.2f}")
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


def _cold_starts() -> Table:
    table = _measured("Cold starts", "What a user waits for who only imports, or only checks, without numpy.")
    _add(table, f"import eftheory (bare Python: {cold('pass'):.3f} s)", cold("import eftheory"), 0.15, "s")
    twenty = [AgentType(1 + Fraction(k, 10), Fraction(1, 10 + k), 1 + k * k) for k in range(20)]
    with tempfile.TemporaryDirectory() as folder:
        for types, target, agents in ((1, 0.2, [EASY[0]]), (20, 5.0, twenty)):
            for method in ("ef", "ef21"):
                path = Path(folder, f"{method}{types}.json")
                certify(method, agents, alpha=EASY[1], engine="law", path=path)
                code = f"{ABSENT}from eftheory.check.__main__ import main\nsys.exit(main([{str(path)!r}]))"
                _add(table, f"check, cold, {method}, {types} type{'s' * (types > 1)}", cold(code, 3), target, "s")
    return table
