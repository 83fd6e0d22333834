"""``eftheory site``: the site that teaches what is proved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eftheory.cli.waiting import waiting

FAULTY = 1
DEFAULT = "reports/site"


def site(
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Where it is, or will be.")] = DEFAULT,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; name pages that are stale, or faulty HTML.")
    ] = False,
) -> int:
    """Build the site: proofs, methods, certificates, and how to use them, as pages that need no network.

    Example: eftheory site --out site

    It is built of the files of a clone, the folder it is called in. Exit code 1 if a link is dead or, with --check,
    if a page is not what would be built or breaks a rule of HTML or of accessibility.
    """
    from eftheory.site.builder import build_site, gather, render, stale
    from eftheory.site.validation import faults_of

    if not out:
        raise ValueError("--out '': name a folder")
    with waiting("building the site") as show:
        if not check:
            pages = build_site(Path(out), told=lambda text: show(f"building the site: {text}"))
        else:
            rendered = render(gather(told=lambda text: show(f"building the site: {text}")))
            faults = [
                *stale(Path(out), rendered),
                *faults_of(rendered, told=lambda path: show(f"checking the site: {path}")),
            ]
    if check:
        for fault in faults:
            typer.echo(fault)
        typer.echo(
            f"{len(faults)} faults" if faults else f"{len(rendered)} files: as they would be built, and in order"
        )
        return FAULTY if faults else 0
    typer.echo(f"{pages} pages in {out}: open {out}/index.html")
    return 0
