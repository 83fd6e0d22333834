"""How proofs are printed."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from eftheory.pages.fragments import Block
from eftheory.proofkit.catalogue import Entry, in_order, lemmas, proofs_folder, slugs_in
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.kernel.outcome import PROVED
from eftheory.proofkit.kernel.theorem import Theorem
from eftheory.proofkit.lessons.lesson import as_text
from eftheory.proofkit.new_proof import write_new
from eftheory.proofkit.selection import Selection


def print_lesson(lesson: list[Block]) -> None:
    """A proof to read, in ASCII where nothing else can be shown."""
    text, unicode = as_text(lesson), (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    typer.echo(text if unicode else text.encode("ascii", "backslashreplace").decode("ascii"), nl=False)


def print_rows(slugs: Sequence[str], checked: Iterable[Entry]) -> dict[str, Entry]:
    """A line for each theorem, by parts, once it and those above it are checked; then what is wrong with the rest."""
    parts, width = read_contents(proofs_folder(), slugs), max(map(len, ("theorem", *slugs)))
    ahead = deque((title if k == 0 else "", slug) for title, part in parts.items() for k, slug in enumerate(part))
    found: dict[str, Entry] = {}
    _print_row(width, ("theorem", "status", "seconds", "steps"), bold=True)
    for entry in checked:
        found[entry.theorem.slug] = entry
        while ahead and ahead[0][1] in found:
            title, slug = ahead.popleft()
            if title and len(parts) > 1:
                typer.secho(title, bold=True)
            ready = found[slug]
            numbers = f"{ready.seconds:.2f}", str(len(ready.theorem.steps))
            _print_row(width, (slug, ready.status, *numbers), fg="green" if ready.status == PROVED else "red")
    failed = {slug: found[slug].problem or found[slug].lacking for slug in slugs if found[slug].status != PROVED}
    for slug, problem in failed.items():
        typer.echo(f"{slug}: {problem}")
    for entry in found.values():
        if entry.explained:
            typer.echo(f"{entry.theorem.slug}: no example; the file says, and nothing checks: {entry.explained}")
    typer.echo(f"{len(slugs) - len(failed)} of {len(slugs)} proved")
    return found


def _print_row(width: int, cells: tuple[str, str, str, str], **style: Any) -> None:
    """The colour is that of the status; a heading is bold as a whole."""
    slug, status, seconds, steps = cells
    slug = typer.style(slug.ljust(width), bold=style.get("bold"))
    typer.echo(f"{slug}  {typer.style(status.ljust(10), **style)}  {seconds:>7}  {steps:>5}")


def print_list(folder: Path) -> None:
    """The names of all theorems, by parts in reading order; no proof is read."""
    for title, slugs in read_contents(folder, slugs_in(folder)).items():
        typer.secho(title, bold=True)
        for slug in slugs:
            typer.echo(f"  {slug}")


def print_new(slug: str) -> None:
    """Write a file to start from, and say what to do next."""
    path = write_new(slug)
    asked = slug if path.parent.name else path
    typer.echo(f"wrote {path}: a short theorem with its proof. Check it with\n\n  eftheory prove {asked}\n")
    typer.echo("then write your own claim in its place, and check it again: what is left over is told.")


def print_graph(asked: Selection) -> None:
    """Each theorem that no other one asked for uses, and below it what it uses; ValueError for a circle."""
    theorems = asked.theorems
    in_order(theorems)
    used = {lemma for slug in asked.wanted for lemma in lemmas(theorems[slug])}

    def show(slug: str, depth: int) -> None:
        there = slug in theorems
        typer.echo("  " * depth + slug + ("" if there else " (not there)"))
        if there:
            for lemma in lemmas(theorems[slug]):
                show(lemma, depth + 1)

    for slug in asked.wanted:
        if slug not in used:
            show(slug, 0)


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
