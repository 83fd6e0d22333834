"""``eftheory rate``: what the closed forms say, without a search."""

from __future__ import annotations

import json as json_format
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated

import typer

from eftheory.cli.commands import HELP
from eftheory.cli.printing import print_facts
from eftheory.laws.enclosure import write_count, write_decimal, write_rate
from eftheory.laws.kinds import Number
from eftheory.numbers import about, read_number, shown
from eftheory.pages.lines import count_agents
from eftheory.theory import look_up, survey
from eftheory.theory.named import find_named
from eftheory.theory.overview import Overview
from eftheory.theory.written import parse_agents

Rows = list[tuple[str, str, str]]
"""Name, number and remark of each figure."""

ROUNDED_UP = ("rate_upper", "beta", "xi", "ef21_pl_rate", "bound_times_T")
"""The figures for which more is worse; the others are rounded down."""

FORMAT = "eftheory-rate/1"
"""Of the JSON object; another number where a key changes its meaning or goes, not where one is added."""

RATES = ("rate_upper", "rate_lower")
"""Where no function is strongly convex, these are 1 at any small step, and no result."""

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


def choose(arguments: Sequence[str]) -> Callable[..., int] | None:
    """The calculators of the theorem, or of the method, that is asked for; None where laws are, of gd, cgd, ef, ef21.

    Of these the calculators answer, too, if they are asked by --L instead of --agents.
    """
    from eftheory.methods import METHODS

    asked = next((word for word in arguments if word[:1] != "-" and word.lower() in METHODS), "")
    if asked and not any(word.partition("=")[0] == "--L" for word in arguments):
        return None
    from eftheory.cli.calculate import calculator_command, refuse_other_options
    from eftheory.theory.calculators.find import find_calculators

    for word in arguments:
        if word[:1] != "-" and (found := find_calculators(word)):
            refuse_other_options(word, found, arguments)
            return calculator_command(word, found)
    if not {*HELP}.isdisjoint(arguments) and arguments[0][:1] != "-" and not asked:
        _find(arguments[0])
    return None


def rate(
    method: Annotated[str, typer.Argument(help="gd, cgd, ef or ef21; for other methods, and theorems: --list.")] = "",
    agents: Annotated[
        list[str],
        typer.Option("--agents", help="A type of agents, as L=1,mu=1/10,count=1000; repeat for more types."),
    ] = [],  # noqa: B006 - typer reads it, nothing changes it
    alpha: Annotated[str, typer.Option(help="Contraction of the compressors, in (0, 1]; k/d for Top-k.")] = "1",
    step_size: Annotated[str, typer.Option(help="law, optimal, or a number.")] = "law",
    accuracy: Annotated[str, typer.Option(help="Count the steps to this accuracy, relative to the start.")] = "1e-6",
    exact: Annotated[bool, typer.Option("--exact", help="Print exact numbers.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the theorems that say a rate or a step size.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Print the closed-form rate, step size and stability limit of a method, or the numbers of a theorem.

    A theorem has options of its own: eftheory rate ef21_partial --help lists them with ranges and units.

    Example: eftheory rate ef21 --agents "L=1,mu=1/10,count=1000" --alpha 3/4
    """
    if listed:
        if method:
            raise ValueError(f"--list: it lists all theorems; leave {method[:40]!r} out, or --list")
        if json:
            raise ValueError("--list: it prints a table, and no JSON; leave --json out")
        from eftheory.cli.calculate import print_calculators

        print_calculators()
        return 0
    if not method:
        raise ValueError("name a method or a theorem, as in: eftheory rate ef21 --agents L=1,mu=1/10; or --list")
    _find(method)
    ask = partial(
        survey,
        method,
        parse_agents(agents, without_mu="mu=0, for functions that are convex and perhaps no more"),
        alpha=read_number(alpha, "alpha"),
        step_size=step_size,
        accuracy=read_number(accuracy, "accuracy"),
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
        "pl": _theorem_as_json(look_up(overview.method).on_pl, overview.pl),
        "convex": _theorem_as_json(look_up(overview.method).on_convex, overview.convex),
        "smooth": _theorem_as_json(look_up(overview.method).on_smooth, overview.smooth),
        "notes": overview.notes,
    }


def _find(method: str) -> None:
    """ValueError if there are no laws of a method of this name; the message says where other numbers are."""
    try:
        if ":" not in method:
            find_named(method)
    except ValueError as error:
        raise ValueError(f"{error}; eftheory rate --list lists the theorems that say numbers") from None


def _theorem_as_json(slug: str, figures: dict[str, Number]) -> dict[str, object] | None:
    """The theorem for a wider class of functions; None where there is none, or it asks for more numbers."""
    if not figures:
        return None
    exact = {name: _exact(value) for name, value in figures.items()}
    return {"theorem": slug, **exact, "decimals": {name: _decimal(name, value) for name, value in figures.items()}}


def _smooth_rows(overview: Overview, exact: bool) -> Rows:
    """What is known of functions that need not be strongly convex."""
    known = look_up(overview.method)
    pl, convex, smooth = (
        {name: (exact and _exact(value)) or _told(name, value) for name, value in figures.items()}
        for figures in (overview.pl, overview.convex, overview.smooth)
    )
    rows = []
    if pl:
        case = f", {known.as_case}" if known.as_case else ""
        rows += [("PL step size", pl["step_size"], f"under the PL inequality, {known.on_pl}{case}")]
        rows += [("PL rate <=", pl["rate_upper"], "of E f - f*")]
    if convex:
        rows += [("convex step size", convex["step_size"], f"{known.on_convex}, if all f_i are least at the same x*")]
        rows += [("convex bound", convex["bound_times_T"], "times ||x0 - x*||^2/T: mean of E f - f* over T points")]
    if smooth:
        no_other = "" if convex else "; for convex ones no other theorem here yet"
        rows += [("smooth step size", smooth["step_size"], f"convex or not, {known.on_smooth}{no_other}")]
        bounded = "times (f(x0) - inf f)/T: mean of E ||grad f||^2 over T points"
        rows += [("smooth bound", smooth["bound_times_T"], bounded)]
    elif known.on_smooth:
        rows += [("smooth", "", f"convex or not, if agents are similar: eftheory rate {known.on_smooth} --help")]
    return rows


def _rows(overview: Overview, exact: bool) -> tuple[Overview, Rows]:
    rows = []
    for name, value in overview.figures.items():
        if value is None or (name == "rate_lower" and overview.tight):
            continue
        if overview.flat and (name in RATES or (name == "step_size" and overview.rule.name != "given")):
            continue
        label = "rate" if name == "rate_upper" and overview.tight else LABELS[name]
        text = (exact and _exact(value)) or _told(name, value)
        rows.append((label, text, overview.remarks.get(name, "")))
    return overview, [*rows, *_smooth_rows(overview, exact)]


def _print(overview: Overview, rows: Rows) -> None:
    title = f"{overview.method.upper()} on {count_agents(overview.n_agents, len(overview.agents))}"
    notes = [f"note: {note}" for note in overview.notes]
    if theorems := look_up(overview.method).theorems:
        notes.append(f"theorems, for eftheory prove: {', '.join(theorems)}")
    print_facts(rows, title=f"{title}, alpha = {shown(overview.alpha, about)}", notes=notes)


def _exact(value: Number | None) -> str | None:
    """The exact number as text, or None if it is too long to be of use."""
    try:
        text = None if value is None else str(value)
    except ValueError:  # integers of more digits than Python prints
        return None
    return text if text is None or len(text) <= MAX_LENGTH else None


def _decimal(name: str, value: Number) -> str:
    return write_decimal(value, up=name in ROUNDED_UP)


def _told(name: str, value: Number) -> str:
    """The decimal as people read it: of a rate that is hardly below 1 how far below, of a large count 13 figures."""
    if isinstance(value, int):
        return write_count(value)
    return write_rate(value, up=name in ROUNDED_UP) if "rate" in name else _decimal(name, value)
