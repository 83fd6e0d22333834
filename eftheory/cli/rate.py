"""``eftheory rate``: what the closed forms say, without a search."""

from __future__ import annotations

import json as json_format
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from eftheory.cli.agents import parse_agents
from eftheory.cli.printing import print_facts
from eftheory.laws.enclosure import write_decimal
from eftheory.laws.kinds import Number
from eftheory.numbers import read_number
from eftheory.pages.lines import count_agents
from eftheory.theory import look_up, survey
from eftheory.theory.overview import Overview

Rows = list[tuple[str, str, str]]
"""Name, number and remark of each figure."""

ROUNDED_UP = ("rate_upper", "beta", "xi", "ef21_pl_rate")
"""The figures for which more is worse; the others are rounded down."""

FORMAT = "eftheory-rate/1"
"""Of the JSON object; another number where a key changes its meaning or goes, not where one is added."""

MAX_LENGTH = 2000
"""Longest exact number that is printed, in characters."""

LABELS = {
    "step_size": "step size",
    "rate_upper": "rate <=",
    "rate_lower": "rate >=",
    "iterations": "iterations",
    "stability_limit": "stability limit",
    "theta": "theta",
    "beta": "beta",
    "xi": "xi",
    "ef21_pl_step_size": "EF21 PL step size",
    "ef21_pl_rate": "EF21 PL rate <=",
    "ef21_pl_iterations": "EF21 PL iterations",
}


def rate(
    method: Annotated[str, typer.Argument(help="gd, cgd, ef or ef21.")],
    agents: Annotated[
        list[str],
        typer.Option("--agents", help="A type of agents, as L=1,mu=1/10,count=1000; repeat for more types."),
    ],
    alpha: Annotated[str, typer.Option(help="Contraction of the compressors, in (0, 1]; k/d for Top-k.")] = "1",
    step_size: Annotated[str, typer.Option(help="law, optimal, or a number.")] = "law",
    accuracy: Annotated[str, typer.Option(help="Count the steps to this accuracy, relative to the start.")] = "1e-6",
    exact: Annotated[bool, typer.Option("--exact", help="Print exact numbers.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Print the closed-form rate, step size and stability limit of a method.

    Example: eftheory rate ef21 --agents "L=1,mu=1/10,count=1000" --alpha 3/4
    """
    ask = partial(
        survey,
        method,
        parse_agents(agents),
        alpha=read_number(alpha),
        step_size=step_size,
        accuracy=read_number(accuracy),
    )
    if json:
        typer.echo(json_format.dumps(_as_json(ask()), indent=1))
    elif exact:
        _print(*_rows(ask(), exact))
    else:
        _print(*_decimals(ask))
    return 0


def _decimals(ask: Callable[..., Overview]) -> tuple[Overview, Rows]:
    """What is printed without formulas, and without what they cost, where balls decide every digit."""
    try:
        return _rows(ask(formulas=False), False)
    except ArithmeticError:
        return _rows(ask(), False)


def _as_json(overview: Overview) -> dict[str, object]:
    """Exact numbers as strings, whole numbers as numbers; ``decimals`` repeats them rounded to the safe side.

    An exact number of more than ``MAX_LENGTH`` characters is left to its decimals.
    """
    figures = {name: value if isinstance(value, int) else _exact(value) for name, value in overview.figures.items()}
    rounded = {name: _decimal(name, value) for name, value in overview.figures.items() if value is not None}
    return {
        "format": FORMAT,
        "method": overview.method,
        "n_agents": overview.n_agents,
        "n_types": len(overview.agents),
        "alpha": str(overview.alpha),
        "accuracy": str(overview.accuracy),
        "step_size_rule": overview.rule.name,
        "tight": overview.tight,
        **figures,
        "decimals": {name: text for name, text in rounded.items() if not isinstance(overview.figures[name], int)},
        "theorems": look_up(overview.method).theorems,
        "notes": overview.notes,
    }


def _rows(overview: Overview, exact: bool) -> tuple[Overview, Rows]:
    rows = []
    for name, value in overview.figures.items():
        if value is None or (name == "rate_lower" and overview.tight):
            continue
        label = "rate" if name == "rate_upper" and overview.tight else LABELS[name]
        text = str(value) if isinstance(value, int) else _exact(value) if exact else None
        shown = _decimal(name, value) if text is None else text
        rows.append((label, shown, overview.remarks.get(name, "")))
    return overview, rows


def _print(overview: Overview, rows: Rows) -> None:
    title = f"{overview.method.upper()} on {count_agents(overview.n_agents, len(overview.agents))}"
    notes = [f"note: {note}" for note in overview.notes]
    if theorems := look_up(overview.method).theorems:
        notes.append(f"theorems, for eftheory prove: {', '.join(theorems)}")
    print_facts(rows, title=f"{title}, alpha = {overview.alpha}", notes=notes)


def _exact(value: Number | None) -> str | None:
    """The exact number as text, or None if it is too long to be of use."""
    try:
        text = None if value is None else str(value)
    except ValueError:  # integers of more digits than Python prints
        return None
    return text if text is None or len(text) <= MAX_LENGTH else None


def _decimal(name: str, value: Number) -> str:
    return write_decimal(value, up=name in ROUNDED_UP)
