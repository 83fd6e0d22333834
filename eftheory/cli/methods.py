"""``eftheory methods``: what can be certified, proved, run."""

from __future__ import annotations

import json as json_format
from typing import Annotated, Any

import typer

from eftheory.cli.printing import print_facts
from eftheory.methods import METHODS
from eftheory.methods.catalogue import CATALOGUE
from eftheory.theory import look_up
from eftheory.theory.named import name_of


def methods(json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False) -> None:
    """List the methods: which can be certified, and which theorems there are."""
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
            "A method of your own: eftheory certify file.py:Class",
        ),
    )


def _facts(kind: type) -> dict[str, Any]:
    known = look_up(kind)
    return {
        "method": name_of(kind),
        "certify": kind in METHODS.values(),
        "rate": known.enter_rates is not None,
        "prove": list(known.theorems),
        "cite": list(known.cites),
    }
