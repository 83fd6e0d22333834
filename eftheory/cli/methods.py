"""``eftheory methods``: what can be certified, proved, run."""

from __future__ import annotations

import inspect
import json as json_format
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.resources import files
from typing import Annotated, Any

import typer

from eftheory.cli.printing import print_facts
from eftheory.methods import CERTIFIED, Diana, Method
from eftheory.methods.catalogue import CATALOGUE, NOT_AVAILABLE
from eftheory.methods.ef21_w import EF21W
from eftheory.methods.needs import needs
from eftheory.theory import look_up
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.named import name_of, nearest, plain

ASKS = {
    "noisy_gradient": "noisy gradients",
    "noisy_local_gradient": "noisy gradients at agents' own models",
    "noisy_change": "sampled changes of gradients",
    "local_gradient": "agents with models of their own",
    "prox": "a prox",
    "compress_server": "compressed messages from the server",
    "send": "a message from the server to each agent",
}
"""What a method asks for beyond exact gradients at one point and messages to the server, by its verbs."""
CONTRACTIVE, UNBIASED = "contractive messages", "unbiased messages"
MESSAGES = {"omega": UNBIASED, "L_pm": UNBIASED, "alpha": CONTRACTIVE}
"""What its theorem asks of messages, by what its calculator asks for."""


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
    found = [*map(_facts, CATALOGUE), *map(_not_available, NOT_AVAILABLE)]
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


def _facts(kind: type[Method]) -> dict[str, Any]:
    known = look_up(kind)
    certified = kind in CERTIFIED
    ways = ["certified"] * certified + ["theorem"] * bool(known.theorems)
    said = inspect.getdoc(kind) or ""
    return {
        "method": name_of(kind),
        "is": " ".join(said.split("\n\n")[0].split()),
        "round": " ".join(said.split("\n\n")[1].split()) if "<-" in said.split("\n\n")[1] else "",
        "asks": _asks(kind),
        "known": ", ".join(ways) or "nothing",
        "certify": certified,
        "rate": known.enter_rates is not None or any(slug in CALCULATORS for slug in known.theorems),
        "prove": list(known.theorems),
        "cite": list(known.cites),
        "file": f"{kind.__module__.replace('.', '/')}.py",
    }


def _asks(kind: type[Method]) -> list[str]:
    """Hypotheses of its own, what its verbs ask for, and what its theorems ask of messages."""
    weights = {"weights": (Fraction(1),)} if issubclass(kind, EF21W) else {}
    verbs = needs(kind(Fraction(1), **weights), ("step",))
    calculators = [CALCULATORS[slug] for slug in look_up(kind).theorems if slug in CALCULATORS]
    numbers = {each.name for calculator in calculators for each in calculator.quantities}
    messages = [word for name, word in MESSAGES.items() if name in numbers][:1] if kind.compresses else []
    if not messages and kind.compresses and kind in CERTIFIED:
        messages = [UNBIASED if kind is Diana else CONTRACTIVE]
    own = [hypothesis.name for hypothesis in kind.hypotheses]
    return list(dict.fromkeys([*own, *(word for verb, word in ASKS.items() if verb in verbs), *messages]))


def _not_available(name: str) -> dict[str, Any]:
    """The row of an original whose text nobody here has read."""
    paper, instead = NOT_AVAILABLE[name]
    return {
        "method": name,
        "is": f"in its place: {name_of(instead)}, a reconstruction of ours",
        "asks": [],
        "known": "original: text not available",
        **dict.fromkeys(("certify", "rate"), False),
        "prove": [],
        "cite": [paper],
    }
