"""How proofs are printed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import typer

from eftheory.pages.fragments import Block
from eftheory.proofkit.axioms import AXIOMS
from eftheory.proofkit.catalogue import Entry, axioms, in_order, lemmas, proofs_folder
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.lessons.lesson import as_text
from eftheory.proofkit.selection import Selection
from eftheory.proofkit.text import write_relation
from eftheory.proofkit.theorem import Theorem


def print_lesson(lesson: list[Block]) -> None:
    """A proof to read, in ASCII where nothing else can be shown."""
    text, unicode = as_text(lesson), (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    typer.echo(text if unicode else text.encode("ascii", "backslashreplace").decode("ascii"), nl=False)


def print_table(entries: Sequence[Entry]) -> None:
    """A line for each theorem, by parts, and what is wrong with those that are not proved."""
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console, found = Console(highlight=False), {entry.theorem.slug: entry for entry in entries}
    numbers = (Column(name, justify="right") for name in ("seconds", "steps"))
    table = Table("theorem", "status", *numbers, box=None, padding=(0, 2, 0, 0), header_style="bold")
    parts = read_contents(proofs_folder(), found)
    for title, slugs in parts.items():
        if len(parts) > 1:
            table.add_row(Text(title, style="bold"))
        for slug in slugs:
            entry = found[slug]
            status = Text(entry.status, style="green" if entry.problem is None else "red")
            table.add_row(Text(slug), status, f"{entry.seconds:.2f}", str(len(entry.theorem.steps)))
    console.print(table)
    failed = [entry for entry in entries if entry.problem is not None]
    for entry in failed:
        console.print(Text(f"{entry.theorem.slug}: {entry.problem}"))
    console.print(Text(f"{len(entries) - len(failed)} of {len(entries)} proved"))


def print_graph(asked: Selection) -> None:
    """Each theorem that no other one asked for uses, and below it what it uses; ValueError for a circle."""
    theorems = asked.theorems
    in_order(theorems)
    used = {lemma for slug in asked.wanted for lemma in lemmas(theorems[slug])}

    def show(slug: str, depth: int) -> None:
        there = slug in theorems
        typer.echo("  " * depth + slug + ("" if there else " (not there)"))
        if there:
            for name in axioms(theorems[slug]):
                typer.echo("  " * (depth + 1) + f"axiom {name}")
            for lemma in lemmas(theorems[slug]):
                show(lemma, depth + 1)

    for slug in asked.wanted:
        if slug not in used:
            show(slug, 0)


def print_axioms() -> None:
    """What is taken from the literature."""
    if not AXIOMS:
        typer.echo("no axioms")
    for name, axiom in AXIOMS.items():
        typer.echo(f"{name}: {axiom.title} [{axiom.source}]")
        for parameter in axiom.parameters:
            for bound in parameter.relations:
                typer.echo(f"  {write_relation(bound)}")
        for step in axiom.givens:
            typer.echo(f"  if {write_relation(step.relation)}")
        for goal in axiom.conclusions:
            typer.echo(f"  then {write_relation(goal)}")


def print_attack(entry: Entry, theorems: Mapping[str, Theorem]) -> bool:
    """Change a proof in all ways and print what survives; whether it is proved, and all that survives is explained."""
    from eftheory.proofkit.attack import attack

    slug = entry.theorem.slug
    if entry.problem is not None:
        typer.echo(f"{slug}: {entry.status}: {entry.problem}")
        return False
    report = attack(entry.theorem, theorems)
    typer.echo(f"{slug}: {report.total} changes, {report.total - len(report.survivors)} fail")
    for what in report.survivors:
        default = "NOT EXPLAINED" if what in report.unexplained else "the claim is not sharp: this is proved as well"
        typer.echo(f"  survives: {what} -- {report.expected.get(what, default)}")
    for what in report.stale:
        typer.echo(f"  explained, but does not survive: {what}")
    return not report.unexplained and not report.stale
