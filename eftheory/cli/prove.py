"""``eftheory prove``: the theorems, checked by the proof kit's kernel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from eftheory.cli.proof_report import print_attack, print_graph, print_lesson, print_list, print_new, print_rows
from eftheory.cli.waiting import waiting
from eftheory.proofkit.catalogue import Entry, find_proof, proofs_folder, prove_each
from eftheory.proofkit.contents import library_of, packaged, read_contents
from eftheory.proofkit.kernel import outcome
from eftheory.proofkit.models.example import NoExample
from eftheory.proofkit.models.vouch import example_of, vouch
from eftheory.proofkit.selection import Selection, select, select_all

PROVED, NOT_PROVED = 0, 1


def prove(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SLUG | FILE]...", help="Theorems, by name; or certificate files, made into theorems."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All theorems.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Print the names of all theorems; check none.")] = False,
    new: Annotated[str | None, typer.Option("--new", metavar="NAME", help="Write a proof file to start from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    as_latex: Annotated[bool, typer.Option("--latex", help="Print the lesson of one theorem as LaTeX.")] = False,
    examples: Annotated[
        bool, typer.Option("--examples", help="Search an example for each anew, and write them beside the proofs.")
    ] = False,
    pages: Annotated[
        str | None, typer.Option("--html", metavar="FOLDER", help="Write a page for each theorem.")
    ] = None,
    data: Annotated[
        str | None, typer.Option("--data", metavar="FOLDER", help="Write each theorem with its proof as plain data.")
    ] = None,
    graph: Annotated[bool, typer.Option("--graph", help="Print which theorem uses which.")] = False,
    axioms: Annotated[bool, typer.Option("--axioms", help="Print what is taken from the literature.")] = False,
    attacked: Annotated[
        bool, typer.Option("--attack", help="Change each proof in all ways; each change must fail.")
    ] = False,
) -> int:
    """Check proofs, line by line; a single one is printed as a lesson.

    Example: eftheory prove heterogeneous_law, or eftheory prove ef21.cert.json

    Of a certificate it is the upper bound that becomes a theorem.
    The proofs are those of the folder proofs in the current folder, and of this package; a file may be named, too.
    A file that does not load is not proved, and is in no other one's way.
    NO EXAMPLE: the proof is right, but no values are found with which the hypotheses hold together.
    Exit code 0 if all that are asked for are proved (and, with --attack, no change survives unexplained), else 1.
    """
    if sum((as_json, as_latex, graph, attacked, listed)) > 1:
        raise ValueError("--json, --latex, --graph, --attack, --list: choose one")
    for option, folder in (("--html", pages), ("--data", data)):
        if folder == "" or (folder and Path(folder).exists() and not Path(folder).is_dir()):
            raise ValueError(f"{option} {folder or repr('')}: it is not a folder; name one, or a new one")
    if listed and (slugs or everything):
        raise ValueError("--list: it lists all theorems and checks none; leave the names and --all out")
    if new is not None:
        if slugs or everything or listed:
            raise ValueError("--new: it writes a file and checks none; leave the names, --all and --list out")
        print_new(new)
        return PROVED
    if listed:
        print_list(proofs_folder())
        return PROVED
    if axioms:
        typer.echo("no axioms")  # what is assumed of functions is a hypothesis of the theorem that uses it
        if not (slugs or everything):
            return PROVED
    if not (slugs or everything or graph):
        raise ValueError("name theorems, as in eftheory prove heterogeneous_law, or give --all; --list lists them")
    if slugs and everything:
        raise ValueError("name theorems, or give --all, but not both")
    if as_latex and everything:
        raise ValueError("--latex: name one theorem")
    with waiting("reading proofs"):
        asked = select(slugs, proofs_folder()) if slugs else select_all(proofs_folder())
    if graph:
        print_graph(asked)
        return PROVED
    if examples:
        loaded = [slug for slug in asked.wanted if slug not in asked.problems]
        search_examples(asked, {slug: folder_of_example(slug, slugs or ()) for slug in loaded})
    if as_latex and len(asked.wanted) != 1:
        raise ValueError("--latex: name one theorem")
    told = as_json or as_latex or attacked or (len(asked.wanted) == 1 and pages is None and data is None)
    checked = asked.with_problems(vouch(prove_each(asked.theorems, asked.wanted), asked.wanted))
    entries = _wait_for(checked) if told else print_rows(asked.wanted, checked)
    wanted = [entries[slug] for slug in asked.wanted]
    if pages is not None:
        write_pages(entries, asked, Path(pages))
    if data is not None:
        write_data(entries, asked, Path(data))
    if attacked:
        withstood = [print_attack(entry, asked.theorems) for entry in wanted]
        return PROVED if all(withstood) else NOT_PROVED
    if as_json:
        from eftheory.cli.proof_record import record

        typer.echo(dumps([record(entry, entries) for entry in wanted], indent=1))
    elif as_latex:
        from eftheory.proofkit.lessons.latex import as_document

        typer.echo(as_document(asked.lesson(wanted[0])), nl=False)
    elif told:
        print_lesson(asked.lesson(wanted[0]))
    named = {Path(name).stem for name in slugs or () if name.endswith(".py")}
    solved = [] if as_json else [mark(entry) for entry in wanted if entry.theorem.slug in named]
    right = wanted and all(entry.status == outcome.PROVED for entry in wanted)
    return PROVED if right and all(solved) else NOT_PROVED


def mark(entry: Entry) -> bool:
    """Say of a file that has the name of an exercise whether it solves it; of another, nothing."""
    from eftheory.proofkit.exercises import find_exercises

    exercise = find_exercises().get(entry.theorem.slug)
    if exercise is None:
        return True
    same, proved = exercise.is_stated_by(entry.theorem), entry.status == outcome.PROVED
    if not same:
        typer.echo(f"NOT THE EXERCISE {exercise.name}: hypotheses, claims or parameters are others than it has")
    elif proved:
        typer.echo(f"SOLVED: exercise {exercise.name}")
    else:
        typer.echo(f"not solved yet; a hint: eftheory exercise {exercise.name} --hint 1")
    return same and proved


def _wait_for(checked: Iterable[Entry]) -> dict[str, Entry]:
    """All of them; who waits sees how far it is."""
    found: dict[str, Entry] = {}
    with waiting("reading proofs") as show:
        for entry in checked:
            found[entry.theorem.slug] = entry
            show(f"{len(found)} checked, last {entry.theorem.slug}")
    return found


def folder_of_example(slug: str, names: Sequence[str]) -> Path:
    """Where the example of a theorem stands: in the folder of its proof, which may be a file that is named.

    Raises:
        ValueError: it has none of its own, or one that belongs to an installed package.
    """
    named = (Path(name) for name in names if name.endswith(".py"))
    path = next((file for file in named if file.stem == slug), None) or find_proof(slug, proofs_folder())
    if path is None:
        raise ValueError(f"--examples: {slug} is made of a certificate, which has no folder of proofs; leave it out")
    _, installed = packaged()
    if path.resolve().is_relative_to(installed.resolve()):
        raise ValueError(
            f"--examples: the proof of {slug} belongs to the installed package, which is left as it is; "
            "copy its file to a folder named proofs here"
        )
    return library_of(path)


def search_examples(asked: Selection, folders: Mapping[str, Path]) -> None:
    """An example for each theorem, into the file of its folder; where none is found, it is told later."""
    from eftheory.proofkit.models.recorded import read_examples, write_examples

    for slug, folder in folders.items():
        theorem = asked.theorems[slug]
        theorem.recorded = None
        with suppress(NoExample):
            example = example_of(theorem)
            if example is not None:
                write_examples(folder, [example])
                theorem.recorded = read_examples(folder)[slug]


def write_data(entries: dict[str, Entry], asked: Selection, folder: Path) -> None:
    """A file for each theorem, without what is only told: FORMAT.md of the kernel says what it means."""
    from eftheory.proofkit.writer import as_text, write_theorem

    folder.mkdir(parents=True, exist_ok=True)
    for slug in (slug for slug in entries if slug not in asked.problems):
        (folder / f"{slug}.theorem.json").write_text(as_text(write_theorem(asked.theorems[slug])), "utf-8")


def write_pages(entries: dict[str, Entry], asked: Selection, folder: Path) -> None:
    """A page for each theorem, one that lists them, and one of the papers they cite."""
    from eftheory.cli.cite import bibliography
    from eftheory.pages.html import page
    from eftheory.proofkit.lessons.html import Library, as_page, beside, cited, contents, references

    folder.mkdir(parents=True, exist_ok=True)
    lessons = {slug: asked.lesson(entry) for slug, entry in entries.items()}
    library = Library(asked.theorems, read_contents(proofs_folder(), entries))
    known = bibliography()
    sources = [key for key in sorted(cited(lessons.values())) if key in known]
    way = beside(library, sources)
    for slug, lesson in lessons.items():
        (folder / f"{slug}.html").write_text(as_page(lesson, slug, library, way), "utf-8")
    (folder / "index.html").write_text(contents(entries, library, way), "utf-8")
    if sources:
        told = references({key: known[key] for key in sources})
        (folder / "bibliography.html").write_text(page("Bibliography", told), "utf-8")
