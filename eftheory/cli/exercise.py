"""``eftheory exercise``: proofs with holes, and hints."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from eftheory.cli.printing import print_facts


def exercise(
    name: Annotated[str, typer.Argument(help="Which; without it, they are listed by lesson.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write it; its name stays NAME.py.")
    ] = None,
    hint: Annotated[int, typer.Option(help="Print this hint, 1 to 3, instead of writing the file.")] = 0,
) -> int:
    """List the exercises, or write one: a proof with holes, which eftheory prove marks.

    Example: eftheory exercise young, and then: eftheory prove young.py
    """
    from eftheory.proofkit.exercises import find_exercises

    known = find_exercises()
    if not name:
        if hint or output is not None:
            raise ValueError("name an exercise, as in: eftheory exercise young")
        print_facts(
            [(each.name, each.lesson, str(each.level), each.title) for each in known.values()],
            columns=("exercise", "lesson", "level", "what is to be proved"),
        )
        return 0
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.4)
        advice = f"did you mean {near[0]}?" if near else "eftheory exercise lists them"
        raise ValueError(f"there is no exercise {name[:40]!r}: {advice}")
    chosen = known[name]
    if hint:
        if output is not None:
            raise ValueError("--hint prints: leave -o out")
        if not 1 <= hint <= len(chosen.hints):
            raise ValueError(f"--hint {hint}: {name} has hints 1 to {len(chosen.hints)}")
        typer.echo(chosen.hints[hint - 1])
        return 0
    place = Path(f"{name}.py") if output is None else output / f"{name}.py" if output.is_dir() else output
    if place.name != f"{name}.py":
        raise ValueError(f"-o {output}: name a folder, or a file {name}.py: a proof has the name of its file")
    if place.exists():
        raise ValueError(f"{place}: it is there already, perhaps with your own work in it")
    place.write_text(chosen.text, encoding="utf-8")
    typer.echo(f"{place}: {chosen.title}")
    typer.echo(f"fill the holes, then: eftheory prove {place}; hints: eftheory exercise {name} --hint 1")
    return 0
