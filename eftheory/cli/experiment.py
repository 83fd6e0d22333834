"""``eftheory experiment``: run an experiment of a paper again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eftheory.cli.printing import print_facts
from eftheory.cli.waiting import waiting


def experiment(
    name: Annotated[str, typer.Argument(help="Which; --list lists them.")] = "",
    data: Annotated[list[str], typer.Argument(metavar="[DATA]...", help="Files, or bundled sets.")] = [],  # noqa: B006
    rounds: Annotated[int | None, typer.Option(help="How many; by default as many as the experiment says.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.")] = Path("experiments"),
    suffix: Annotated[str, typer.Option("--format", help="Of the pictures: svg, png or pdf.")] = "svg",
    listed: Annotated[bool, typer.Option("--list", help="List the experiments.")] = False,
) -> int:
    """Run an experiment of a paper again: pictures, numbers, and what they show.

    Example: eftheory experiment ef21-stepsizes breast_cancer
    """
    from eftheory.simulate.experiments import EXPERIMENTS, Request
    from eftheory.simulate.experiments.write import write_figures
    from eftheory.simulate.runs import nearest

    if listed:
        if name:
            raise ValueError(f"--list: it lists all experiments and runs none; leave {name[:40]!r} out")
        print_facts([(each.name, each.says, each.source) for each in EXPERIMENTS.values()])
        return 0
    if not name:
        raise ValueError("name an experiment, as in: eftheory experiment ef21-stepsizes breast_cancer; or --list")
    if name not in EXPERIMENTS:
        raise ValueError(f"experiment={name[:40]!r}: {nearest(name, [*EXPERIMENTS])}")
    if suffix not in ("svg", "png", "pdf"):
        raise ValueError(f"--format {suffix[:20]!r}: choose svg, png or pdf")
    if rounds is not None and rounds < 1:
        raise ValueError(f"--rounds {rounds}: a whole number, at least 1")
    chosen = EXPERIMENTS[name]
    if data and not chosen.takes_data:
        raise ValueError(f"{name} makes its own functions: leave {data[0][:40]!r} out")
    if output.exists() and not output.is_dir():
        raise ValueError(f"--output {output}: it is no folder")
    with waiting(name) as show:
        figures = chosen.run(Request(tuple(data), rounds, show))
        paths = write_figures(output, figures, f".{suffix}")
    notes = [note for figure in figures for note in (f"{figure.title}:", *(f"  {each}" for each in figure.notes))]
    print_facts([(str(path),) for path in paths], title=f"{chosen.says}, after {chosen.source}", notes=notes)
    return 0
