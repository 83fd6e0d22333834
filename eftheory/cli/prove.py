"""``eftheory prove``: the theorems, checked by the proof kit's kernel."""

from __future__ import annotations

import json as json_format
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from eftheory.cli.proof_record import record
from eftheory.proofkit.attack import Report, attack
from eftheory.proofkit.axioms import AXIOMS
from eftheory.proofkit.catalogue import (
    Entry,
    axioms,
    in_order,
    lemmas,
    load,
    load_named,
    load_one,
    load_with_lemmas,
    proofs_folder,
    slugs_in,
    unknown,
    with_lemmas,
)
from eftheory.proofkit.catalogue import prove as check_proofs
from eftheory.proofkit.certified.from_certificate import Told, read_theorem
from eftheory.proofkit.contents import read_contents
from eftheory.proofkit.lessons.html import as_page, contents
from eftheory.proofkit.lessons.latex import as_document
from eftheory.proofkit.lessons.lesson import Script, as_text, tell
from eftheory.proofkit.models.example import NoExample
from eftheory.proofkit.models.seek import find
from eftheory.proofkit.text import write_relation
from eftheory.proofkit.theorem import Theorem

PROVED, NOT_PROVED = 0, 1


def prove(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SLUG | FILE]...", help="Theorems, by name; or certificate files, made into theorems."),
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="All theorems.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    latex: Annotated[bool, typer.Option("--latex", help="Print the lesson of one theorem as LaTeX.")] = False,
    html: Annotated[str | None, typer.Option(metavar="FOLDER", help="Write a page for each theorem.")] = None,
    graph: Annotated[bool, typer.Option("--graph", help="Print which theorem uses which.")] = False,
    axioms: Annotated[bool, typer.Option("--axioms", help="Print what is taken from the literature.")] = False,
    attack: Annotated[
        bool, typer.Option("--attack", help="Change each proof in all ways; each change must fail.")
    ] = False,
) -> int:
    """Check proofs, line by line; a single one is printed as a lesson.

    Example: eftheory prove heterogeneous_law, or eftheory prove ef21.cert.json

    Of a certificate it is the upper bound that becomes a theorem.
    The proofs are those of the folder proofs in the current folder, and of this package; a file may be named, too.
    Exit code 0 if all that are asked for are proved (and, with --attack, no change survives unexplained), else 1.
    """
    if sum((json, latex, graph, attack)) > 1:
        raise ValueError("--json, --latex, --graph, --attack: choose one")
    if axioms:
        _print_axioms()
        if not (slugs or all):
            return PROVED
    if not (slugs or all or graph):
        raise ValueError("name theorems, as in eftheory prove heterogeneous_law, or give --all, which lists them")
    if slugs and all:
        raise ValueError("name theorems, or give --all, but not both")
    files = [Path(name) for name in slugs or () if name.endswith(".py")]
    told = _from_certificates([name for name in slugs or () if _is_certificate(name)])
    names = [name for name in slugs or () if not name.endswith(".py") and not _is_certificate(name)]
    folder = proofs_folder()
    theorems = load_named(names, folder) if slugs else with_lemmas(load(folder), folder)
    for file in files:
        theorems |= load_with_lemmas(load_one(file), file.parent)
    if twice := told.keys() & theorems.keys():
        raise ValueError(f"{min(twice)}: a theorem and a certificate file have this name; rename the file")
    theorems |= {slug: each.theorem for slug, each in told.items()}
    wanted = list(dict.fromkeys([*names, *(file.stem for file in files), *told])) if slugs else in_parts(folder)
    scripts = {slug: each.script for slug, each in told.items()}
    if graph:
        _print_graph(theorems, wanted)
        return PROVED
    if latex and len(wanted) != 1:
        raise ValueError("--latex: name one theorem")
    entries = check_proofs(theorems, wanted)
    if html is not None:
        write_pages(entries, Path(html), scripts)
    if attack:
        return _attack(entries, wanted, theorems)
    if json:
        typer.echo(
            json_format.dumps(
                [{**as_json(slug, entries[slug]), **record(entries[slug], entries)} for slug in wanted], indent=1
            )
        )
    elif latex:
        typer.echo(as_document(tell(entries[wanted[0]].told, scripts.get(wanted[0]))), nl=False)
    elif len(wanted) == 1 and html is None:
        text = as_text(tell(entries[wanted[0]].told, scripts.get(wanted[0])))
        unicode = Console().encoding.startswith("utf")
        typer.echo(text if unicode else text.encode("ascii", "backslashreplace").decode("ascii"), nl=False)
    else:
        _print(entries, wanted)
    return PROVED if all_proved(entries, wanted) else NOT_PROVED


def in_parts(folder: Path) -> list[str]:
    """All theorems of a folder, in reading order."""
    return [slug for part in read_contents(folder, slugs_in(folder)).values() for slug in part]


def _is_certificate(name: str) -> bool:
    """Whether it is one, not the name of a theorem or its file."""
    return name.endswith(".json") or (not name.endswith(".py") and Path(name).is_file())


def _from_certificates(files: list[str]) -> dict[str, Told]:
    """The theorems of certificate files, by name."""
    found: dict[str, Told] = {}
    for file in dict.fromkeys(files):
        told = read_theorem(Path(file))
        if told.theorem.slug in found:
            raise ValueError(f"{file}: another file makes a theorem of the name {told.theorem.slug}; rename one")
        found[told.theorem.slug] = told
    return found


def all_proved(entries: Mapping[str, Entry], wanted: list[str]) -> bool:
    """Whether there is something, and all of it is proved."""
    return bool(wanted) and all(entries[slug].problem is None for slug in wanted)


def as_json(slug: str, entry: Entry) -> dict[str, object]:
    """What a program may want to know of a proof."""
    return {
        "slug": slug,
        "title": entry.theorem.title,
        "status": entry.status,
        "seconds": round(entry.seconds, 3),
        "steps": len(entry.theorem.steps),
        "source": entry.theorem.source,
        "lemmas": lemmas(entry.theorem),
        "axioms": axioms(entry.theorem),
        "problem": entry.problem,
        "example": _example(entry.theorem),
    }


def _example(theorem: Theorem) -> dict[str, object] | None:
    """Values with which its hypotheses hold; None if none are found."""
    try:
        return find(theorem).as_json()
    except NoExample:
        return None


def write_pages(entries: Mapping[str, Entry], folder: Path, scripts: Mapping[str, Script] | None = None) -> None:
    """A page for each theorem, and one that lists them; ``scripts`` of those that are in no file."""
    folder.mkdir(parents=True, exist_ok=True)
    for slug, entry in entries.items():
        (folder / f"{slug}.html").write_text(as_page(tell(entry.told, (scripts or {}).get(slug))), "utf-8")
    (folder / "index.html").write_text(contents(entries, read_contents(proofs_folder(), entries)), "utf-8")


def _print(entries: Mapping[str, Entry], wanted: list[str]) -> None:
    console = Console(highlight=False)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("theorem", "status"):
        table.add_column(name)
    for name in ("seconds", "steps"):
        table.add_column(name, justify="right")
    parts = read_contents(proofs_folder(), wanted)
    for title, slugs in parts.items():
        if len(parts) > 1:
            table.add_row(Text(title, style="bold"))
        for slug in slugs:
            entry = entries[slug]
            style = "green" if entry.problem is None else "red"
            steps = str(len(entry.theorem.steps))
            table.add_row(Text(slug), Text(entry.status, style=style), Text(f"{entry.seconds:.2f}"), Text(steps))
    console.print(table)
    for slug in wanted:
        if entries[slug].problem is not None:
            console.print(Text(f"{slug}: {entries[slug].problem}"))
    proved = sum(entries[slug].problem is None for slug in wanted)
    console.print(Text(f"{proved} of {len(wanted)} proved"))


def _print_graph(theorems: Mapping[str, Theorem], wanted: list[str]) -> None:
    in_order(theorems)
    for slug in wanted:
        if slug not in theorems:
            raise unknown(slug, theorems)
    used = {lemma for slug in wanted for lemma in lemmas(theorems[slug])}

    def show(slug: str, depth: int) -> None:
        there = slug in theorems
        typer.echo("  " * depth + slug + ("" if there else " (not there)"))
        if there:
            for name in axioms(theorems[slug]):
                typer.echo("  " * (depth + 1) + f"axiom {name}")
            for lemma in lemmas(theorems[slug]):
                show(lemma, depth + 1)

    for slug in wanted:
        if slug not in used:
            show(slug, 0)


def _print_axioms() -> None:
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


def _attack(entries: Mapping[str, Entry], wanted: list[str], theorems: Mapping[str, Theorem]) -> int:
    safe = True
    for slug in wanted:
        if entries[slug].problem is not None:
            typer.echo(f"{slug}: {entries[slug].status}: {entries[slug].problem}")
            safe = False
            continue
        report = attack(theorems[slug], theorems)
        _print_report(slug, report)
        safe &= not report.unexplained and not report.stale
    return PROVED if safe else NOT_PROVED


def _print_report(slug: str, report: Report) -> None:
    typer.echo(f"{slug}: {report.total} changes, {report.total - len(report.survivors)} fail")
    for what in report.survivors:
        default = "NOT EXPLAINED" if what in report.unexplained else "the claim is not sharp: this is proved as well"
        typer.echo(f"  survives: {what} -- {report.expected.get(what, default)}")
    for what in report.stale:
        typer.echo(f"  explained, but does not survive: {what}")
