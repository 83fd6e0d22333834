"""``eftheory methods``: what can be certified, proved, run."""

from __future__ import annotations

import json as json_format
import sys
from importlib.resources import files
from typing import Annotated, Any

import typer

from eftheory.cli.printing import print_facts
from eftheory.methods import NAMED
from eftheory.methods.catalogue import CATALOGUE
from eftheory.theory import look_up
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.named import name_of


def methods(
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Print a table in Markdown: what there is for which functions and noise.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    steps: Annotated[bool, typer.Option("--steps", help="Print what the step of your own method can say.")] = False,
) -> None:
    """List the methods: which can be certified, and which theorems there are."""
    if coverage + json + steps > 1:
        raise ValueError("--coverage, --json, --steps: choose one")
    if steps:
        page = files("eftheory.methods").joinpath("STEPS.md").read_text(encoding="utf-8")
        _show(page)
        return
    if coverage:
        from eftheory.theory.coverage import as_markdown

        typer.echo(as_markdown())
        return
    if json:
        typer.echo(json_format.dumps([_facts(kind) for kind in CATALOGUE], indent=1))
        return
    found = [_facts(kind) for kind in CATALOGUE]
    print_facts(
        [
            (
                each["method"],
                *("yes" if each[command] else "" for command in ("certify", "rate")),
                ", ".join(each["prove"]),
            )
            for each in found
        ],
        columns=("method", "certify", "rate", "prove"),
        notes=(
            "certify, rate: these commands take it; prove: theorems about it. All of them run in eftheory.simulate.",
            "A method of your own: eftheory certify file.py:Class; what its step can say: eftheory methods --steps",
        ),
    )


def _show(page: str) -> None:
    """A page of Markdown, laid out where somebody reads it at a terminal."""
    if not sys.stdout.isatty():
        return typer.echo(page, nl=False)
    from rich.markdown import Markdown

    from eftheory.cli.printing import print_rich

    return print_rich(Markdown(page))


def _facts(kind: type) -> dict[str, Any]:
    known = look_up(kind)
    return {
        "method": name_of(kind),
        "certify": kind in NAMED.values(),
        "rate": known.enter_rates is not None or any(slug in CALCULATORS for slug in known.theorems),
        "prove": list(known.theorems),
        "cite": list(known.cites),
    }
