"""How the findings about a compressor are printed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rich.table import Table
from rich.text import Text

from eftheory.cli.printing import facts, print_rich
from eftheory.laws import Guarantee
from eftheory.laws.enclosure import write_count, write_decimal, write_rate
from eftheory.laws.kinds import Number
from eftheory.numbers import LARGE, about, shown
from eftheory.testing.checks.trial import literal
from eftheory.testing.examination import Examination


def print_report(found: Examination) -> None:
    """Checks, estimate, guarantee and comparison."""
    print_rich(Text(f"{found.name} in dimension {found.dimension}", style="bold"))
    _print_checks(found)
    if found.estimate is not None:
        print(found.estimate.largest if found.basis.startswith("omega") else found.estimate)
    for note in found.notes:
        print(f"note: {note}")
    if found.guarantee is None:
        print(found.basis or "no guarantee: the compressor does not run")
        return
    _print_guarantee(found.basis, found.guarantee)
    if found.rows:
        _print_comparison(found)


def _print_checks(found: Examination) -> None:
    """What passed and what was not asked in a line each, the rest one by one."""
    table = facts()
    results = found.report.results
    for title, alike in (
        ("passed", [result for result in results if result.status == "passed"]),
        ("not claimed", [result for result in results if result.message == "not claimed"]),
    ):
        if alike:
            table.add_row(Text(title), Text(", ".join(result.name for result in alike)))
    for result in results:
        if result.status in ("skipped", "expected", "not reached") and result.message != "not claimed":
            table.add_row(Text(result.status), Text(f"{result.name}: {result.message}"))
    for result in found.report.failures:
        table.add_row(Text("FAILED", style="bold"), Text(f"{result.name}: {result.message}"))
    print_rich(table)
    for example in dict.fromkeys(result.example for result in found.report.failures if result.example):
        names = ", ".join(result.name for result in found.report.failures if result.example == example)
        print(f"to paste, for {names}: {example}")


def _print_guarantee(basis: str, bought: Guarantee) -> None:
    print(basis)
    print(f"What it buys, for L = {shown(bought.L, about)} and mu = {shown(bought.mu, about)}:")
    table = facts()
    table.add_row("theta", _down(bought.theta), "beta", _up(bought.beta), "xi", _up(bought.xi))
    print_rich(table)
    table = Table("EF21", "step size", "rate <=", "iterations", box=None, padding=(0, 2, 0, 0))
    step, rate, iterations = bought.tight_step_size, bought.tight_rate, bought.tight_iterations
    table.add_row("strongly convex, tight", _down(step), _rate(rate), write_count(iterations))
    table.add_row("PL", _down(bought.pl_step_size), _rate(bought.pl_rate), write_count(bought.pl_iterations))
    table.add_row("nonconvex", _down(bought.nonconvex_step_size), "", f"{_up(bought.nonconvex_iterations, 2)} F")
    print_rich(table)
    print(
        f"Iterations until the bound has shrunk to {shown(bought.accuracy, about)} of what it was; nonconvex, until "
        "E ||grad f||^2 <= eps^2, where F = L (f(x0) - inf f)/eps^2."
    )


def _print_comparison(found: Examination) -> None:
    print("At equal bits a message, strongly convex:")
    table = Table("compressor", "bits", "alpha", "iterations", "bits to accuracy", box=None, padding=(0, 2, 0, 0))
    for row in found.rows:
        own = row.name == found.name
        table.add_row(
            Text(row.name, style="bold" if own else ""),
            _up(row.guarantee.bits, 0).rstrip("."),
            _down(row.guarantee.alpha, 6),
            write_count(row.guarantee.tight_iterations),
            _up(row.guarantee.tight_bits, 0),
        )
    print_rich(table)


def as_json(found: Examination) -> dict[str, Any]:
    """One JSON object; exact numbers as strings."""
    estimate, bought = found.estimate, found.guarantee
    return {
        "compressor": found.name,
        "dim": found.dimension,
        "status": "failed" if found.failed else "inconclusive" if found.report.unreached else "passed",
        "checks": [
            {
                "name": result.name,
                "status": result.status,
                "message": result.message,
                "vector": None if result.vector is None else [str(entry) for entry in result.vector],
                "example": result.example,
            }
            for result in found.report.results
        ],
        "estimate": None
        if estimate is None
        else {
            "refuted_above": str(estimate.refuted_above),
            "consistent_below": str(estimate.consistent_below),
            "exact": estimate.exact,
            "vector": literal(estimate.vector),
            "stated": None if estimate.known is None else str(estimate.known),
        },
        "basis": found.basis,
        "within": None if found.within is None else [f"{size:g}" for size in found.within],
        "guarantee": None if bought is None else _guarantee_json(bought),
        "at_equal_bits": [
            {"compressor": row.name, "bits": str(row.guarantee.bits), "alpha": str(row.guarantee.alpha),
             "iterations": row.guarantee.tight_iterations, "bits_to_accuracy": str(row.guarantee.tight_bits)}
            for row in found.rows
        ],
        "notes": found.notes,
    }  # fmt: skip


def _guarantee_json(bought: Guarantee) -> dict[str, Any]:
    names = (
        "alpha", "L", "mu", "accuracy", "bits", "theta", "beta", "xi", "nonconvex_step_size", "nonconvex_iterations",
        "pl_step_size", "pl_rate", "tight_step_size", "tight_rate", "tight_bits",
    )  # fmt: skip
    values = {name: getattr(bought, name) for name in names}
    return {
        **{name: None if value is None else str(value) for name, value in values.items()},
        "pl_iterations": bought.pl_iterations,
        "tight_iterations": bought.tight_iterations,
    }


def _up(value: Number, digits: int = 9) -> str:
    return _beside(value, digits, up=True)


def _down(value: Number, digits: int = 9) -> str:
    return _beside(value, digits, up=False)


def _rate(value: Number) -> str:
    """With more digits where 9 do not tell it from 1."""
    text = _up(value)
    return text if Fraction(text) < 1 else write_rate(value, up=True)


def _beside(value: Number, digits: int, *, up: bool) -> str:
    """So many digits after the point; with an exponent where these would be all zeros, or lost behind many others."""
    readable = value < LARGE and (value == 0 or value * 10**digits >= 1)
    return write_decimal(value, up=up, digits=digits if readable else None)
