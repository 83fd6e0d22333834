"""Search one claim, and measure what was found against the law, a class bound and a worst case."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction

from eftheory.certificates import Certificate
from eftheory.check import check_bytes
from eftheory.search import SearchResult, search_class_bound, search_upper
from eftheory.theory import closed_form, worst_case
from eftheory.writing import write_certificate
from tests.completeness.claims import command, draw_claim, largest_kappa

TARGET = Fraction(1, 10**6)


@dataclass(frozen=True)
class Outcome:
    """What became of one claim. All distances are shares of 1 - rate, with the rate proved by the search.

    Attributes:
        number, types, kappa, alpha, command: the claim.
        status: what the search says.
        crash: what was raised that should not have been, "" for nothing.
        proved: whether the checker accepted all that was found, as a file.
        slack: the estimated distance to the least rate that a V of the template shows.
        seconds: of the search, rounding and exact check included.
        exactly: whether doubles were not enough.
        gain: how far the proved rate lies below the law's, as a share of 1 - the law's rate.
        to_class_bound: the proved distance to the least rate of the template; None where no class bound was found.
        to_worst_case: the distance to the rate of the worst case known.
    """

    number: int
    types: int
    kappa: Fraction
    alpha: Fraction
    command: str
    status: str = ""
    crash: str = ""
    proved: bool = False
    slack: Fraction | None = None
    seconds: float = 0.0
    exactly: bool = False
    gain: Fraction | None = None
    to_class_bound: Fraction | None = None
    to_worst_case: Fraction | None = None

    @property
    def complete(self) -> bool:
        """Whether the claim was proved as near to the optimum as is asked for, and nothing crashed."""
        return self.proved and not self.crash and self.slack is not None and self.slack <= TARGET


def examine(seed: object, number: int) -> Outcome:
    """Search claim ``number`` of the stream; a crash is a finding, not the end of the run."""
    setting = draw_claim(seed, number)
    outcome = Outcome(
        number=number,
        types=len(setting.agents),
        kappa=largest_kappa(setting),
        alpha=setting.alpha,
        command=command(setting),
    )
    started = time.perf_counter()
    try:
        with _exact_data_noticed() as noticed:
            found = search_upper(setting, engine="center", slack=TARGET)
    except Exception as error:
        return replace(outcome, crash=f"search: {type(error).__name__}: {error}")
    outcome = replace(outcome, status=found.status, seconds=time.perf_counter() - started, exactly=bool(noticed))
    return _measure(outcome, found)


def _measure(outcome: Outcome, found: SearchResult) -> Outcome:
    setting, upper, bound = found.problem.setting, found.upper, None
    if upper is None or found.gap is None:
        return outcome
    try:
        bound = search_class_bound(found)
    except Exception as error:
        outcome = replace(outcome, crash=f"class bound: {type(error).__name__}: {error}")
    law, lower = closed_form(setting), worst_case(setting)
    data = write_certificate(Certificate(setting, upper, lower, bound))
    left = 1 - upper.rate
    return replace(
        outcome,
        proved=all(verdict.proved for verdict in check_bytes(data)),
        slack=Fraction(found.gap) / left,
        gain=(law.rate - upper.rate) / (1 - law.rate) if law else None,
        to_class_bound=(upper.rate - bound.rate) / left if bound else None,
        to_worst_case=(upper.rate - lower.rate) / left if lower else None,
    )


@contextmanager
def _exact_data_noticed() -> Iterator[list[logging.LogRecord]]:
    """The records in which the search says that it goes on with exact data."""
    logger, handler = logging.getLogger("eftheory"), _Exactly()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        yield handler.records
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate


class _Exactly(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "going on with exact data" in record.getMessage():
            self.records.append(record)
