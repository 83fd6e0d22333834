"""Tables of what became of the claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from statistics import median

from tests.benchmarks.tables import Table, milliseconds, up
from tests.completeness.claims import LARGEST_KAPPA, MOST_TYPES
from tests.completeness.examine import TARGET, Outcome

GAINS = (Fraction(1, 10**6), Fraction(1, 10**4), Fraction(1, 10**3), Fraction(1, 100), Fraction(1, 10))


def tables(outcomes: Sequence[Outcome]) -> list[Table]:
    """All tables, the claims that miss the target last."""
    rows = _by_types(outcomes)
    without = [each.number for each in outcomes if each.proved and each.to_class_bound is None]
    return [
        _proofs(rows),
        _gains(rows),
        _class_bounds(rows, without),
        _worst_cases(rows),
        _exactly(outcomes),
        _missed(outcomes),
    ]


def _by_types(outcomes: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    numbers = [(str(k), [each for each in outcomes if each.types == k]) for k in range(1, MOST_TYPES + 1)]
    return [*((name, some) for name, some in numbers if some), ("all", list(outcomes))]


def _proofs(rows: list[tuple[str, list[Outcome]]]) -> Table:
    columns = ("types", "claims", "proved", "slack <= 1e-6", "median slack", "largest", "median ms", "largest ms")
    table = Table(
        "Proofs",
        columns,
        "Proved: the checker accepts the file. Slack: the engine's estimate of the distance to the least rate, "
        "relative to 1 - rate. Times: read, search, round and check, while other searches run beside.",
    )
    for name, some in rows:
        slacks, seconds = _known(some, lambda each: each.slack), [each.seconds for each in some]
        table.add(
            name,
            len(some),
            sum(each.proved for each in some),
            sum(each.complete for each in some),
            *_middle_and_most(slacks),
            milliseconds(median(seconds)),
            milliseconds(max(seconds)),
        )
    return table


def _gains(rows: list[tuple[str, list[Outcome]]]) -> Table:
    limits = [f"<= {up(GAINS[0])}", *(f"to {up(limit)}" for limit in GAINS[1:]), "more"]
    table = Table(
        "Gain over the law",
        ("types", *limits, "share with a gain", "median gain", "largest"),
        "How far the proved rate lies below that of Theorem A, as a share of 1 - its rate; number of claims.",
    )
    for name, some in rows:
        gains = _known(some, lambda each: each.gain)
        places = [sum(gain > limit for limit in GAINS) for gain in gains]
        counts = [places.count(place) for place in range(len(limits))]
        share = f"{100 * sum(counts[1:]) / len(gains):.0f} %" if gains else ""
        table.add(name, *counts, share, *_middle_and_most(gains, show=lambda x: f"{float(x):.1e}" if x > 0 else "0"))
    return table


def _class_bounds(rows: list[tuple[str, list[Outcome]]], without: list[int]) -> Table:
    none = f" None was found for the claims {', '.join(map(str, without))}." if without else ""
    return _distances(
        "Distance to a class bound",
        "No quadratic V does better by more than this share of 1 - rate, exactly checked." + none,
        rows,
        lambda each: each.to_class_bound,
    )


def _worst_cases(rows: list[tuple[str, list[Outcome]]]) -> Table:
    return _distances(
        "Distance to a worst case",
        "Between the rate proved and that of an instance, as a share of 1 - rate: no method of proof gains more. "
        "With memory V gets closer.",
        rows,
        lambda each: each.to_worst_case,
    )


def _distances(
    title: str,
    says: str,
    rows: list[tuple[str, list[Outcome]]],
    distance: Callable[[Outcome], Fraction | None],
) -> Table:
    limits = (TARGET, Fraction(1, 10**4), Fraction(1, 100))
    columns = ("types", "claims", "found", *(f"<= {up(limit)}" for limit in limits), "median", "largest")
    table = Table(title, columns, says)
    for name, some in rows:
        found = _known(some, distance)
        counts = [sum(x <= limit for x in found) for limit in limits]
        table.add(name, len(some), len(found), *counts, *_middle_and_most(found))
    return table


def _exactly(outcomes: Sequence[Outcome]) -> Table:
    table = Table(
        "Where doubles were not enough",
        ("largest kappa of the agents", "claims", "exact data needed", "share", "median ms with", "median ms without"),
        "There the search goes on with exact integers from its last good point.",
    )
    limits = [10**k for k in range(2, len(str(LARGEST_KAPPA)))]
    for low, high in zip([0, *limits], limits):
        some = [each for each in outcomes if low < each.kappa <= high]
        exactly, plainly = ([each.seconds for each in some if each.exactly is which] for which in (True, False))
        table.add(
            f"to {high:,}",
            len(some),
            len(exactly),
            f"{100 * len(exactly) / len(some):.0f} %" if some else "",
            milliseconds(median(exactly)) if exactly else "",
            milliseconds(median(plainly)) if plainly else "",
        )
    return table


def _missed(outcomes: Sequence[Outcome]) -> Table:
    missed = [each for each in outcomes if not each.complete]
    table = Table(
        "Claims that miss the target", ("claim", "slack", "status", "command"), "" if missed else "There are none."
    )
    for each in missed:
        table.add(each.number, up(each.slack), each.crash or each.status, f"`{each.command}`")
    return table


def _known(outcomes: Iterable[Outcome], value: Callable[[Outcome], Fraction | None]) -> list[Fraction]:
    return [found for found in map(value, outcomes) if found is not None]


def _middle_and_most(numbers: list[Fraction], *, show: Callable[[Fraction], str] = up) -> tuple[str, str]:
    return (show(median(numbers)), show(max(numbers))) if numbers else ("", "")
