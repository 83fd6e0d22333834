"""``eftheory methods``: what can be certified, proved, run."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Annotated, Any

import typer

from eftheory.cli.printing import print_facts
from eftheory.theory.described import described
from eftheory.theory.named import nearest, plain


def methods(
    name: Annotated[str, typer.Argument(metavar="[METHOD]", help="Tell all about this one.")] = "",
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Print a table in Markdown: what there is for which functions and noise.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    steps: Annotated[bool, typer.Option("--steps", help="Print what the step of your own method can say.")] = False,
) -> None:
    """List the methods: what each is, what is known of it, and where it comes from."""
    if coverage + json + steps > 1:
        raise ValueError("--coverage, --json, --steps: choose one")
    if name and (coverage or steps):
        raise ValueError(f"{name[:60]}: --coverage and --steps are about all methods; leave out one of the two")
    if steps:
        page = files("eftheory.methods").joinpath("STEPS.md").read_text(encoding="utf-8")
        _show(page)
        return
    if coverage:
        from eftheory.theory.coverage import as_markdown

        typer.echo(as_markdown())
        return
    found = described()
    if name:
        found = [_named(name, found)]
    if json:
        typer.echo(json_format.dumps(found, indent=1))
    elif name:
        print_facts([(key, ", ".join(value) if isinstance(value, list) else value) for key, value in _told(found[0])])
    else:
        print_facts(
            [
                (each["method"], each["known"], each["is"], ", ".join(each["asks"]), ", ".join(each["cite"]))
                for each in found
            ],
            columns=("method", "known", "what it is", "asks for", "source"),
            notes=(
                "certified: eftheory certify takes it; theorem: eftheory rate or prove does, eftheory methods METHOD "
                "says which. All of them run in eftheory.simulate.",
                "A method of your own: eftheory certify file.py:Class; what its step can say: eftheory methods --steps",
            ),
        )


def _told(each: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What there is to say of one, without what does not apply."""
    commands = [word for word in ("certify", "rate") if each[word]]
    said = {**each, "commands": [f"eftheory {word} {each['method']}" for word in commands]}
    said["commands"] += [f"eftheory prove {slug}" for slug in each["prove"]]
    order = ("method", "is", "round", "asks", "known", "commands", "cite", "file")
    yield from ((key, said[key]) for key in order if said.get(key))


def _named(name: str, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The one that is meant; ValueError where there is none."""
    for each in found:
        if plain(each["method"]) == plain(name):
            return each
    near = nearest(name, [each["method"] for each in found])
    raise ValueError(
        f"{name[:60]!r}: no such method; {f'did you mean {near}?' if near else 'eftheory methods lists all'}"
    )


def _show(page: str) -> None:
    """A page of Markdown, laid out where somebody reads it at a terminal."""
    if not sys.stdout.isatty():
        return typer.echo(page, nl=False)
    from rich.markdown import Markdown

    from eftheory.cli.printing import print_rich

    return print_rich(Markdown(page))
