"""The search beside PEPit, where its time goes, and its targets."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from eftheory.certificates import Upper
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.laws import heterogeneous_rate
from eftheory.laws.enclosure import enclose
from eftheory.numbers import decimal_down, decimal_up
from eftheory.search import SearchResult, search_upper
from eftheory.theory import closed_form, worst_case
from tests.benchmarks import pepit
from tests.benchmarks.agents import ALPHA, different
from tests.benchmarks.clock import Timed, in_turn
from tests.benchmarks.tables import Table, milliseconds

AGENTS = (1, 2, 3, 5, 8, 10, 20)
CVXPY_UP_TO = 8
TARGETS = {1: 0.04, 2: 0.08, 8: 0.5, 20: 10.0}  # seconds
MANY = 10**7
DIGITS = 11


def search_tables() -> list[Table]:
    """Time all, agents by agents: what is compared is run in turn."""
    beside = Table(
        "Search beside PEPit",
        (
            "agents, all different",
            "PEPit, ms",
            "center, ms",
            "PEPit / center",
            "cvxpy, ms",
            "PEPit / cvxpy",
            "V given, ms",
            "PEPit / V given",
        ),
        "EF21 at the law's step, alpha = 3/4, all in turn in one process; ratios are medians of those of the rounds. "
        "PEPit is given V and solves one programme in floats (one step, Clarabel). center and cvxpy find V, make it "
        "rational and check it exactly. V given: the same V as PEPit's, from the closed form, checked exactly.",
    )
    values = Table(
        "What the numbers are worth",
        (
            "agents",
            "PEPit: V+ / V",
            "exactly, >=",
            "PEPit - exactly, of 1 - rate",
            "PEPit is",
            "ours: rate <=",
            "worst case: rate >=",
        ),
        "PEPit's value is the contraction of Theorem A's V, of which the exact value is known; a value below it is "
        "no bound, and one below the worst case is no rate. Ours are proved, with the best quadratic V.",
    )
    shares = Table(
        "Where the time goes",
        (
            "agents, engine",
            "ms",
            "read",
            "search",
            "of it solver",
            "round and check",
            "one exact check, ms",
            "solves or Newton steps",
        ),
        "Read: the exact data of the problem. Search less solver is modelling: scale, canonicalisation. "
        "Round: until the exact check accepts, all checks included.",
    )
    targets = Table("Targets", ("types", "center, ms", "target, ms", "measured / target"))
    for agents in AGENTS:
        setting = different(agents)
        engines = ("center", "cvxpy") if agents <= CVXPY_UP_TO else ("center",)
        searches = [partial(_search, setting, engine) for engine in engines]
        other, given, *found = in_turn(pepit.programme(setting), partial(_prove_closed_form, setting), *searches)
        center, cvxpy = found[0], found[1] if found[1:] else None
        beside.add(
            agents,
            milliseconds(other.seconds),
            *(milliseconds(center.seconds), _ratio(other, center)),
            *((milliseconds(cvxpy.seconds), _ratio(other, cvxpy)) if cvxpy else ("", "")),
            *(milliseconds(given.seconds), _ratio(other, given)),
        )
        values.add(*_value_row(agents, other.returned[-1], center.returned[-1].upper))
        for each in found:
            shares.add(*_share_row(agents, each))
        if agents in TARGETS:
            target = TARGETS[agents]
            targets.add(agents, milliseconds(center.seconds), milliseconds(target), f"{center.seconds / target:.2f}")
    return [beside, values, shares, targets, _many_agents()]


def _search(setting: Setting, engine: str) -> SearchResult:
    found = search_upper(setting, engine=engine)
    if found.upper is None or found.status != "proved":
        raise RuntimeError(f"{len(setting.agents)} agents, {engine}: {found.status}")
    return found


def _prove_closed_form(setting: Setting) -> None:
    """What PEPit computes, for the same V, but proved."""
    upper = closed_form(setting)
    if upper is None or not check_upper(setting, upper).proved:
        raise RuntimeError("the closed form was not proved")


def _value_row(agents: int, found: float | None, upper: Upper) -> tuple[object, ...]:
    setting = different(agents)
    exactly, _ = enclose(heterogeneous_rate(setting.agents, alpha=ALPHA), bits=80)  # within 2^-80, from below
    witness, shown = worst_case(setting), decimal_down(exactly, DIGITS)
    lower = witness.rate if witness else Fraction(0)
    bounds = decimal_up(upper.rate, DIGITS), decimal_down(lower, DIGITS)
    if found is None:
        return agents, "no value", shown, "", "", *bounds
    value = Fraction(float(found))
    side = "below the worst case" if value < lower else "too small" if value < exactly else "above"
    return agents, f"{found:.{DIGITS}f}", shown, f"{float((value - exactly) / (1 - exactly)):+.0e}", side, *bounds


def _share_row(agents: int, timed: Timed) -> tuple[object, ...]:
    found: SearchResult = timed.returned[-1]
    spent = {
        stage: sum(run.seconds[stage] for run in timed.returned) for stage in ("read", "search", "solver", "round")
    }
    shares = [f"{100 * seconds / (sum(spent.values()) - spent['solver']):.0f} %" for seconds in spent.values()]
    (check,) = in_turn(partial(check_upper, found.problem.setting, found.upper), rounds=5)
    return f"{agents}, {found.engine}", milliseconds(timed.seconds), *shares, milliseconds(check.seconds), found.solves


def _many_agents() -> Table:
    table = Table(
        "Ten million agents",
        ("types", f"{MANY:,} agents, ms", "2 of each type, ms", "ratio", "target"),
        "A type of many agents costs what a type of two costs.",
    )
    for types in (1, 2):
        many, two = in_turn(_search_of(types, MANY // types), _search_of(types, 2), rounds=40)
        table.add(types, milliseconds(many.seconds), milliseconds(two.seconds), _ratio(many, two), "1.10")
    return table


def _search_of(types: int, count: int) -> Callable[[], object]:
    setting = different(types, count=count)
    return lambda: search_upper(setting, engine="center")


def _ratio(one: Timed, other: Timed) -> str:
    return f"{one.over(other):.2f}"
