"""Checks of certificates of many types, and of one again and again: measured over target.

python -m tests.benchmarks.checks
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import process_time

from eftheory import certify
from eftheory.certificates import Certificate
from eftheory.check import check_bytes
from eftheory.search import search_upper
from eftheory.theory import closed_form, worst_case
from eftheory.writing import write_certificate
from tests.benchmarks import pepit
from tests.benchmarks.agents import ALPHA, different
from tests.benchmarks.clock import Timed, in_turn
from tests.benchmarks.tables import Table, milliseconds

SEARCHED = (8, 20, 32)
MANY, MANY_SECONDS = 64, 10.0
SHARE = 0.01  # of the search, for 32 types
WARM, WARM_PER_SECOND = 50, 800
AGENTS = {"1 agent": (1, 1, 1 / 0.8), "8 different": (8, 1, 1 / 0.3), "20 different": (20, 1, 1 / 0.15)}
"""Types, agents of each, and how many times PEPit's time is to be had."""


def check_tables() -> list[Table]:
    """Everything in this file."""
    return [_checks(), _beside_pepit(), _certify_with_step()]


def _file(types: int, *, searched: bool) -> tuple[bytes, float]:
    """Both bounds of EF21 on so many types, and the seconds of the search."""
    setting, seconds = different(types), 0.0
    if searched:
        began = process_time()  # once: with many types it takes a minute
        upper = search_upper(setting, engine="center").upper
        seconds = process_time() - began
    else:
        upper = closed_form(setting)
    return write_certificate(Certificate(setting, upper, worst_case(setting))), seconds


def _checks() -> Table:
    table = Table(
        "Checks",
        ("what", "measured, ms", "target, ms", "measured / target", "share of the search"),
        "Both bounds, from the bytes of the file, warm. Targets: 32 types 1 % of the search, 64 types 10 s, one type "
        f"{WARM_PER_SECOND} a second.",
    )
    for types in SEARCHED:
        data, search = _file(types, searched=True)
        _add(
            table,
            f"{types} types, V searched",
            _check(data),
            SHARE * search if types == max(SEARCHED) else None,
            search,
        )
    _add(table, f"{MANY} types, V of the closed form", _check(_file(MANY, searched=False)[0]), MANY_SECONDS)
    _add(table, "one type", _check(_file(1, searched=True)[0], WARM), 1 / WARM_PER_SECOND)
    return table


def _check(data: bytes, times: int = 1) -> Timed:
    def check() -> None:
        for _ in range(times):
            if not all(verdict.proved for verdict in check_bytes(data)):
                raise RuntimeError("not proved")

    (timed,) = in_turn(check, rounds=9, enough=5.0)
    return Timed(tuple(seconds / times for seconds in timed.times))


def _add(table: Table, what: str, timed: Timed, target: float | None, search: float = 0.0) -> None:
    goal = ("", "") if target is None else (milliseconds(target), f"{timed.seconds / target:.2f}")
    table.add(what, milliseconds(timed.seconds), *goal, f"{timed.seconds / search:.2%}" if search else "")


def _beside_pepit() -> Table:
    table = Table(
        "Search beside PEPit: targets",
        ("agents", "PEPit, ms", "ours, ms", "PEPit / ours", "target"),
        "PEPit solves one programme in floats and proves nothing; ours finds V and proves it. In turn in one process. "
        "Ten equal agents are ten different functions to PEPit, and one type here. Of equal agents certify knows V, "
        "and proves both bounds.",
    )
    for name, (types, count, target) in AGENTS.items():
        setting = different(types, count=count)
        _row(table, name, pepit.programme(setting), partial(search_upper, setting, engine="center"), target)
    ten = different(1, count=10)
    _row(table, "10 equal agents", pepit.programme(ten), partial(search_upper, ten, engine="center"), 50.0)
    for name, setting, target in (("1 agent", different(1), 1 / 0.8), ("10 equal agents", ten, 50.0)):
        _row(table, f"{name}, certify", pepit.programme(setting), partial(certify, setting), target)
    return table


def _row(table: Table, name: str, theirs: Callable[[], object], ours: Callable[[], object], target: float) -> None:
    other, own = in_turn(theirs, ours, rounds=7)
    table.add(name, milliseconds(other.seconds), milliseconds(own.seconds), f"{other.over(own):.2f}", f"{target:.2f}")


def _certify_with_step() -> Table:
    table = Table("certify, step size searched", ("types", "measured, s", "target, s", "measured / target"))
    agents = [(agent.L, agent.mu, agent.count) for agent in different(8).agents]
    (timed,) = in_turn(partial(certify, "ef21", agents, alpha=ALPHA, step_size="optimal"), rounds=3)
    table.add(8, f"{timed.seconds:.3g}", "3", f"{timed.seconds / 3:.2f}")
    return table


if __name__ == "__main__":
    from tests.benchmarks.tables import publish

    publish(check_tables(), header="", path=None)
